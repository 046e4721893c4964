#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/config_keys.h"
#include "model/transformer_block.h"

namespace palimpsest::model {

std::unique_ptr<Encoder> makeMpnet(const ModelConfig& config, Weights& weights);

namespace {

PostNormBlock takeMpnetBlock(
    Weights& weights, const std::string& scope, const ModelConfig& config, Activation activation)
{
    const std::size_t hidden = config.hiddenSize;
    PostNormBlock block;
    block.query = weights.linear(scope + "attention.attn.q", hidden, hidden);
    block.key = weights.linear(scope + "attention.attn.k", hidden, hidden);
    block.value = weights.linear(scope + "attention.attn.v", hidden, hidden);
    block.attentionOutput = weights.linear(scope + "attention.attn.o", hidden, hidden);
    block.attentionNorm = weights.layerNorm(scope + "attention.LayerNorm", hidden, config.layerNormEps);
    block.intermediate = weights.linear(scope + "intermediate.dense", hidden, config.intermediateSize);
    block.output = weights.linear(scope + "output.dense", config.intermediateSize, hidden);
    block.outputNorm = weights.layerNorm(scope + "output.LayerNorm", hidden, config.layerNormEps);
    block.heads = static_cast<std::int64_t>(config.headCount);
    block.activation = activation;
    return block;
}

/// Bucket of each distance from query to key, int64 [length, length]: half of the buckets for either
/// direction, single distances first, then logarithmically up to 128 (Raffel et al. 2020). Computed by the
/// same float32 operations as in transformers, because a distance on the border of two buckets depends on
/// their rounding.
at::Tensor distanceBuckets(std::int64_t length, std::int64_t buckets, at::Device device)
{
    constexpr double kFarthest = 128.0;
    const auto places = at::arange(length, at::TensorOptions(device).dtype(at::kLong));
    const at::Tensor behind = places.unsqueeze(1) - places.unsqueeze(0);
    const std::int64_t half = buckets / 2;
    const std::int64_t exact = std::max<std::int64_t>(half / 2, 1);
    const at::Tensor distance = behind.abs();
    const at::Tensor spread = at::log(distance.to(at::kFloat) / static_cast<double>(exact))
        / std::log(kFarthest / static_cast<double>(exact)) * static_cast<double>(half - exact);
    // The logarithm of distance 0 is not taken, but would not fit an integer.
    const at::Tensor far = (spread.clamp_min(0.0).to(at::kLong) + exact).clamp_max(half - 1);
    return at::where(distance.lt(exact), distance, far) + behind.lt(0).to(at::kLong) * half;
}

/// MPNetModel of transformers (Song et al. 2020): BERT's block, positions as in RoBERTa, and one bias per
/// head and distance that all layers add to their scores.
class MpnetEncoder final : public Encoder {
public:
    MpnetEncoder(const ModelConfig& config, Weights& weights)
        : m_embeddings(takeBertEmbeddings(weights, config))
        , m_paddingId(config.paddingId)
    {
        ConfigKeys keys = rareKeys(config);
        const std::size_t buckets
            = keys.size({"relative_attention_num_buckets"}, 2, kLargestSize, std::size_t{32});
        if (keys.error())
            weights.fail(*keys.error());
        m_distanceBias
            = weights.tensor("encoder.relative_attention_bias.weight", {buckets, config.headCount});
        const Activation activation = takeActivation(weights, config);
        for (std::size_t i = 0; i < config.layerCount && !weights.failed(); ++i) {
            const std::string scope = "encoder.layer." + std::to_string(i) + ".";
            m_layers.push_back(takeMpnetBlock(weights, scope, config, activation));
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
        return m_layers[index](state, run, [&](const at::Tensor& scores, const AttentionPart& part) {
            const at::Tensor buckets
                = distanceBuckets(part.length, m_distanceBias.size(0), m_distanceBias.device());
            return scores + at::embedding(m_distanceBias, buckets).permute({2, 0, 1});
        });
    }

    at::Tensor pooled(const at::Tensor& lastState, const Forward& run) const override
    {
        return poolFirstPieces(m_pooler, lastState, run);
    }

private:
    BertEmbeddings m_embeddings;
    std::int64_t m_paddingId;
    at::Tensor m_distanceBias; ///< [buckets, heads]
    std::vector<PostNormBlock> m_layers;
    std::optional<Linear> m_pooler;
};

} // namespace

std::unique_ptr<Encoder> makeMpnet(const ModelConfig& config, Weights& weights)
{
    return std::make_unique<MpnetEncoder>(config, weights);
}

} // namespace palimpsest::model
