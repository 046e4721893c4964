#include "exchange/neurox_hdf5.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "exchange/hdf5_file.h"
#include "exchange/json_text.h"
#include "tensorfile/safetensors.h"

namespace palimpsest::exchange {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;

namespace {

constexpr std::string_view kIndex = "sentence_to_index";

/// "0", "1", …: NeuroX numbers the sentences in the order in which it writes them. The text in
/// `sentence_to_index` is not read: the library's strings of variable length crash on damaged files.
base::Result<std::vector<std::string>> dataSetNames(const Hdf5Reader& reader, const fs::path& path)
{
    if (!reader.has(kIndex))
        return Error{ErrorCode::Malformed,
            path.string() + " has no \"" + std::string(kIndex) + "\"; give a file of NeuroX's activations"};
    PALIMPSEST_TRY(entries, reader.entryCount());
    std::vector<std::string> names;
    while (names.size() + 1 < entries && reader.has(std::to_string(names.size())))
        names.push_back(std::to_string(names.size()));
    if (names.size() + 1 != entries)
        return Error{ErrorCode::Malformed,
            path.string() + " has no data set \"" + std::to_string(names.size()) + "\" but "
                + std::to_string(entries - 1 - names.size())
                + " others; NeuroX numbers its sentences without gaps"};
    return names;
}

/// What all sentences of a file have in common, and how many words each has.
struct Hdf5Shape {
    std::size_t layers = 0;
    std::size_t hidden = 0;
    std::vector<std::size_t> words;
    std::size_t allWords = 0;
};

base::Result<Hdf5Shape> measure(const Hdf5Reader& reader, const std::vector<std::string>& names,
    const fs::path& path, const base::JobContext& ctx)
{
    Hdf5Shape shape;
    for (const std::string& name : names) {
        if (ctx.stopRequested())
            return base::cancelled();
        PALIMPSEST_TRY(extents, reader.floatExtents(name));
        if (extents.size() == 2) // one layer, its dimension squeezed away
            extents.insert(extents.begin(), 1);
        if (extents.size() != 3 || extents[0] == 0 || extents[0] > kMostNeuroXLayers || extents[2] == 0
            || extents[2] > kMostNeuroXValues)
            return Error{ErrorCode::Malformed,
                path.string() + ": the data set \"" + name + "\" is not layers x words x values"};
        if (shape.layers == 0) {
            shape.layers = extents[0];
            shape.hidden = extents[2];
        }
        if (extents[0] != shape.layers || extents[2] != shape.hidden)
            return Error{ErrorCode::ShapeMismatch,
                path.string() + ": the data set \"" + name
                    + "\" has other layers or another number of values than the first"};
        shape.words.push_back(extents[1]);
        shape.allWords += extents[1];
        ctx.progress(static_cast<double>(shape.words.size()) / static_cast<double>(names.size()),
            "Reading " + path.filename().string());
    }
    constexpr std::size_t kMostWords = 0x7fffffff;
    if (shape.allWords == 0)
        return Error{ErrorCode::Malformed, path.string() + " has no words; give NeuroX's activations"};
    if (shape.allWords > kMostWords || names.size() > kMostWords)
        return Error{ErrorCode::TooLarge, path.string() + " has more words than can be numbered"};
    return shape;
}

} // namespace

base::Result<NeuroXReport> importNeuroXHdf5(
    const fs::path& hdf5, const fs::path& safetensors, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(reader, Hdf5Reader::open(hdf5));
    PALIMPSEST_TRY(names, dataSetNames(reader, hdf5));
    PALIMPSEST_TRY(shape, measure(reader, names, hdf5, ctx.part(0.0, 0.2)));

    using tensorfile::ElementType;
    std::vector<tensorfile::TensorSpec> specs{
        {"sentence", ElementType::I32, {shape.allWords}}, {"position", ElementType::I32, {shape.allWords}}};
    NeuroXReport report{names.size(), shape.allWords, {}};
    for (std::size_t layer = 0; layer < shape.layers; ++layer) {
        report.layers.push_back(static_cast<int>(layer));
        specs.push_back({"layer_" + std::to_string(layer), ElementType::F32, {shape.allWords, shape.hidden}});
    }
    PALIMPSEST_TRY(writer, tensorfile::SafetensorsWriter::create(safetensors, std::move(specs)));
    std::vector<std::int32_t> sentences, positions;
    std::vector<std::span<float>> out;
    for (const int layer : report.layers)
        out.push_back(writer.floats("layer_" + std::to_string(layer)));
    std::vector<float> values;
    for (std::size_t s = 0; s < names.size(); ++s) {
        if (ctx.stopRequested())
            return base::cancelled();
        ctx.part(0.2, 1.0).progress(static_cast<double>(s) / static_cast<double>(names.size()),
            "Reading " + hdf5.filename().string());
        const std::size_t count = shape.words[s] * shape.hidden;
        values.resize(shape.layers * count);
        PALIMPSEST_CHECK(reader.readFloats(names[s], values));
        for (std::size_t layer = 0; layer < shape.layers; ++layer)
            std::copy_n(
                values.data() + layer * count, count, out[layer].data() + sentences.size() * shape.hidden);
        for (std::size_t word = 0; word < shape.words[s]; ++word) {
            sentences.push_back(static_cast<std::int32_t>(s));
            positions.push_back(static_cast<std::int32_t>(word));
        }
    }
    std::memcpy(writer.tensor("sentence").data(), sentences.data(), sentences.size() * sizeof(std::int32_t));
    std::memcpy(writer.tensor("position").data(), positions.data(), positions.size() * sizeof(std::int32_t));
    PALIMPSEST_CHECK(writer.commit());
    return report;
}

base::Status exportNeuroXHdf5(const fs::path& hdf5, const corpus::TokenTable& tokens,
    const std::vector<tensorfile::MatrixFile>& matrices, const base::JobContext& ctx)
{
    const corpus::Corpus& corpus = tokens.corpus();
    const std::size_t hidden = matrices.empty() ? 0 : matrices.front().view().cols;
    PALIMPSEST_TRY(writer, Hdf5Writer::create(hdf5));
    std::unordered_map<std::string, std::size_t> seen;
    std::string index = "{";
    std::vector<float> values;
    std::size_t row = 0;
    for (std::size_t s = 0; s < corpus.sentenceCount(); ++s) {
        if (ctx.stopRequested())
            return base::cancelled();
        ctx.progress(
            static_cast<double>(s) / static_cast<double>(corpus.sentenceCount()), "Writing activations");
        const auto sentence = base::toId<base::SentenceId>(s);
        const auto words = corpus.wordsOf(sentence);
        values.assign(matrices.size() * words.size() * hidden, 0.0F);
        std::string text;
        for (std::size_t position = 0; position < words.size(); ++position) {
            text += (position > 0 ? " " : "") + std::string(corpus.word(base::WordId{words[position]}));
            if (row >= tokens.size() || tokens.rows()[row].sentence != sentence
                || tokens.rows()[row].position != position)
                continue;
            for (std::size_t layer = 0; layer < matrices.size(); ++layer)
                std::ranges::copy(matrices[layer].view().row(row),
                    values.begin() + static_cast<std::ptrdiff_t>((layer * words.size() + position) * hidden));
            ++row;
        }
        const std::size_t extents[]{matrices.size(), words.size(), hidden};
        PALIMPSEST_CHECK(writer.writeFloats(std::to_string(s), extents, values));
        const std::size_t occurrence = ++seen[text];
        if (occurrence > 1)
            text += " (Occurrence " + std::to_string(occurrence) + ")";
        index += (s > 0 ? ", " : "") + jsonString(text, true) + ": \"" + std::to_string(s) + "\"";
    }
    PALIMPSEST_CHECK(writer.writeString(kIndex, index + "}"));
    return writer.commit();
}

} // namespace palimpsest::exchange
