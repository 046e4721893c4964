#pragma once
// Torch-facing. Runs a model with its head over sentences, batch by batch; private to this module.
// Thread: called by a job's thread; the callbacks run on threads of the batch runner.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include <torch/torch.h>

#include "base/job_context.h"
#include "base/result.h"
#include "model/model.h"
#include "model/packed_batch.h"
#include "probe/prediction.h"

namespace palimpsest::probe {

/// Pieces per batch: large enough that products run at full rate, small enough to stop soon.
inline constexpr std::size_t kTokenBudget = 1024;

[[nodiscard]] Prediction toPrediction(std::span<const float> logits, bool multiLabel);

/// Unsupported where the model has no head or one of another kind.
[[nodiscard]] base::Status checkHead(const model::Model& model, model::HeadKind wanted);

/// Called as take(indices of the batch's sentences, batch, logits on the host), several at a time.
using TakeLogits = std::function<void(const std::vector<std::uint32_t>&, const model::PackedBatch&,
    const std::vector<std::span<const float>>&)>;

/// Called with hidden_states[layer] of a batch, for each layer from 0; what it returns goes on to the next.
/// Several batches call it at a time.
using StateHook = std::function<at::Tensor(
    std::size_t layer, at::Tensor state, const model::PackedBatch&, const std::vector<std::uint32_t>&)>;

/// Fails as predict() does.
[[nodiscard]] base::Status runHead(const model::Model& model,
    std::span<const model::SentencePieces> sentences, const PredictOptions& options,
    const base::JobContext& ctx, const TakeLogits& take, const StateHook& hook = {});

} // namespace palimpsest::probe
