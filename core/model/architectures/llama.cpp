#include <cmath>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "model/config_keys.h"
#include "model/transformer_block.h"

namespace palimpsest::model {

std::unique_ptr<Encoder> makeLlama(const ModelConfig& config, Weights& weights);

namespace {

/// Division by the root mean square (Zhang & Sennrich 2019), in float32 whatever the states are.
struct RmsNorm {
    at::Tensor weight;
    double eps = 1e-6;

    [[nodiscard]] at::Tensor operator()(const at::Tensor& rows) const
    {
        const at::Tensor wide = rows.to(at::kFloat);
        const at::Tensor scaled = wide * at::rsqrt(wide.square().mean(-1, true) + eps);
        return weight * scaled.to(rows.scalar_type());
    }
};

struct LlamaBlock {
    RmsNorm attentionNorm;
    Linear query;
    Linear key;
    Linear value;
    Linear attentionOutput;
    RmsNorm innerNorm;
    Linear gate;
    Linear up;
    Linear down;
    std::int64_t window = 0; ///< 0: a piece sees all pieces before it
};

/// What the three families call differently.
struct LlamaForm {
    std::size_t keyHeads = 1;
    std::size_t headSize = 1;
    bool inputBias = false; ///< of query, key and value
    bool outputBias = false;
    bool innerBias = false;
    std::vector<std::int64_t> windows; ///< by layer
};

/// Sliding windows: all layers of Mistral; in Qwen2 those from max_window_layers on, if they are in use at
/// all. A list "layer_types", which newer files have, goes before both.
std::vector<std::int64_t> readWindows(const ModelConfig& config, ConfigKeys& keys)
{
    constexpr std::size_t kUsualWindow = 4096;
    const bool isMistral = config.modelType == "mistral";
    const bool used = isMistral || (config.modelType == "qwen2" && keys.flag("use_sliding_window", false));
    // Mistral says null where it has no window; a file that does not mention it means the usual one.
    const std::size_t usual = keys.mentions("sliding_window") ? 0 : kUsualWindow;
    const auto window = static_cast<std::int64_t>(keys.size({"sliding_window"}, 0, kLargestSize, usual));
    const std::size_t first
        = isMistral ? 0 : keys.size({"max_window_layers"}, 0, kMostLayers, std::size_t{28});
    const std::vector<std::string> types = keys.texts("layer_types");
    std::vector<std::int64_t> windows(config.layerCount, 0);
    for (std::size_t i = 0; used && i < windows.size(); ++i) {
        const bool slides = i < types.size() ? types[i] == "sliding_attention" : i >= first;
        windows[i] = slides ? window : 0;
    }
    return windows;
}

LlamaForm readLlamaForm(const ModelConfig& config, ConfigKeys& keys)
{
    LlamaForm form;
    form.keyHeads = keys.size({"num_key_value_heads"}, 1, config.headCount, config.headCount);
    if (config.headCount % form.keyHeads != 0)
        keys.refuse("gives a \"num_attention_heads\" that \"num_key_value_heads\" does not divide");
    form.headSize = keys.size({"head_dim"}, 1, kLargestSize, config.hiddenSize / config.headCount);
    if (form.headSize % 2 != 0 || form.headSize > kLargestSize / config.headCount)
        keys.refuse("gives heads of an odd or too large size");
    form.inputBias = config.modelType == "qwen2" || keys.flag("attention_bias", false);
    form.outputBias = config.modelType != "qwen2" && keys.flag("attention_bias", false);
    form.innerBias = keys.flag("mlp_bias", false);
    form.windows = readWindows(config, keys);
    return form;
}

/// Wavelengths above the original context are stretched by `factor`, short ones are kept, those between are
/// blended (Grattafiori et al. 2024, as in transformers' "llama3").
at::Tensor stretchLlama3(const at::Tensor& frequencies, double factor, ConfigKeys& scaling)
{
    const double low = scaling.number({"low_freq_factor"}, 1.0);
    const double high = scaling.number({"high_freq_factor"}, 4.0);
    const auto context = static_cast<double>(
        scaling.size({"original_max_position_embeddings"}, 1, kLargestSize, std::size_t{8192}));
    if (!(high > low) || low <= 0.0) {
        scaling.refuse("gives a \"high_freq_factor\" that is not above \"low_freq_factor\"");
        return frequencies;
    }
    const at::Tensor wavelength = 2.0 * std::numbers::pi / frequencies;
    const at::Tensor blend = (context / wavelength - low) / (high - low);
    const at::Tensor between = (1.0 - blend) * frequencies / factor + blend * frequencies;
    const at::Tensor stretched = at::where(wavelength.gt(context / low), frequencies / factor, frequencies);
    const at::Tensor isBetween = wavelength.ge(context / high).logical_and(wavelength.le(context / low));
    return at::where(isBetween, between, stretched);
}

/// Angles of rotary positions (Su et al. 2021) per place, float32 [headSize / 2], computed by the operations
/// that transformers uses: an angle is a place times a frequency, so a rounding error would grow with the
/// place.
at::Tensor readFrequencies(ConfigKeys& keys, std::size_t headSize)
{
    // Files of transformers 5 have all of it in "rope_parameters".
    ConfigKeys scaling = keys.inner({"rope_parameters", "rope_scaling"});
    const double theta = scaling.number({"rope_theta"}, keys.number({"rope_theta"}, 10000.0));
    const std::string type = scaling.text({"rope_type", "type"}, "default");
    const double factor = scaling.number({"factor"}, 1.0);
    const auto even = at::arange(0, static_cast<std::int64_t>(headSize), 2, at::TensorOptions(at::kFloat));
    at::Tensor frequencies = 1.0 / at::pow(theta, even / static_cast<double>(headSize));
    if (factor <= 0.0 || theta <= 0.0)
        scaling.refuse("gives a \"factor\" or \"rope_theta\" of 0");
    else if (type == "linear")
        frequencies = frequencies / factor;
    else if (type == "llama3")
        frequencies = stretchLlama3(frequencies, factor, scaling);
    else if (type != "default")
        scaling.refuse("scales its rotary positions by \"" + type
            + "\"; only default, linear and llama3 can be computed");
    if (scaling.error())
        keys.refuse(scaling.error()->message);
    return frequencies;
}

/// LlamaModel, Qwen2Model and MistralModel of transformers (Touvron et al. 2023; Qwen Team 2024; Jiang et al.
/// 2023): norms in front of attention and network, rotary positions, a gated network, one more norm at the
/// end.
class LlamaEncoder final : public Encoder {
public:
    LlamaEncoder(const ModelConfig& config, Weights& weights)
        : m_activation(takeActivation(weights, config))
    {
        ConfigKeys keys = rareKeys(config);
        const LlamaForm form = readLlamaForm(config, keys);
        m_frequencies = readFrequencies(keys, form.headSize).to(weights.options().device);
        if (keys.error())
            weights.fail(*keys.error());
        m_form = {static_cast<std::int64_t>(config.headCount), static_cast<std::int64_t>(form.keyHeads),
            static_cast<std::int64_t>(form.headSize), 1.0 / std::sqrt(static_cast<double>(form.headSize))};
        m_words = weights.tensor("embed_tokens.weight", {config.vocabularySize, config.hiddenSize});
        for (std::size_t i = 0; i < config.layerCount && !weights.failed(); ++i)
            m_layers.push_back(takeBlock(weights, "layers." + std::to_string(i) + ".", config, form, i));
        m_lastNorm = takeNorm(weights, "norm", config);
    }

