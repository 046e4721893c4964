#include "exchange/neurox_activations.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/mapped_file.h"
#include "exchange/json_text.h"
#include "exchange/neurox_hdf5.h"
#include "tensorfile/safetensors.h"

namespace palimpsest::exchange {

using base::Error;
using base::ErrorCode;
using Json = nlohmann::json;

namespace fs = std::filesystem;

namespace {

/// One word of the file; `layers` is its JSON array of {"index", "values"}.
using TakeWord = std::function<base::Status(
    std::size_t line, std::uint32_t sentence, std::uint32_t position, const Json& layers)>;

base::Status forEachWord(
    std::string_view text, const fs::path& path, const base::JobContext& ctx, const TakeWord& take)
{
    const std::size_t size = text.size();
    std::size_t line = 0;
    std::uint32_t sentence = 0;
    while (!text.empty()) {
        if (ctx.stopRequested())
            return base::cancelled();
        ctx.progress(1.0 - static_cast<double>(text.size()) / static_cast<double>(size),
            "Reading " + path.filename().string());
        const std::size_t end = text.find('\n');
        const std::string_view content = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        ++line;
        if (content.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        const Json json = Json::parse(content, nullptr, false);
        const auto features = json.is_object() ? json.find("features") : json.end();
        if (!json.is_object() || features == json.end() || !features->is_array()) {
            return Error{ErrorCode::Malformed,
                path.string() + ", line " + std::to_string(line)
                    + " is no sentence of NeuroX's activations; each line is an object with \"features\""};
        }
        std::uint32_t position = 0;
        for (const Json& word : *features) {
            const auto layers = word.is_object() ? word.find("layers") : word.end();
            if (!word.is_object() || layers == word.end() || !layers->is_array() || layers->empty()
                || layers->size() > kMostNeuroXLayers) {
                return Error{ErrorCode::Malformed,
                    path.string() + ", line " + std::to_string(line) + ": word " + std::to_string(position)
                        + " has no \"layers\""};
            }
            PALIMPSEST_CHECK(take(line, sentence, position, *layers));
            ++position;
        }
        ++sentence;
    }
    return {};
}

/// The shape that the first word gives and that all others must have.
struct JsonShape {
    std::vector<int> layers;
    std::size_t hidden = 0;
    std::vector<std::int32_t> sentence, position;
};

Error differs(const fs::path& path, std::size_t line, std::size_t position)
{
    return {ErrorCode::ShapeMismatch,
        path.string() + ", line " + std::to_string(line) + ": word " + std::to_string(position)
            + " has other layers or another number of values than the first word of the file"};
}

std::optional<int> indexOf(const Json& layer)
{
    const auto index = layer.is_object() ? layer.find("index") : layer.end();
    if (!layer.is_object() || index == layer.end() || !index->is_number_integer())
        return std::nullopt;
    const auto number = index->get<std::int64_t>();
    return number >= 0 && number < 100'000 ? std::optional(static_cast<int>(number)) : std::nullopt;
}

const Json* valuesOf(const Json& layer)
{
    const auto values = layer.is_object() ? layer.find("values") : layer.end();
    const bool sound = layer.is_object() && values != layer.end() && values->is_array() && !values->empty()
        && values->size() <= kMostNeuroXValues
        && std::all_of(values->begin(), values->end(), [](const Json& value) { return value.is_number(); });
    return sound ? &*values : nullptr;
}

base::Status addToShape(JsonShape& shape, const fs::path& path, std::size_t line, std::uint32_t sentence,
    std::uint32_t position, const Json& layers)
{
    std::vector<int> numbers;
    std::size_t hidden = 0;
    for (const Json& layer : layers) {
        const std::optional<int> index = indexOf(layer);
        const Json* values = valuesOf(layer);
        if (!index || values == nullptr || (hidden != 0 && values->size() != hidden)
            || std::find(numbers.begin(), numbers.end(), *index) != numbers.end())
            return differs(path, line, position);
        numbers.push_back(*index);
        hidden = values->size();
    }
    if (shape.layers.empty()) {
        shape.layers = numbers;
        shape.hidden = hidden;
    }
    if (numbers != shape.layers || hidden != shape.hidden)
        return differs(path, line, position);
    shape.sentence.push_back(static_cast<std::int32_t>(sentence));
    shape.position.push_back(static_cast<std::int32_t>(position));
    return {};
}

/// NeuroX rounds to eight decimals.
void appendRounded(std::string& text, float value)
{
    const double rounded = std::round(static_cast<double>(value) * 1e8) / 1e8;
    std::array<char, 32> buffer{};
    const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), rounded);
    text.append(buffer.data(), end);
}

} // namespace

