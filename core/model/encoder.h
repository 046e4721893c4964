#pragma once
// Torch-facing. What every architecture offers to extraction, prediction and training.
// Thread: immutable after construction; gradients belong to the caller's graph.

#include <cstddef>
#include <cstdint>
#include <span>

#include <torch/torch.h>

#include "model/packed_batch.h"

namespace palimpsest::model {

/// Inverted dropout from a stream of its own, so that a seed means the same with every LibTorch.
class Dropout {
public:
    Dropout(double probability, std::uint64_t seed)
        : m_probability(probability)
        , m_seed(seed)
    {
    }
    /// Zeroes each value with the probability and scales the others; each call uses the next random numbers.
    [[nodiscard]] at::Tensor operator()(const at::Tensor& values);

private:
    double m_probability;
    std::uint64_t m_seed;
    std::uint64_t m_used = 0;
};

/// One run of a batch. Without dropout it is an evaluation.
struct Forward {
    const PackedBatch& batch;
    Dropout* dropout = nullptr;
    /// Where not empty: the pieces, ascending, whose rows of the result will be read. An encoder may leave
    /// the others unset.
    std::span<const std::int64_t> needed = {};

    /// The same with all rows: for what is not yet the result.
    [[nodiscard]] Forward whole() const { return {batch, dropout, {}}; }

    [[nodiscard]] at::Tensor drop(const at::Tensor& values) const
    {
        return dropout == nullptr ? values : (*dropout)(values);
    }
};

/// All rows are pieces of the packed batch, in its order. Values have the type of the weights (float32 unless
/// a model was opened with another precision) and are on the batch's device.
class Encoder {
public:
    Encoder() = default;
    virtual ~Encoder() = default;
    Encoder(const Encoder&) = delete;
    Encoder& operator=(const Encoder&) = delete;

    /// The word table's rows for int64 ids [n]: [n, embeddingSize].
    [[nodiscard]] virtual at::Tensor embedWords(const at::Tensor& ids) const = 0;

    /// hidden_states[0] from word vectors [pieces, embeddingSize].
    [[nodiscard]] virtual at::Tensor embed(const at::Tensor& words, const Forward& run) const = 0;

    /// hidden_states[index + 1] from hidden_states[index]; 0 <= index < layerCount.
    [[nodiscard]] virtual at::Tensor layer(
        std::size_t index, const at::Tensor& state, const Forward& run) const = 0;

    /// The pooler's output [sentences, hidden] from the last state; undefined where there is no pooler.
    [[nodiscard]] virtual at::Tensor pooled(const at::Tensor& lastState, const Forward& run) const;
};

/// Last hidden state from the batch's ids.
[[nodiscard]] at::Tensor runEncoder(const Encoder& encoder, std::size_t layerCount, const Forward& run);

} // namespace palimpsest::model
