#include "model/model_config.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/mapped_file.h"
#include "model/architecture_registry.h"

namespace palimpsest::model {

using base::Error;
using base::ErrorCode;
using nlohmann::json;

namespace {

constexpr std::size_t kLargestConfig = 16U << 20U;
// Far above any published model; they keep sizes that are computed from a hostile file from overflowing.
constexpr std::size_t kMostLayers = 4096;
constexpr std::size_t kLargestSize = 1U << 24U;
constexpr std::size_t kMostLabels = 1U << 20U;

/// Reads keys of config.json under the names that the families of models gave them, and keeps the first
/// problem.
class KeyReader {
public:
    KeyReader(const json& config, std::string file)
        : m_config(config)
        , m_file(std::move(file))
    {
    }

    /// The first of `keys` that is there; `fallback` where none is. Without a fallback, one must be there.
    std::size_t size(std::initializer_list<const char*> keys, std::size_t least, std::size_t most,
        std::optional<std::size_t> fallback = std::nullopt)
    {
        const json* value = find(keys);
        if (value == nullptr && fallback)
            return *fallback;
        const std::string name = *keys.begin();
        if (value == nullptr)
            return refuse("does not say \"" + name + "\"");
        if (!value->is_number_integer())
            return refuse("does not give a whole number as \"" + name + "\"");
        const bool negative = !value->is_number_unsigned() && value->get<std::int64_t>() < 0;
        const auto number = value->get<std::uint64_t>();
        if (negative || number < least || number > most) {
            return refuse("gives a number as \"" + name + "\" that is not between " + std::to_string(least)
                + " and " + std::to_string(most));
        }
        return static_cast<std::size_t>(number);
    }

    double number(const char* key, double fallback)
    {
        const json* value = find({key});
        if (value == nullptr)
            return fallback;
        const double result = value->is_number() ? value->get<double>() : -1.0;
        if (!(result >= 0.0) || !std::isfinite(result))
            refuse(std::string("does not give a number from 0 up as \"") + key + "\"");
        return result;
    }

    std::string text(std::initializer_list<const char*> keys, const std::string& fallback)
    {
        const json* value = find(keys);
        if (value == nullptr)
            return fallback;
        if (!value->is_string()) {
            refuse(std::string("does not give a text as \"") + *keys.begin() + "\"");
            return fallback;
        }
        return value->get<std::string>();
    }

    std::size_t refuse(const std::string& problem)
    {
        if (!m_error) {
            m_error = Error{
                ErrorCode::Malformed, m_file + " " + problem + "; take the file from the original model"};
        }
        return 1;
    }

    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    const json* find(std::initializer_list<const char*> keys) const
    {
        for (const char* key : keys) {
            const auto found = m_config.find(key);
            if (found != m_config.end() && !found->is_null())
                return &*found;
        }
        return nullptr;
    }