bool isHdf5(const fs::path& path)
{
    return path.extension() == ".hdf5" || path.extension() == ".h5";
}

base::Result<NeuroXReport> importNeuroX(
    const fs::path& json, const fs::path& safetensors, const base::JobContext& ctx)
{
    if (isHdf5(json))
        return importNeuroXHdf5(json, safetensors, ctx);
    PALIMPSEST_TRY(file, base::MappedFile::open(json));
    const std::string_view text(reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size());
    JsonShape shape;
    const auto measure
        = [&](std::size_t line, std::uint32_t sentence, std::uint32_t position, const Json& layers) {
              return addToShape(shape, json, line, sentence, position, layers);
          };
    PALIMPSEST_CHECK(forEachWord(text, json, ctx.part(0.0, 0.5), measure));
    const std::size_t words = shape.sentence.size();
    if (words == 0)
        return Error{ErrorCode::Malformed, json.string() + " has no words; give NeuroX's activations"};

    using tensorfile::ElementType;
    std::vector<tensorfile::TensorSpec> specs{
        {"sentence", ElementType::I32, {words}}, {"position", ElementType::I32, {words}}};
    for (const int layer : shape.layers)
        specs.push_back({"layer_" + std::to_string(layer), ElementType::F32, {words, shape.hidden}});
    PALIMPSEST_TRY(writer, tensorfile::SafetensorsWriter::create(safetensors, std::move(specs)));
    std::memcpy(writer.tensor("sentence").data(), shape.sentence.data(), words * sizeof(std::int32_t));
    std::memcpy(writer.tensor("position").data(), shape.position.data(), words * sizeof(std::int32_t));
    std::vector<std::span<float>> out;
    for (const int layer : shape.layers)
        out.push_back(writer.floats("layer_" + std::to_string(layer)));
    std::size_t row = 0;
    const auto fill = [&](std::size_t, std::uint32_t, std::uint32_t, const Json& layers) -> base::Status {
        for (std::size_t l = 0; l < out.size(); ++l) {
            const Json& values = *valuesOf(layers[l]);
            for (std::size_t c = 0; c < shape.hidden; ++c)
                out[l][row * shape.hidden + c] = values[c].get<float>();
        }
        ++row;
        return {};
    };
    PALIMPSEST_CHECK(forEachWord(text, json, ctx.part(0.5, 1.0), fill));
    PALIMPSEST_CHECK(writer.commit());
    return NeuroXReport{static_cast<std::size_t>(shape.sentence.back()) + 1, words, std::move(shape.layers)};
}

base::Status exportNeuroX(const fs::path& json, const corpus::TokenTable& tokens,
    const std::vector<int>& layers, const std::vector<tensorfile::MatrixFile>& matrices,
    const base::JobContext& ctx)
{
    for (const tensorfile::MatrixFile& matrix : matrices) {
        if (matrix.view().rows != tokens.size() || matrices.size() != layers.size())
            return Error{ErrorCode::ShapeMismatch, "The activations have other rows than the project"};
    }
    if (isHdf5(json))
        return exportNeuroXHdf5(json, tokens, matrices, ctx);
    const corpus::Corpus& corpus = tokens.corpus();
    std::string text;
    std::size_t row = 0;
    for (std::size_t s = 0; s < corpus.sentenceCount(); ++s) {
        if (ctx.stopRequested())
            return base::cancelled();
        ctx.progress(
            static_cast<double>(s) / static_cast<double>(corpus.sentenceCount()), "Writing activations");
        const auto sentence = base::toId<base::SentenceId>(s);
        text += "{\"linex_index\": " + std::to_string(s) + ", \"features\": [";
        const auto words = corpus.wordsOf(sentence);
        for (std::size_t position = 0; position < words.size(); ++position) {
            const bool analysed = row < tokens.size() && tokens.rows()[row].sentence == sentence
                && tokens.rows()[row].position == position;
            text += (position > 0 ? ", " : "") + std::string("{\"token\": ")
                + jsonString(corpus.word(base::WordId{words[position]}), true) + ", \"layers\": [";
            for (std::size_t l = 0; l < layers.size(); ++l) {
                text += (l > 0 ? ", " : "") + std::string("{\"index\": ") + std::to_string(layers[l])
                    + ", \"values\": [";
                const base::MatrixView view = matrices[l].view();
                for (std::size_t c = 0; c < view.cols; ++c) {
                    text += c > 0 ? ", " : "";
                    appendRounded(text, analysed ? view.row(row)[c] : 0.0F);
                }
                text += "]}";
            }
            text += "]}";
            row += analysed ? 1 : 0;
        }
        text += "]}\n";
    }
    return base::writeFileAtomically(json, text);
}

} // namespace palimpsest::exchange
