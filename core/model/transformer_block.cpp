#include "model/transformer_block.h"

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "model/cpu_block.h"
#include "model/vector_kernels.h"

namespace palimpsest::model {

namespace {

struct NamedActivation {
    std::string_view name;
    Activation activation;
};

// gelu_new, gelu_fast and gelu_pytorch_tanh are three ways to write one formula (Hendrycks & Gimpel 2016).
constexpr std::array kActivations = {
    NamedActivation{"gelu", Activation::Gelu},
    NamedActivation{"gelu_new", Activation::GeluTanh},
    NamedActivation{"gelu_fast", Activation::GeluTanh},
    NamedActivation{"gelu_pytorch_tanh", Activation::GeluTanh},
    NamedActivation{"relu", Activation::Relu},
    NamedActivation{"silu", Activation::Silu},
    NamedActivation{"swish", Activation::Silu},
    NamedActivation{"tanh", Activation::Tanh},
};

bool recordsGradient(const at::Tensor& tensor)
{
    return at::GradMode::is_enabled() && tensor.requires_grad();
}

at::Tensor addTo(at::Tensor sum, const at::Tensor& other)
{
    return recordsGradient(sum) || recordsGradient(other) ? sum + other : sum.add_(other);
}

} // namespace

base::Result<Activation> activationFromName(std::string_view name)
{
    std::string known;
    for (const NamedActivation& entry : kActivations) {
        if (entry.name == name)
            return entry.activation;
        known.append(known.empty() ? "" : ", ").append(entry.name);
    }
    return base::Error{base::ErrorCode::Unsupported,
        "The activation \"" + std::string(name) + "\" of config.json cannot be computed; known are " + known};
}

at::Tensor activate(Activation activation, at::Tensor values)
{
    const bool inPlace = !recordsGradient(values);
    switch (activation) {
    case Activation::Gelu:
        if (takesCpuPath(values)) {
            geluInPlace(values.data_ptr<float>(), nullptr, 1, static_cast<std::size_t>(values.numel()));
            return values;
        }
        return inPlace ? at::gelu_(values) : at::gelu(values);
    case Activation::GeluTanh:
        return inPlace ? at::gelu_(values, "tanh") : at::gelu(values, "tanh");
    case Activation::Relu:
        return inPlace ? at::relu_(values) : at::relu(values);
    case Activation::Silu:
        return inPlace ? at::silu_(values) : at::silu(values);
    case Activation::Tanh:
        return inPlace ? at::tanh_(values) : at::tanh(values);
    }
    return values;
}

at::Tensor attend(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
    const AttentionForm& form, const AdjustScores& adjust, const Forward& run)
{
    std::vector<at::Tensor> mixed;
    mixed.reserve(run.batch.runs.size());
    for (const LengthRun& part : run.batch.runs) {
        const auto split = [&](const at::Tensor& rows, std::int64_t heads) {
            return rows.narrow(0, part.begin, part.sentences * part.length)
                .view({part.sentences, part.length, heads, form.headSize})
                .transpose(1, 2);
        };
        // A head of keys serves several heads of queries that follow each other.
        const auto splitKeys = [&](const at::Tensor& rows) {
            const at::Tensor heads = split(rows, form.keyHeads);
            if (form.keyHeads == form.heads)
                return heads;
            const std::int64_t group = form.heads / form.keyHeads;
            return heads.unsqueeze(2)
                .expand({part.sentences, form.keyHeads, group, part.length, form.headSize})
                .reshape({part.sentences, form.heads, part.length, form.headSize});
        };
        const at::Tensor queries = split(query, form.heads);
        const at::Tensor keys = splitKeys(key);
        at::Tensor scores = at::matmul(queries * form.scale, keys.transpose(2, 3));
        if (adjust)
            scores = adjust(std::move(scores), {part.length, queries, keys});
        const at::Tensor shares = run.drop(at::softmax(scores, -1));
        mixed.push_back(at::matmul(shares, splitKeys(value))
                            .transpose(1, 2)
                            .reshape({part.sentences * part.length, form.heads * form.headSize}));
    }
    return mixed.size() == 1 ? mixed.front() : at::cat(mixed, 0);
}

at::Tensor selfAttention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
    std::int64_t heads, const Forward& run, const AdjustScores& adjust)
{
    const std::int64_t size = query.size(1) / heads;
    return attend(
        query, key, value, {heads, heads, size, 1.0 / std::sqrt(static_cast<double>(size))}, adjust, run);
}

