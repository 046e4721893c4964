#include <string>
#include <utility>
#include <vector>

#include "model/transformer_block.h"

namespace palimpsest::model {

std::unique_ptr<Encoder> makeRoberta(const ModelConfig& config, Weights& weights);

namespace {

/// RobertaModel, XLMRobertaModel and CamembertModel of transformers (Liu et al. 2019): BERT with positions
/// that count from the padding id on.
class RobertaEncoder final : public Encoder {
public:
    RobertaEncoder(const ModelConfig& config, Weights& weights)
        : m_embeddings(takeBertEmbeddings(weights, config))
        , m_paddingId(config.paddingId)
    {
        const Activation activation = takeActivation(weights, config);
        for (std::size_t i = 0; i < config.layerCount && !weights.failed(); ++i) {
            const std::string scope = "encoder.layer." + std::to_string(i) + ".";
            m_layers.push_back(takeBertBlock(weights, scope, config, activation));
        }
        m_pooler = weights.pooler("pooler.dense", config.hiddenSize, false);
    }

    at::Tensor embedWords(const at::Tensor& ids) const override { return m_embeddings.lookUp(ids); }

    at::Tensor embed(const at::Tensor& words, const Forward& run) const override
    {
        return m_embeddings(words, run.batch.positionsAfterPadding(m_paddingId), run);
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
    std::int64_t m_paddingId;
    std::vector<PostNormBlock> m_layers;
    std::optional<Linear> m_pooler;
};

} // namespace

std::unique_ptr<Encoder> makeRoberta(const ModelConfig& config, Weights& weights)
{
    return std::make_unique<RobertaEncoder>(config, weights);
}

} // namespace palimpsest::model
