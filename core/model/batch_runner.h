#pragma once
// Runs the batches of an evaluation side by side, one on each processor.
// Thread: called by a job's thread, which waits; the callbacks run on threads of the runner.

#include <cstddef>
#include <functional>

#include "base/job_context.h"
#include "base/result.h"
#include "model/model.h"

namespace palimpsest::model {

struct BatchCalls {
    /// Runs batch `index`, without gradients unless `gradients` asks for them, on one thread with one
    /// LibTorch thread; several at a time, so it writes only what belongs to its batch. Exceptions of
    /// LibTorch become Errors.
    std::function<base::Status(std::size_t index)> run;
    /// After each batch that ran, one call at a time: the place for progress. Not called after a failure or a
    /// stop request.
    std::function<void(std::size_t index)> finished;
    /// Operations on tensors that require gradients are recorded; each batch calls backward by itself.
    bool gradients = false;
};

/// Runs batches 0..count-1, started in this order, on at most `workers` threads (0: one per processor), so
/// that memory is bounded by that many batches. On a CUDA device they run one after the other on the calling
/// thread. A batch gives the same bytes whatever the number of workers.
/// Fails with the error of the lowest batch that fails; or with Cancelled, TooLarge or Internal.
[[nodiscard]] base::Status runBatches(const Model& model, std::size_t count, std::size_t workers,
    const base::JobContext& ctx, const BatchCalls& calls);

} // namespace palimpsest::model
