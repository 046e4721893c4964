#include <string>
#include <utility>
#include <vector>

#include "model/transformer_block.h"

namespace palimpsest::model {

std::unique_ptr<Encoder> makeAlbert(const ModelConfig& config, Weights& weights);

namespace {

PostNormBlock takeAlbertBlock(
    Weights& weights, const std::string& scope, const ModelConfig& config, Activation activation)
{
    const std::size_t hidden = config.hiddenSize;
    PostNormBlock block;
    block.query = weights.linear(scope + "attention.query", hidden, hidden);
    block.key = weights.linear(scope + "attention.key", hidden, hidden);
    block.value = weights.linear(scope + "attention.value", hidden, hidden);
    block.attentionOutput = weights.linear(scope + "attention.dense", hidden, hidden);
    block.attentionNorm = weights.layerNorm(scope + "attention.LayerNorm", hidden, config.layerNormEps);
    block.intermediate = weights.linear(scope + "ffn", hidden, config.intermediateSize);
    block.output = weights.linear(scope + "ffn_output", config.intermediateSize, hidden);
    block.outputNorm = weights.layerNorm(scope + "full_layer_layer_norm", hidden, config.layerNormEps);
    block.heads = static_cast<std::int64_t>(config.headCount);
    block.activation = activation;
    return block;
}

/// AlbertModel of transformers (Lan et al. 2020): narrow embeddings, layers that share the weights of their
/// group.
class AlbertEncoder final : public Encoder {
public:
    AlbertEncoder(const ModelConfig& config, Weights& weights)
        : m_embeddings(takeBertEmbeddings(weights, config))
        , m_layerCount(config.layerCount)
    {
        m_projection
            = weights.linear("encoder.embedding_hidden_mapping_in", config.embeddingSize, config.hiddenSize);
        const Activation activation = takeActivation(weights, config);
        for (std::size_t group = 0; group < config.layerGroupCount && !weights.failed(); ++group) {
            std::vector<PostNormBlock> blocks;
            for (std::size_t inner = 0; inner < config.layersPerGroup && !weights.failed(); ++inner) {
                const std::string scope = "encoder.albert_layer_groups." + std::to_string(group)
                    + ".albert_layers." + std::to_string(inner) + ".";
                blocks.push_back(takeAlbertBlock(weights, scope, config, activation));
            }
            m_groups.push_back(std::move(blocks));
        }
        m_pooler
            = weights.pooler("pooler", config.hiddenSize, config.head == HeadKind::SequenceClassification);
    }

    at::Tensor embedWords(const at::Tensor& ids) const override { return m_embeddings.lookUp(ids); }

    /// transformers counts the projected embeddings as hidden state 0.
    at::Tensor embed(const at::Tensor& words, const Forward& run) const override
    {
        return m_projection(m_embeddings(words, run.batch.positions(), run));
    }

    at::Tensor layer(std::size_t index, const at::Tensor& state, const Forward& run) const override
    {
        // Layers are spread evenly over the groups, as AlbertTransformer.forward does.
        const std::size_t group = index * m_groups.size() / m_layerCount;
        const std::vector<PostNormBlock>& blocks = m_groups[group];
        at::Tensor result = state;
        for (const PostNormBlock& block : blocks)
            result = block(result, &block == &blocks.back() ? run : run.whole());
        return result;
    }

    at::Tensor pooled(const at::Tensor& lastState, const Forward& run) const override
    {
        return poolFirstPieces(m_pooler, lastState, run);
    }

private:
    BertEmbeddings m_embeddings;
    Linear m_projection;
    std::size_t m_layerCount;
    std::vector<std::vector<PostNormBlock>> m_groups;
    std::optional<Linear> m_pooler;
};

} // namespace

std::unique_ptr<Encoder> makeAlbert(const ModelConfig& config, Weights& weights)
{
    return std::make_unique<AlbertEncoder>(config, weights);
}

} // namespace palimpsest::model
