#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "model/config_keys.h"
#include "model/transformer_block.h"

namespace palimpsest::model {

std::unique_ptr<Encoder> makeGpt2(const ModelConfig& config, Weights& weights);

namespace {

/// Conv1D of transformers: a linear layer whose weight is stored [in, out].
Linear takeTransposed(Weights& weights, const std::string& name, std::size_t in, std::size_t out)
{
    const at::Tensor weight = weights.tensor(name + ".weight", {in, out});
    return {weight.defined() ? weight.t() : weight, weights.tensor(name + ".bias", {out})};
}

struct Gpt2Block {
    LayerNorm attentionNorm;
    Linear queryKeyValue;
    Linear attentionOutput;
    LayerNorm innerNorm;
    Linear intermediate;
    Linear output;
    double scale = 1.0;
};

/// GPT2Model of transformers (Radford et al. 2019): learnt positions, norms in front of attention and
/// network, one more norm behind the last layer.
class Gpt2Encoder final : public Encoder {
public:
    Gpt2Encoder(const ModelConfig& config, Weights& weights)
        : m_heads(static_cast<std::int64_t>(config.headCount))
        , m_activation(takeActivation(weights, config))
    {
        const std::size_t hidden = config.hiddenSize;
        m_words = weights.tensor("wte.weight", {config.vocabularySize, hidden});
        m_positions = weights.tensor("wpe.weight", {config.maxPositions, hidden});
        ConfigKeys keys = rareKeys(config);
        const double scale = keys.flag("scale_attn_weights", true)
            ? 1.0 / std::sqrt(static_cast<double>(hidden / config.headCount))
            : 1.0;
        const bool byDepth = keys.flag("scale_attn_by_inverse_layer_idx", false);
        if (keys.error())
            weights.fail(*keys.error());
        for (std::size_t i = 0; i < config.layerCount && !weights.failed(); ++i) {
            const std::string scope = "h." + std::to_string(i) + ".";
            Gpt2Block block;
            block.attentionNorm = weights.layerNorm(scope + "ln_1", hidden, config.layerNormEps);
            block.queryKeyValue = takeTransposed(weights, scope + "attn.c_attn", hidden, 3 * hidden);
            block.attentionOutput = takeTransposed(weights, scope + "attn.c_proj", hidden, hidden);
            block.innerNorm = weights.layerNorm(scope + "ln_2", hidden, config.layerNormEps);
            block.intermediate = takeTransposed(weights, scope + "mlp.c_fc", hidden, config.intermediateSize);
            block.output = takeTransposed(weights, scope + "mlp.c_proj", config.intermediateSize, hidden);
            block.scale = byDepth ? scale / static_cast<double>(i + 1) : scale;
            m_layers.push_back(std::move(block));
        }
        m_lastNorm = weights.layerNorm("ln_f", hidden, config.layerNormEps);
    }

    at::Tensor embedWords(const at::Tensor& ids) const override { return lookUpWords(m_words, ids); }

    at::Tensor embed(const at::Tensor& words, const Forward& run) const override
    {
        return run.drop(words + at::embedding(m_positions, run.batch.positions()));
    }

    at::Tensor layer(std::size_t index, const at::Tensor& state, const Forward& run) const override
    {
        const Gpt2Block& block = m_layers[index];
        const auto parts = block.queryKeyValue(block.attentionNorm(state)).chunk(3, 1);
        const AttentionForm form{m_heads, m_heads, state.size(1) / m_heads, block.scale};
        const at::Tensor mixed = attend(
            parts[0], parts[1], parts[2], form,
            [](const at::Tensor& scores, const AttentionPart&) { return hideFuture(scores); }, run);
        const at::Tensor attended = state + run.drop(block.attentionOutput(mixed));
        const at::Tensor inner = activate(m_activation, block.intermediate(block.innerNorm(attended)));
        const at::Tensor sum = attended + run.drop(block.output(inner));
        return index + 1 == m_layers.size() ? m_lastNorm(sum) : sum;
    }

private:
    std::int64_t m_heads;
    Activation m_activation;
    at::Tensor m_words;
    at::Tensor m_positions;
    std::vector<Gpt2Block> m_layers;
    LayerNorm m_lastNorm;
};

} // namespace

std::unique_ptr<Encoder> makeGpt2(const ModelConfig& config, Weights& weights)
{
    return std::make_unique<Gpt2Encoder>(config, weights);
}

} // namespace palimpsest::model
