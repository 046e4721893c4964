#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/transformer_block.h"

namespace palimpsest::model {

std::unique_ptr<Encoder> makeElectra(const ModelConfig& config, Weights& weights);

namespace {

/// ElectraModel of transformers (Clark et al. 2020): BERT whose embeddings may be narrower than its states.
class ElectraEncoder final : public Encoder {
public:
    ElectraEncoder(const ModelConfig& config, Weights& weights)
        : m_embeddings(takeBertEmbeddings(weights, config))
    {
        if (config.embeddingSize != config.hiddenSize)
            m_projection = weights.linear("embeddings_project", config.embeddingSize, config.hiddenSize);
        const Activation activation = takeActivation(weights, config);
        for (std::size_t i = 0; i < config.layerCount && !weights.failed(); ++i) {
            const std::string scope = "encoder.layer." + std::to_string(i) + ".";
            m_layers.push_back(takeBertBlock(weights, scope, config, activation));
        }
    }

    at::Tensor embedWords(const at::Tensor& ids) const override { return m_embeddings.lookUp(ids); }

    at::Tensor embed(const at::Tensor& words, const Forward& run) const override
    {
        const at::Tensor narrow = m_embeddings(words, run.batch.positions(), run);
        return m_projection ? (*m_projection)(narrow) : narrow;
    }

    at::Tensor layer(std::size_t index, const at::Tensor& state, const Forward& run) const override
    {
        return m_layers[index](state, run);
    }

private:
    BertEmbeddings m_embeddings;
    std::optional<Linear> m_projection;
    std::vector<PostNormBlock> m_layers;
};

} // namespace

std::unique_ptr<Encoder> makeElectra(const ModelConfig& config, Weights& weights)
{
    return std::make_unique<ElectraEncoder>(config, weights);
}

} // namespace palimpsest::model