at::Tensor hideFuture(const at::Tensor& scores, std::int64_t window)
{
    const std::int64_t length = scores.size(-1);
    at::Tensor hidden
        = at::ones({length, length}, at::TensorOptions(scores.device()).dtype(at::kBool)).triu_(1);
    if (window > 0 && window < length)
        hidden = hidden.logical_or(at::ones_like(hidden).tril_(-window));
    constexpr double kNever = -std::numeric_limits<double>::infinity();
    return recordsGradient(scores) ? scores.masked_fill(hidden, kNever)
                                   : at::Tensor(scores).masked_fill_(hidden, kNever);
}

at::Tensor BertEmbeddings::operator()(
    const at::Tensor& wordVectors, const at::Tensor& places, const Forward& run) const
{
    at::Tensor sum = types.defined() ? wordVectors + run.batch.typeVectors(types) : wordVectors;
    sum = sum + at::embedding(positions, places);
    return run.drop(norm(sum));
}

BertEmbeddings takeBertEmbeddings(Weights& weights, const ModelConfig& config)
{
    const std::size_t size = config.embeddingSize;
    BertEmbeddings embeddings;
    embeddings.words = weights.tensor("embeddings.word_embeddings.weight", {config.vocabularySize, size});
    embeddings.positions
        = weights.tensor("embeddings.position_embeddings.weight", {config.maxPositions, size});
    if (config.typeVocabularySize > 0) {
        embeddings.types
            = weights.tensor("embeddings.token_type_embeddings.weight", {config.typeVocabularySize, size});
    }
    embeddings.norm = weights.layerNorm("embeddings.LayerNorm", size, config.layerNormEps);
    return embeddings;
}

at::Tensor poolFirstPieces(
    const std::optional<Linear>& layer, const at::Tensor& lastState, const Forward& run)
{
    if (!layer)
        return {};
    return at::tanh((*layer)(lastState.index_select(0, run.batch.firstPieces())));
}

Activation takeActivation(Weights& weights, const ModelConfig& config)
{
    const auto activation = activationFromName(config.activation);
    if (!activation)
        weights.fail(activation.error());
    return activation ? activation.value() : Activation::Gelu;
}

at::Tensor PostNormBlock::operator()(
    const at::Tensor& state, const Forward& run, const AdjustScores& adjust) const
{
    if (!adjust && takesCpuBlock(*this, state, run))
        return cpuBlock(*this, state, run);
    const at::Tensor mixed = selfAttention(query(state), key(state), value(state), heads, run, adjust);
    return afterAttention(mixed, state, run);
}

at::Tensor PostNormBlock::afterAttention(
    const at::Tensor& mixed, const at::Tensor& state, const Forward& run) const
{
    if (takesCpuPath(mixed) && takesCpuBlock(*this, state, run))
        return cpuAfterAttention(*this, mixed, state, run);
    const at::Tensor attended = attentionNorm(addTo(run.drop(attentionOutput(mixed)), state));
    const at::Tensor inner = activate(activation, intermediate(attended));
    return outputNorm(addTo(run.drop(output(inner)), attended));
}

PostNormBlock takeBertBlock(
    Weights& weights, const std::string& scope, const ModelConfig& config, Activation activation)
{
    const std::size_t hidden = config.hiddenSize;
    const double eps = config.layerNormEps;
    PostNormBlock block;
    block.query = weights.linear(scope + "attention.self.query", hidden, hidden);
    block.key = weights.linear(scope + "attention.self.key", hidden, hidden);
    block.value = weights.linear(scope + "attention.self.value", hidden, hidden);
    block.attentionOutput = weights.linear(scope + "attention.output.dense", hidden, hidden);
    block.attentionNorm = weights.layerNorm(scope + "attention.output.LayerNorm", hidden, eps);
    block.intermediate = weights.linear(scope + "intermediate.dense", hidden, config.intermediateSize);
    block.output = weights.linear(scope + "output.dense", config.intermediateSize, hidden);
    block.outputNorm = weights.layerNorm(scope + "output.LayerNorm", hidden, eps);
    block.heads = static_cast<std::int64_t>(config.headCount);
    block.activation = activation;
    return block;
}

} // namespace palimpsest::model
