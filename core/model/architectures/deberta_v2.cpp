#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/config_keys.h"
#include "model/transformer_block.h"

namespace palimpsest::model {

std::unique_ptr<Encoder> makeDebertaV2(const ModelConfig& config, Weights& weights);

namespace {

/// What config.json says beyond the common names.
struct Form {
    std::size_t headSize = 1;
    bool contentToPosition = false; ///< "c2p"
    bool positionToContent = false; ///< "p2c"
    bool sharedKeys = false; ///< positions use the projections of the content
    bool relative = false;
    std::int64_t buckets = -1; ///< none below 1
    std::int64_t farthest = 1; ///< distances from it on are one
    bool normalisedPositions = false;
    bool positionsInInput = true;
    std::size_t convolutionWidth = 0; ///< 0: no convolution
    std::size_t convolutionGroups = 1;
    std::string convolutionActivation;

    /// Rows of the table of relative positions are -span to span - 1.
    [[nodiscard]] std::int64_t span() const { return buckets > 0 ? buckets : farthest; }
};

Form readForm(const ModelConfig& config, ConfigKeys& keys)
{
    Form form;
    form.headSize = keys.size({"attention_head_size"}, 1, kLargestSize, config.hiddenSize / config.headCount);
    if (form.headSize > kLargestSize / config.headCount)
        keys.refuse("gives heads of a too large size");
    const std::vector<std::string> kinds = keys.texts("pos_att_type");
    form.contentToPosition = std::count(kinds.begin(), kinds.end(), "c2p") > 0;
    form.positionToContent = std::count(kinds.begin(), kinds.end(), "p2c") > 0;
    form.sharedKeys = keys.flag("share_att_key", false);
    form.relative = keys.flag("relative_attention", false);
    form.buckets = keys.integer("position_buckets", -1);
    form.farthest = keys.integer("max_relative_positions", -1);
    if (form.farthest < 1)
        form.farthest = static_cast<std::int64_t>(config.maxPositions);
    if (form.span() > static_cast<std::int64_t>(kLargestSize))
        keys.refuse("gives too many relative positions");
    form.normalisedPositions = keys.text({"norm_rel_ebd"}, "none").find("layer_norm") != std::string::npos;
    form.positionsInInput = keys.flag("position_biased_input", true);
    form.convolutionWidth = keys.size({"conv_kernel_size"}, 0, 1024, std::size_t{0});
    form.convolutionGroups = keys.size({"conv_groups"}, 1, config.hiddenSize, std::size_t{1});
    form.convolutionActivation = keys.text({"conv_act"}, "tanh");
    if (config.hiddenSize % form.convolutionGroups != 0)
        keys.refuse("gives a \"hidden_size\" that \"conv_groups\" does not divide");
    if (form.convolutionWidth > 0 && form.convolutionWidth % 2 == 0)
        keys.refuse("gives an even \"conv_kernel_size\"");
    return form;
}

/// Rows of the position table for the distances from query to key, int64 [length, length]: distances up to
/// half of the buckets are told apart, farther ones logarithmically (make_log_bucket_position of
/// transformers, by the same float32 operations).
at::Tensor positionRows(std::int64_t length, const Form& form, at::Device device)
{
    const auto places = at::arange(length, at::TensorOptions(device).dtype(at::kLong));
    at::Tensor distance = places.unsqueeze(1) - places.unsqueeze(0);
    const std::int64_t middle = form.buckets / 2;
    if (form.buckets > 1 && form.farthest > 1) {
        const at::Tensor size = distance.abs().clamp_min(middle);
        const auto whole
            = static_cast<float>(static_cast<double>(form.farthest - 1) / static_cast<double>(middle));
        const at::Tensor spread = at::log(size.to(at::kFloat) / static_cast<double>(middle))
            / at::log(at::full({}, whole, at::TensorOptions(device).dtype(at::kFloat)))
            * static_cast<double>(middle - 1);
        const at::Tensor far = (at::ceil(spread).to(at::kLong) + middle) * distance.sign();
        distance = at::where(distance.abs().le(middle), distance, far);
    }
    return (distance + form.span()).clamp(0, 2 * form.span() - 1);
}

struct Block {
    PostNormBlock common;
    std::optional<Linear> positionKey;
    std::optional<Linear> positionQuery;
    // For inference: the projected position table, [heads, headSize, 2 · span].
    at::Tensor positionKeys;
    at::Tensor positionQueries;
};

struct Convolution {
    at::Tensor weight;
    at::Tensor bias;
    LayerNorm norm;
    std::int64_t groups = 1;
    Activation activation = Activation::Tanh;

