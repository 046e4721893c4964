#include "pipeline/prepared_study.h"

#include <algorithm>

#include "model/model.h"
#include "pipeline/settings.h"

namespace palimpsest::pipeline {

using base::Error;
using base::ErrorCode;

namespace {

base::Result<PreparedModel> prepareModel(const std::filesystem::path& folder)
{
    PreparedModel model;
    model.folder = folder;
    PALIMPSEST_TRY(config, model::readModelConfig(folder));
    PALIMPSEST_TRY(tokenizer, tokenizer::Tokenizer::open(folder));
    PALIMPSEST_TRY(fingerprint, model::fingerprintModel(folder));
    model.maxPieces = std::min(config.maxPieces, tokenizer->maxLength());
    model.config = std::move(config);
    model.tokenizer = std::move(tokenizer);
    model.fingerprint = fingerprint;
    return model;
}

std::string shapeText(const model::ModelConfig& config)
{
    return std::to_string(config.layerCount) + " layers of " + std::to_string(config.hiddenSize) + " values";
}

base::Result<std::vector<int>> wantedLayers(const std::vector<int>& asked, std::size_t layerCount)
{
    const int highest = static_cast<int>(layerCount);
    if (!asked.empty()) {
        if (asked.back() > highest) {
            return Error{ErrorCode::NotFound,
                "There is no layer " + std::to_string(asked.back()) + "; the models have layers 0 to "
                    + std::to_string(highest)};
        }
        return asked;
    }
    std::vector<int> layers;
    for (int layer = 0; layer <= highest; ++layer)
        layers.push_back(layer);
    return layers;
}

} // namespace

std::string_view sideTitle(project::Side side)
{
    return side == project::Side::Base ? "Base model" : "Fine-tuned model";
}

base::Result<PreparedStudy> prepareStudy(const Study& study)
{
    PALIMPSEST_TRY(checked, checkedStudy(study));
    // The shapes need the two small files only, so they come before weights and tokenizers.
    PALIMPSEST_TRY(baseConfig, model::readModelConfig(checked.base));
    PALIMPSEST_TRY(fineTunedConfig, model::readModelConfig(checked.fineTuned));
    if (baseConfig.hiddenSize != fineTunedConfig.hiddenSize
        || baseConfig.layerCount != fineTunedConfig.layerCount) {
        return Error{ErrorCode::ShapeMismatch,
            "The base model has " + shapeText(baseConfig) + ", the fine-tuned one "
                + shapeText(fineTunedConfig) + "; choose two checkpoints of the same shape"};
    }
    PreparedStudy prepared;
    PALIMPSEST_TRY(layers, wantedLayers(checked.layers, baseConfig.layerCount));
    PALIMPSEST_TRY(corpusFingerprint, base::fingerprintFile(checked.corpus));
    PALIMPSEST_TRY(baseModel, prepareModel(checked.base));
    PALIMPSEST_TRY(fineTunedModel, prepareModel(checked.fineTuned));
    prepared.study = std::move(checked);
    prepared.models = {std::move(baseModel), std::move(fineTunedModel)};
    prepared.layers = std::move(layers);
    prepared.corpusFingerprint = corpusFingerprint;
    return prepared;
}

std::string countText(std::size_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t place = text.size(); place > 3; place -= 3)
        text.insert(place - 3, 1, ',');
    return text;
}

} // namespace palimpsest::pipeline
