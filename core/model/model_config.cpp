#include "model/model_config.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/mapped_file.h"
#include "model/architecture_registry.h"
#include "model/config_keys.h"

namespace palimpsest::model {

using base::Error;
using base::ErrorCode;
using nlohmann::json;

namespace {

constexpr std::size_t kLargestConfig = 16U << 20U;
constexpr std::size_t kMostLabels = 1U << 20U;

HeadKind headOf(const std::string& architecture)
{
    if (architecture.ends_with("ForSequenceClassification"))
        return HeadKind::SequenceClassification;
    if (architecture.ends_with("ForTokenClassification"))
        return HeadKind::TokenClassification;
    return HeadKind::None;
}

/// id2label in id order; LABEL_0 and LABEL_1, as transformers fills in, where the file does not name labels.
std::vector<std::string> labelsOf(ConfigKeys& reader)
{
    const json& config = reader.object();
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

/// What a family takes where config.json does not say it, as transformers fills it in.
struct FamilyDefaults {
    std::string_view modelType;
    std::optional<std::size_t> embeddingSize = std::nullopt;
    std::size_t types = 0;
    double eps = 1e-12;
    const char* activation = "gelu";
};

FamilyDefaults defaultsOf(const Architecture& architecture)
{
    constexpr std::array kDefaults = {
        FamilyDefaults{"albert", 128, 2},
        FamilyDefaults{"deberta-v2", std::nullopt, 0, 1e-7},
        FamilyDefaults{"distilbert"},
        FamilyDefaults{"electra", 128, 2},
        FamilyDefaults{"gpt2", std::nullopt, 0, 1e-5, "gelu_new"},
        FamilyDefaults{"mpnet"},
    };
    for (const FamilyDefaults& defaults : kDefaults) {
        if (defaults.modelType == architecture.modelType)
            return defaults;
    }
    if (architecture.isDecoder)
        return {architecture.modelType, std::nullopt, 0, 1e-6, "silu"};
    return {architecture.modelType, std::nullopt, 2};
}

/// Decoders often have no padding: -1 then.
std::int64_t paddingOf(const Architecture& architecture, const ModelConfig& config, ConfigKeys& reader)
{
    if (architecture.isDecoder) {
        const std::int64_t padding = reader.integer("pad_token_id", -1);
        return padding < static_cast<std::int64_t>(config.vocabularySize) ? padding : -1;
    }
    const std::size_t usual = architecture.positionsAfterPadding ? 1 : 0;
    return static_cast<std::int64_t>(reader.size(
        {"pad_token_id"}, 0, config.vocabularySize - 1, std::min(usual, config.vocabularySize - 1)));
}

void readSizes(ModelConfig& config, const Architecture& architecture, ConfigKeys& reader)
{
    const FamilyDefaults defaults = defaultsOf(architecture);
    config.hiddenSize = reader.size({"hidden_size", "dim", "d_model", "n_embd"}, 1, kLargestSize);
    config.layerCount = reader.size({"num_hidden_layers", "n_layers", "n_layer"}, 1, kMostLayers);
    config.headCount = reader.size({"num_attention_heads", "n_heads", "n_head"}, 1, kLargestSize);
    const std::optional<std::size_t> usualInner = architecture.modelType == "gpt2"
        ? std::optional(std::min(4 * config.hiddenSize, kLargestSize))
        : std::nullopt;
    config.intermediateSize
        = reader.size({"intermediate_size", "hidden_dim", "n_inner"}, 1, kLargestSize, usualInner);
    config.vocabularySize = reader.size({"vocab_size"}, 1, std::size_t{1} << 31U);
    config.maxPositions = reader.size({"max_position_embeddings", "n_positions"}, 1, kLargestSize);
    config.typeVocabularySize = reader.size({"type_vocab_size"}, 0, kLargestSize, defaults.types);
    const bool narrow = defaults.embeddingSize.has_value() || config.modelType == "deberta-v2";
    config.embeddingSize = narrow
        ? reader.size({"embedding_size"}, 1, kLargestSize, defaults.embeddingSize.value_or(config.hiddenSize))
        : config.hiddenSize;
    config.layerGroupCount = reader.size({"num_hidden_groups"}, 1, kMostLayers, std::size_t{1});
    config.layersPerGroup = reader.size({"inner_group_num"}, 1, kMostLayers, std::size_t{1});
    config.paddingId = paddingOf(architecture, config, reader);
    config.layerNormEps
        = reader.number({"layer_norm_eps", "layer_norm_epsilon", "rms_norm_eps"}, defaults.eps);
    config.activation = reader.text({"hidden_act", "activation", "activation_function"}, defaults.activation);
    if (config.hiddenSize % config.headCount != 0 && !reader.mentions("head_dim"))
        reader.refuse("gives a \"hidden_size\" that \"num_attention_heads\" does not divide");
}

base::Result<ModelConfig> parse(const std::string& text, const std::string& file)
{
    const json root = json::parse(text, nullptr, false);
    if (!root.is_object())
        return Error{ErrorCode::Malformed, file + " is not a JSON object; take it from the original model"};
    ConfigKeys reader(root, file);
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
    config.isDecoder = architecture->isDecoder;

    readSizes(config, *architecture, reader);
    if (config.head != HeadKind::None)
        config.labels = labelsOf(reader);
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