    [[nodiscard]] at::Tensor operator()(
        const at::Tensor& input, const at::Tensor& residual, const Forward& run) const
    {
        std::vector<at::Tensor> parts;
        for (const LengthRun& part : run.batch.runs) {
            const at::Tensor rows = input.narrow(0, part.begin, part.sentences * part.length)
                                        .view({part.sentences, part.length, input.size(1)});
            parts.push_back(
                at::conv1d(rows.transpose(1, 2), weight, bias, 1, (weight.size(2) - 1) / 2, 1, groups)
                    .transpose(1, 2)
                    .reshape({part.sentences * part.length, input.size(1)}));
        }
        return norm(residual + activate(activation, run.drop(at::cat(parts, 0))));
    }
};

/// DebertaV2Model of transformers, DeBERTa v2 and v3 (He et al. 2021, 2023): attention with content and
/// relative positions apart, and in v2-xlarge a convolution beside the first layer.
class DebertaV2Encoder final : public Encoder {
public:
    DebertaV2Encoder(const ModelConfig& config, Weights& weights)
    {
        ConfigKeys keys = rareKeys(config);
        m_form = readForm(config, keys);
        if (keys.error())
            weights.fail(*keys.error());
        m_attention = {static_cast<std::int64_t>(config.headCount),
            static_cast<std::int64_t>(config.headCount), static_cast<std::int64_t>(m_form.headSize), 0.0};
        const int kinds = 1 + (m_form.contentToPosition ? 1 : 0) + (m_form.positionToContent ? 1 : 0);
        m_attention.scale = 1.0 / std::sqrt(static_cast<double>(m_form.headSize) * kinds);
        takeEmbeddings(config, weights);
        const Activation activation = takeActivation(weights, config);
        for (std::size_t i = 0; i < config.layerCount && !weights.failed(); ++i) {
            const std::string scope = "encoder.layer." + std::to_string(i) + ".";
            m_layers.push_back(takeBlock(config, weights, scope, activation));
        }
        if (m_form.convolutionWidth > 0)
            takeConvolution(config, weights);
        if (!weights.failed() && !weights.options().trainable)
            projectPositions();
    }

    at::Tensor embedWords(const at::Tensor& ids) const override { return lookUpWords(m_words, ids); }

    at::Tensor embed(const at::Tensor& words, const Forward& run) const override
    {
        at::Tensor sum = words;
        if (m_positions.defined())
            sum = sum + at::embedding(m_positions, run.batch.positions());
        if (m_types.defined())
            sum = sum + run.batch.typeVectors(m_types);
        if (m_projection)
            sum = (*m_projection)(sum);
        return run.drop(m_norm(sum));
    }

    at::Tensor layer(std::size_t index, const at::Tensor& state, const Forward& run) const override
    {
        const Block& block = m_layers[index];
        const PostNormBlock& common = block.common;
        AdjustScores adjust;
        if (m_form.relative)
            adjust = relativeScores(block, run);
        const at::Tensor mixed
            = attend(common.query(state), common.key(state), common.value(state), m_attention, adjust, run);
        if (index > 0 || !m_convolution)
            return common.afterAttention(mixed, state, run);
        return (*m_convolution)(state, common.afterAttention(mixed, state, run.whole()), run);
    }

private:
    void takeEmbeddings(const ModelConfig& config, Weights& weights)
    {
        const std::size_t size = config.embeddingSize;
        m_words = weights.tensor("embeddings.word_embeddings.weight", {config.vocabularySize, size});
        if (m_form.positionsInInput)
            m_positions
                = weights.tensor("embeddings.position_embeddings.weight", {config.maxPositions, size});
        if (config.typeVocabularySize > 0) {
            m_types = weights.tensor(
                "embeddings.token_type_embeddings.weight", {config.typeVocabularySize, size});
        }
        if (size != config.hiddenSize)
            m_projection = weights.linear("embeddings.embed_proj", size, config.hiddenSize, false);
        m_norm = weights.layerNorm("embeddings.LayerNorm", config.hiddenSize, config.layerNormEps);
        if (!m_form.relative)
            return;
        const auto rows = static_cast<std::size_t>(2 * m_form.span());
        m_relativePositions = weights.tensor("encoder.rel_embeddings.weight", {rows, config.hiddenSize});
        if (m_form.normalisedPositions)
            m_relativeNorm = weights.layerNorm("encoder.LayerNorm", config.hiddenSize, config.layerNormEps);
    }