    at::Tensor embedWords(const at::Tensor& ids) const override { return lookUpWords(m_words, ids); }

    at::Tensor embed(const at::Tensor& words, const Forward& run) const override { return run.drop(words); }

    at::Tensor layer(std::size_t index, const at::Tensor& state, const Forward& run) const override
    {
        const LlamaBlock& block = m_layers[index];
        const at::Tensor input = block.attentionNorm(state);
        const at::Tensor angles = run.batch.positions().to(at::kFloat).unsqueeze(1) * m_frequencies;
        const at::Tensor query = rotated(block.query(input), m_form.heads, angles);
        const at::Tensor key = rotated(block.key(input), m_form.keyHeads, angles);
        const at::Tensor mixed = attend(
            query, key, block.value(input), m_form,
            [&](const at::Tensor& scores, const AttentionPart&) { return hideFuture(scores, block.window); },
            run);
        const at::Tensor attended = state + run.drop(block.attentionOutput(mixed));
        const at::Tensor inner = block.innerNorm(attended);
        const at::Tensor gated = activate(m_activation, block.gate(inner)) * block.up(inner);
        const at::Tensor sum = attended + run.drop(block.down(gated));
        return index + 1 == m_layers.size() ? m_lastNorm(sum) : sum;
    }

private:
    static RmsNorm takeNorm(Weights& weights, const std::string& name, const ModelConfig& config)
    {
        return {weights.tensor(name + ".weight", {config.hiddenSize}), config.layerNormEps};
    }

