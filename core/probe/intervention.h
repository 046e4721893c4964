#pragma once
// Predictions of a model whose hidden states are changed at one layer.
// Thread: reentrant; call from a job's thread, one at a time, since a run uses all cores by itself.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "probe/prediction.h"

namespace palimpsest::probe {

/// Added to each chosen piece's state h of hidden_states[layer]: `writes`, or where `reads` is not empty
/// ((h - centre) · reads) `writes`. So a unit vector u as `reads` and -u as `writes` removes its direction.
struct Intervention {
    std::size_t layer = 0;
    std::vector<float> reads;
    std::vector<float> centre; ///< as long as `reads`
    std::vector<float> writes; ///< hiddenSize values
};

/// States after the intervention, for each layer from its own on: state of piece p of sentence members[i] is
/// states[(starts[i] + p) * hidden ...]. Several batches call it at a time.
using StateObserver = std::function<void(std::size_t layer, std::span<const std::uint32_t> members,
    std::span<const std::int64_t> starts, std::span<const float> states, std::size_t hidden)>;

/// `pieces` has one flag per piece of each sentence, or is empty: all pieces are changed. Fails as predict()
/// does, and with InvalidArgument (a layer the model does not have) or ShapeMismatch (vectors or flags of
/// another size).
[[nodiscard]] base::Result<std::vector<Prediction>> predictWith(const model::Model& model,
    std::span<const model::SentencePieces> sentences, const Intervention& intervention,
    std::span<const std::vector<std::uint8_t>> pieces, const StateObserver& observe,
    const base::JobContext& ctx);

} // namespace palimpsest::probe