    Block takeBlock(
        const ModelConfig& config, Weights& weights, const std::string& scope, Activation activation) const
    {
        const std::size_t hidden = config.hiddenSize;
        const std::size_t width = config.headCount * m_form.headSize;
        const std::string self = scope + "attention.self.";
        Block block;
        PostNormBlock& common = block.common;
        common.query = weights.linear(self + "query_proj", hidden, width);
        common.key = weights.linear(self + "key_proj", hidden, width);
        common.value = weights.linear(self + "value_proj", hidden, width);
        if (m_form.relative && m_form.contentToPosition) {
            block.positionKey
                = m_form.sharedKeys ? common.key : weights.linear(self + "pos_key_proj", hidden, width);
        }
        if (m_form.relative && m_form.positionToContent) {
            block.positionQuery
                = m_form.sharedKeys ? common.query : weights.linear(self + "pos_query_proj", hidden, width);
        }
        common.attentionOutput = weights.linear(scope + "attention.output.dense", width, hidden);
        common.attentionNorm
            = weights.layerNorm(scope + "attention.output.LayerNorm", hidden, config.layerNormEps);
        common.intermediate = weights.linear(scope + "intermediate.dense", hidden, config.intermediateSize);
        common.output = weights.linear(scope + "output.dense", config.intermediateSize, hidden);
        common.outputNorm = weights.layerNorm(scope + "output.LayerNorm", hidden, config.layerNormEps);
        common.activation = activation;
        return block;
    }

    void takeConvolution(const ModelConfig& config, Weights& weights)
    {
        const std::size_t hidden = config.hiddenSize;
        const auto activation = activationFromName(m_form.convolutionActivation);
        if (!activation)
            weights.fail(activation.error());
        Convolution convolution;
        convolution.weight = weights.tensor(
            "encoder.conv.conv.weight", {hidden, hidden / m_form.convolutionGroups, m_form.convolutionWidth});
        convolution.bias = weights.tensor("encoder.conv.conv.bias", {hidden});
        convolution.norm = weights.layerNorm("encoder.conv.LayerNorm", hidden, config.layerNormEps);
        convolution.groups = static_cast<std::int64_t>(m_form.convolutionGroups);
        convolution.activation = activation ? activation.value() : Activation::Tanh;
        m_convolution = std::move(convolution);
    }

    /// The position table through a layer, [heads, headSize, 2 · span].
    [[nodiscard]] at::Tensor projected(const Linear& layer, const Forward* run) const
    {
        at::Tensor table = m_relativeNorm ? (*m_relativeNorm)(m_relativePositions) : m_relativePositions;
        if (run != nullptr)
            table = run->drop(table);
        return layer(table).view({table.size(0), m_attention.heads, m_attention.headSize}).permute({1, 2, 0});
    }

    /// What every batch would compute anew. Not while training, where weights change.
    void projectPositions()
    {
        const at::NoGradGuard noGradients;
        for (Block& block : m_layers) {
            if (block.positionKey)
                block.positionKeys = projected(*block.positionKey, nullptr).contiguous();
            if (block.positionQuery)
                block.positionQueries = projected(*block.positionQuery, nullptr).contiguous();
        }
    }

    /// Adds the scores between content and relative positions, scaled as those between contents are.
    [[nodiscard]] AdjustScores relativeScores(const Block& block, const Forward& run) const
    {
        at::Tensor keys = block.positionKeys;
        at::Tensor queries = block.positionQueries;
        if (!keys.defined() && block.positionKey)
            keys = projected(*block.positionKey, &run);
        if (!queries.defined() && block.positionQuery)
            queries = projected(*block.positionQuery, &run);
        return [this, keys, queries](at::Tensor scores, const AttentionPart& part) {
            const at::Tensor rows = positionRows(part.length, m_form, part.query.device());
            // Only rows that occur are multiplied; rows grow with the distance.
            const std::int64_t first = rows[0][part.length - 1].item<std::int64_t>();
            const std::int64_t count = rows[part.length - 1][0].item<std::int64_t>() - first + 1;
            const auto pick = [&](const at::Tensor& from, const at::Tensor& table, const at::Tensor& which) {
                const at::Tensor products
                    = at::matmul(from * m_attention.scale, table.narrow(2, first, count));
                return at::gather(products, -1, (which - first).expand(scores.sizes()));
            };
            if (keys.defined())
                scores = scores + pick(part.query, keys, rows);
            // Seen from the key the distance is the other way round, hence the transposed rows.
            if (queries.defined())
                scores = scores + pick(part.key, queries, rows.t()).transpose(2, 3);
            return scores;
        };
    }

    Form m_form;
    AttentionForm m_attention;
    at::Tensor m_words;
    at::Tensor m_positions; ///< undefined where only attention knows positions
    at::Tensor m_types; ///< undefined where there are none
    std::optional<Linear> m_projection;
    LayerNorm m_norm;
    at::Tensor m_relativePositions;
    std::optional<LayerNorm> m_relativeNorm;
    std::vector<Block> m_layers;
    std::optional<Convolution> m_convolution;
};

} // namespace

std::unique_ptr<Encoder> makeDebertaV2(const ModelConfig& config, Weights& weights)
{
    return std::make_unique<DebertaV2Encoder>(config, weights);
}

} // namespace palimpsest::model
