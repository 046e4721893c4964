#pragma once
// Torch-facing. The block of the BERT family (Devlin et al. 2019; Vaswani et al. 2017): self-attention and a
// two-layer network, each followed by a residual sum and layer normalisation.
// Thread: pure functions of their arguments.

#include <cstdint>
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

/// softmax(q kᵀ / √d) v within each sentence and head; q, k, v and the result are [pieces, hidden].
[[nodiscard]] at::Tensor selfAttention(const at::Tensor& query, const at::Tensor& key,
    const at::Tensor& value, std::int64_t heads, const Forward& run);

/// The sum of word, token type and position vectors, normalised. Every sentence is a first segment: type 0.
struct BertEmbeddings {
    at::Tensor words;
    at::Tensor positions;
    at::Tensor types; ///< undefined where the architecture has none
    LayerNorm norm;

    /// Rows of the word table. While training, the gradient of the table is sparse: a batch touches a few
    /// hundred of its tens of thousands of rows.
    [[nodiscard]] at::Tensor lookUp(const at::Tensor& ids) const
    {
        return at::embedding(words, ids, -1, false, words.requires_grad());
    }

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

    [[nodiscard]] at::Tensor operator()(const at::Tensor& state, const Forward& run) const;
};

/// config.activation; an unknown one is kept as weights.status().
[[nodiscard]] Activation takeActivation(Weights& weights, const ModelConfig& config);

/// Takes a block with the names of BERT, RoBERTa and ELECTRA under `scope` ("encoder.layer.3.").
[[nodiscard]] PostNormBlock takeBertBlock(
    Weights& weights, const std::string& scope, const ModelConfig& config, Activation activation);

} // namespace palimpsest::model
