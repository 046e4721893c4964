#include <string>
#include <utility>
#include <vector>

#include "model/transformer_block.h"

namespace palimpsest::model {

std::unique_ptr<Encoder> makeBert(const ModelConfig& config, Weights& weights);

namespace {

/// BertModel of transformers (Devlin et al. 2019).
class BertEncoder final : public Encoder {
public:
    BertEncoder(const ModelConfig& config, Weights& weights)
        : m_embeddings(takeBertEmbeddings(weights, config))
    {
        const Activation activation = takeActivation(weights, config);
        for (std::size_t i = 0; i < config.layerCount && !weights.failed(); ++i) {
            const std::string scope = "encoder.layer." + std::to_string(i) + ".";
            m_layers.push_back(takeBertBlock(weights, scope, config, activation));
        }
        m_pooler = weights.pooler(
            "pooler.dense", config.hiddenSize, config.head == HeadKind::SequenceClassification);
    }

    at::Tensor embedWords(const at::Tensor& ids) const override { return m_embeddings.lookUp(ids); }

    at::Tensor embed(const at::Tensor& words, const Forward& run) const override
    {
        return m_embeddings(words, run.batch.positions(), run);
    }

    at::Tensor layer(std::size_t index, const at::Tensor& state, const Forward& run) const override
    {
        return m_layers[index](state, run);
    }

    at::Tensor pooled(const at::Tensor& lastState, const Forward& run) const override
    {
        return poolFirstPieces(m_pooler, lastState, run);
    }

private:
    BertEmbeddings m_embeddings;
    std::vector<PostNormBlock> m_layers;
    std::optional<Linear> m_pooler;
};

} // namespace

std::unique_ptr<Encoder> makeBert(const ModelConfig& config, Weights& weights)
{
    return std::make_unique<BertEncoder>(config, weights);
}

} // namespace palimpsest::model
