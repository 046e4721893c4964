#pragma once
// Torch-facing. The block of the BERT family (Devlin et al. 2019; Vaswani et al. 2017): self-attention and a
// two-layer network, each followed by a residual sum and layer normalisation.
// Thread: pure functions of their arguments.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <torch/torch.h>

#include "base/result.h"
#include "model/encoder.h"
#include "model/weights.h"

namespace palimpsest::model {

enum class Activation : std::uint8_t { Gelu, GeluTanh, Relu, Silu, Tanh };

/// Fails with Unsupported; the message lists those that are known. Names are transformers' ("gelu_new", …).
[[nodiscard]] base::Result<Activation> activationFromName(std::string_view name);

/// Applies it to `values`, in place where no gradient is recorded.
[[nodiscard]] at::Tensor activate(Activation activation, at::Tensor values);

/// Rows of a word table. While training, the gradient of the table is sparse: a batch touches a few hundred
/// of its tens of thousands of rows.
[[nodiscard]] inline at::Tensor lookUpWords(const at::Tensor& table, const at::Tensor& ids)
{
    return at::embedding(table, ids, -1, false, table.requires_grad());
}

/// How rows are split into heads, and what their scores are multiplied by.
struct AttentionForm {
    std::int64_t heads = 1;
    std::int64_t keyHeads
        = 1; ///< divides heads; fewer than heads in grouped-query attention (Ainslie et al. 2023)
    std::int64_t headSize = 1;
    double scale = 1.0;
};

/// What attention has at hand for the sentences of one length: [sentences, heads, length, headSize],
/// unscaled.
struct AttentionPart {
    std::int64_t length = 0;
    at::Tensor query;
    at::Tensor key;
};

/// Changes the scaled scores [sentences, heads, length, length] before the softmax; may do so in place where
/// no gradient is recorded.
using AdjustScores = std::function<at::Tensor(at::Tensor scores, const AttentionPart& part)>;

/// softmax(adjust(scale · q kᵀ)) v within each sentence and head. q and the result are
/// [pieces, heads · headSize], k and v [pieces, keyHeads · headSize].
[[nodiscard]] at::Tensor attend(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
    const AttentionForm& form, const AdjustScores& adjust, const Forward& run);

/// attend with q, k and v of one size and the scale 1 / √headSize (Vaswani et al. 2017).
[[nodiscard]] at::Tensor selfAttention(const at::Tensor& query, const at::Tensor& key,
    const at::Tensor& value, std::int64_t heads, const Forward& run, const AdjustScores& adjust = {});

/// Hides from each piece those behind it, and those `window` or more places before it where window > 0.
[[nodiscard]] at::Tensor hideFuture(const at::Tensor& scores, std::int64_t window = 0);

/// The sum of word, token type and position vectors, normalised; types are the segments of pairs.
struct BertEmbeddings {
    at::Tensor words;
    at::Tensor positions;
    at::Tensor types; ///< undefined where the architecture has none
    LayerNorm norm;

    [[nodiscard]] at::Tensor lookUp(const at::Tensor& ids) const { return lookUpWords(words, ids); }

    /// `places` are rows of the position table, one per piece.
    [[nodiscard]] at::Tensor operator()(
        const at::Tensor& wordVectors, const at::Tensor& places, const Forward& run) const;
};

/// Takes word_embeddings, position_embeddings, token_type_embeddings and LayerNorm under "embeddings.".
[[nodiscard]] BertEmbeddings takeBertEmbeddings(Weights& weights, const ModelConfig& config);

/// A dense layer and tanh on the first piece of each sentence; undefined where `layer` is nothing.
[[nodiscard]] at::Tensor poolFirstPieces(
    const std::optional<Linear>& layer, const at::Tensor& lastState, const Forward& run);

struct PostNormBlock {
    Linear query;
    Linear key;
    Linear value;
    Linear attentionOutput;
    LayerNorm attentionNorm;
    Linear intermediate;
    Linear output;
    LayerNorm outputNorm;
    std::int64_t heads = 1;
    Activation activation = Activation::Gelu;

    [[nodiscard]] at::Tensor operator()(
        const at::Tensor& state, const Forward& run, const AdjustScores& adjust = {}) const;
    /// The same from the attention's result on.
    [[nodiscard]] at::Tensor afterAttention(
        const at::Tensor& mixed, const at::Tensor& state, const Forward& run) const;
};

/// config.activation; an unknown one is kept as weights.status().
[[nodiscard]] Activation takeActivation(Weights& weights, const ModelConfig& config);

/// Takes a block with the names of BERT, RoBERTa and ELECTRA under `scope` ("encoder.layer.3.").
[[nodiscard]] PostNormBlock takeBertBlock(
    Weights& weights, const std::string& scope, const ModelConfig& config, Activation activation);

} // namespace palimpsest::model