    static LlamaBlock takeBlock(Weights& weights, const std::string& scope, const ModelConfig& config,
        const LlamaForm& form, std::size_t index)
    {
        const std::size_t hidden = config.hiddenSize;
        const std::size_t inner = config.intermediateSize;
        const std::size_t queries = config.headCount * form.headSize;
        const std::size_t keys = form.keyHeads * form.headSize;
        LlamaBlock block;
        block.attentionNorm = takeNorm(weights, scope + "input_layernorm", config);
        block.query = weights.linear(scope + "self_attn.q_proj", hidden, queries, form.inputBias);
        block.key = weights.linear(scope + "self_attn.k_proj", hidden, keys, form.inputBias);
        block.value = weights.linear(scope + "self_attn.v_proj", hidden, keys, form.inputBias);
        block.attentionOutput = weights.linear(scope + "self_attn.o_proj", queries, hidden, form.outputBias);
        block.innerNorm = takeNorm(weights, scope + "post_attention_layernorm", config);
        block.gate = weights.linear(scope + "mlp.gate_proj", hidden, inner, form.innerBias);
        block.up = weights.linear(scope + "mlp.up_proj", hidden, inner, form.innerBias);
        block.down = weights.linear(scope + "mlp.down_proj", inner, hidden, form.innerBias);
        block.window = form.windows[index];
        return block;
    }

    /// Turns column c of each head together with column c + headSize / 2 by the angle of the piece.
    [[nodiscard]] at::Tensor rotated(
        const at::Tensor& rows, std::int64_t heads, const at::Tensor& angles) const
    {
        const auto parts = rows.view({rows.size(0), heads, m_form.headSize}).chunk(2, -1);
        const at::Tensor cosine = angles.cos().to(rows.scalar_type()).unsqueeze(1);
        const at::Tensor sine = angles.sin().to(rows.scalar_type()).unsqueeze(1);
        return at::cat({parts[0] * cosine - parts[1] * sine, parts[1] * cosine + parts[0] * sine}, -1)
            .view({rows.size(0), heads * m_form.headSize});
    }

    Activation m_activation;
    AttentionForm m_form;
    at::Tensor m_frequencies; ///< float32 [headSize / 2]
    at::Tensor m_words;
    std::vector<LlamaBlock> m_layers;
    RmsNorm m_lastNorm;
};

} // namespace

std::unique_ptr<Encoder> makeLlama(const ModelConfig& config, Weights& weights)
{
    return std::make_unique<LlamaEncoder>(config, weights);
}

} // namespace palimpsest::model
