#include "train/checkpoint_writer.h"

#include <array>
#include <cstring>
#include <string>

#include <nlohmann/json.hpp>

#include "base/mapped_file.h"
#include "tensorfile/safetensors.h"

namespace palimpsest::train {

namespace fs = std::filesystem;

namespace {

// Every file that a tokenizer of transformers may be made of.
constexpr std::array kTokenizerFiles
    = {"tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.txt",
        "vocab.json", "merges.txt", "spiece.model", "sentencepiece.bpe.model", "tokenizer.model"};
constexpr std::size_t kLargestTokenizerFile = 1U << 30U;

std::string configText(const model::ModelConfig& config)
{
    auto json = nlohmann::ordered_json::parse(config.json);
    json["architectures"] = {config.architecture};
    json["model_type"] = config.modelType;
    auto names = nlohmann::ordered_json::object();
    auto ids = nlohmann::ordered_json::object();
    for (std::size_t id = 0; id < config.labels.size(); ++id) {
        names[std::to_string(id)] = config.labels[id];
        ids[config.labels[id]] = id;
    }
    json["id2label"] = names;
    json["label2id"] = ids;
    json["problem_type"] = "single_label_classification";
    json["torch_dtype"] = "float32";
    json.erase("num_labels");
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

base::Status writeWeights(const fs::path& path, std::span<const model::NamedTensor> weights)
{
    std::vector<tensorfile::TensorSpec> specs;
    for (const model::NamedTensor& weight : weights) {
        const auto sizes = weight.tensor.sizes();
        specs.push_back({weight.name, tensorfile::ElementType::F32, {sizes.begin(), sizes.end()}});
    }
    // Without this entry from_pretrained refuses the file.
    PALIMPSEST_TRY(writer, tensorfile::SafetensorsWriter::create(path, specs, {{"format", "pt"}}));
    for (const model::NamedTensor& weight : weights) {
        const at::Tensor host = weight.tensor.detach().to(at::kCPU).contiguous();
        const auto to = writer.floats(weight.name);
        if (!to.empty())
            std::memcpy(to.data(), host.data_ptr<float>(), to.size_bytes());
    }
    return writer.commit();
}

} // namespace

base::Status writeCheckpoint(const fs::path& folder, const fs::path& baseFolder,
    const model::ModelConfig& config, std::span<const model::NamedTensor> weights)
{
    PALIMPSEST_CHECK(writeWeights(folder / "model.safetensors", weights));
    for (const char* name : kTokenizerFiles) {
        std::error_code ignored;
        if (!fs::exists(baseFolder / name, ignored))
            continue;
        PALIMPSEST_TRY(content, base::readFile(baseFolder / name, kLargestTokenizerFile));
        PALIMPSEST_CHECK(base::writeFileAtomically(folder / name, content));
    }
    return base::writeFileAtomically(folder / "config.json", configText(config));
}

} // namespace palimpsest::train
