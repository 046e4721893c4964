#include <string>
#include <utility>
#include <vector>

#include "model/transformer_block.h"

namespace palimpsest::model {

std::unique_ptr<Encoder> makeDistilBert(const ModelConfig& config, Weights& weights);

namespace {

PostNormBlock takeDistilBlock(
    Weights& weights, const std::string& scope, const ModelConfig& config, Activation activation)
{
    const std::size_t hidden = config.hiddenSize;
    PostNormBlock block;
    block.query = weights.linear(scope + "attention.q_lin", hidden, hidden);
    block.key = weights.linear(scope + "attention.k_lin", hidden, hidden);
    block.value = weights.linear(scope + "attention.v_lin", hidden, hidden);
    block.attentionOutput = weights.linear(scope + "attention.out_lin", hidden, hidden);
    block.attentionNorm = weights.layerNorm(scope + "sa_layer_norm", hidden, config.layerNormEps);
    block.intermediate = weights.linear(scope + "ffn.lin1", hidden, config.intermediateSize);
    block.output = weights.linear(scope + "ffn.lin2", config.intermediateSize, hidden);
    block.outputNorm = weights.layerNorm(scope + "output_layer_norm", hidden, config.layerNormEps);
    block.heads = static_cast<std::int64_t>(config.headCount);
    block.activation = activation;
    return block;
}

/// DistilBertModel of transformers (Sanh et al. 2019): BERT's block under other names, no token types, no
/// pooler.
class DistilBertEncoder final : public Encoder {
public:
    DistilBertEncoder(const ModelConfig& config, Weights& weights)
        : m_embeddings(takeBertEmbeddings(weights, config))
    {
        const Activation activation = takeActivation(weights, config);
        for (std::size_t i = 0; i < config.layerCount && !weights.failed(); ++i) {
            const std::string scope = "transformer.layer." + std::to_string(i) + ".";
            m_layers.push_back(takeDistilBlock(weights, scope, config, activation));
        }
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

private:
    BertEmbeddings m_embeddings;
    std::vector<PostNormBlock> m_layers;
};

} // namespace

std::unique_ptr<Encoder> makeDistilBert(const ModelConfig& config, Weights& weights)
{
    return std::make_unique<DistilBertEncoder>(config, weights);
}

} // namespace palimpsest::model