    const json& m_config;
    std::string m_file;
    std::optional<Error> m_error;
};

HeadKind headOf(const std::string& architecture)
{
    if (architecture.ends_with("ForSequenceClassification"))
        return HeadKind::SequenceClassification;
    if (architecture.ends_with("ForTokenClassification"))
        return HeadKind::TokenClassification;
    return HeadKind::None;
}

/// id2label in id order; LABEL_0 and LABEL_1, as transformers fills in, where the file does not name labels.
std::vector<std::string> labelsOf(const json& config, KeyReader& reader)
{
    std::vector<std::string> labels;
    const auto map = config.find("id2label");
    const bool named = map != config.end() && map->is_object() && !map->empty();
    const std::size_t count
        = named ? map->size() : reader.size({"num_labels", "_num_labels"}, 1, kMostLabels, std::size_t{2});
    labels.reserve(count);
    for (std::size_t id = 0; id < count; ++id) {
        const std::string key = std::to_string(id);
        if (!named) {
            labels.push_back("LABEL_" + key);
            continue;
        }
        const auto label = map->find(key);
        if (label == map->end() || !label->is_string()) {
            reader.refuse("does not give label " + key + " of " + std::to_string(count) + " in \"id2label\"");
            return {};
        }
        labels.push_back(label->get<std::string>());
    }
    return labels;
}

base::Result<const Architecture*> findArchitecture(
    const std::string& modelType, const std::string& architecture, const std::string& file)
{
    const Architecture* found
        = modelType.empty() ? architectureOfClass(architecture) : architectureOfType(modelType);
    if (found != nullptr)
        return found;
    std::string known;
    for (const std::string& type : knownModelTypes())
        known += (known.empty() ? "" : ", ") + type;
    const std::string name = modelType.empty() ? architecture : modelType;
    return Error{ErrorCode::Unsupported,
        file + (name.empty() ? " names no architecture" : " names the architecture \"" + name + "\"")
            + "; those that can be opened are " + known};
}

void readSizes(ModelConfig& config, KeyReader& reader)
{
    config.hiddenSize = reader.size({"hidden_size", "dim", "d_model", "n_embd"}, 1, kLargestSize);
    config.layerCount = reader.size({"num_hidden_layers", "n_layers", "n_layer"}, 1, kMostLayers);
    config.headCount = reader.size({"num_attention_heads", "n_heads", "n_head"}, 1, kLargestSize);
    config.intermediateSize = reader.size({"intermediate_size", "hidden_dim"}, 1, kLargestSize);
    config.vocabularySize = reader.size({"vocab_size"}, 1, std::size_t{1} << 31U);
    config.maxPositions = reader.size({"max_position_embeddings", "n_positions"}, 1, kLargestSize);
    config.typeVocabularySize
        = reader.size({"type_vocab_size"}, 0, kLargestSize, config.modelType == "distilbert" ? 0U : 2U);
    config.embeddingSize = config.modelType == "albert" || config.modelType == "electra"
        ? reader.size({"embedding_size"}, 1, kLargestSize, std::size_t{128})
        : config.hiddenSize;
    config.layerGroupCount = reader.size({"num_hidden_groups"}, 1, kMostLayers, std::size_t{1});
    config.layersPerGroup = reader.size({"inner_group_num"}, 1, kMostLayers, std::size_t{1});
    config.paddingId = static_cast<std::int64_t>(
        reader.size({"pad_token_id"}, 0, config.vocabularySize - 1, std::size_t{0}));
    config.layerNormEps = reader.number("layer_norm_eps", 1e-12);
    config.activation = reader.text({"hidden_act", "activation", "activation_function"}, "gelu");
    if (config.hiddenSize % config.headCount != 0)
        reader.refuse("gives a \"hidden_size\" that \"num_attention_heads\" does not divide");
}

base::Result<ModelConfig> parse(const std::string& text, const std::string& file)
{
    const json root = json::parse(text, nullptr, false);
    if (!root.is_object())
        return Error{ErrorCode::Malformed, file + " is not a JSON object; take it from the original model"};
    KeyReader reader(root, file);
    ModelConfig config;
    config.json = text;
    config.modelType = reader.text({"model_type"}, "");
    const auto names = root.find("architectures");
    if (names != root.end() && names->is_array() && !names->empty() && names->front().is_string())
        config.architecture = names->front().get<std::string>();
    PALIMPSEST_TRY(architecture, findArchitecture(config.modelType, config.architecture, file));
    config.modelType = architecture->modelType;
    if (config.architecture.empty())
        config.architecture = std::string(architecture->classStem) + "Model";
    config.head = headOf(config.architecture);

    readSizes(config, reader);
    if (config.head != HeadKind::None)
        config.labels = labelsOf(root, reader);
    config.problemType = reader.text({"problem_type"}, "");
    const std::string positions = reader.text({"position_embedding_type"}, "absolute");
    if (reader.error())
        return *reader.error();
    if (positions != "absolute") {
        return Error{ErrorCode::Unsupported,
            file + " asks for positions of type \"" + positions
                + "\"; only absolute positions can be computed"};
    }
    const std::size_t reserved
        = architecture->positionsAfterPadding ? static_cast<std::size_t>(config.paddingId) + 1 : 0;
    config.maxPieces = config.maxPositions > reserved ? config.maxPositions - reserved : 0;
    return config;
}

} // namespace

base::Result<ModelConfig> readModelConfig(const std::filesystem::path& folder)
{
    std::error_code problem;
    if (!std::filesystem::is_directory(folder, problem)) {
        return Error{ErrorCode::NotFound,
            "There is no folder " + folder.string() + "; name the folder of a checkpoint"};
    }
    const auto file = folder / "config.json";
    if (!std::filesystem::exists(file, problem)) {
        return Error{ErrorCode::NotFound,
            "The folder " + folder.string()
                + " has no config.json; name a folder that save_pretrained has written"};
    }
    PALIMPSEST_TRY(text, base::readFile(file, kLargestConfig));
    try {
        return parse(text, file.string());
    } catch (const std::exception& exception) {
        return Error{ErrorCode::Malformed, file.string() + " cannot be understood: " + exception.what()};
    }
}

std::vector<std::string> knownModelTypes()
{
    std::vector<std::string> types;
    for (const Architecture& architecture : architectures())
        types.emplace_back(architecture.modelType);
    std::sort(types.begin(), types.end());
    return types;
}

} // namespace palimpsest::model
