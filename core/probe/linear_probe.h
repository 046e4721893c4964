#pragma once
// What a linear classifier can read from a layer, beside a control task (Hewitt and Liang 2019).
// Thread: reentrant; call from a job's thread.

#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.h"
#include "base/interval.h"
#include "base/job_context.h"
#include "base/matrix_view.h"
#include "base/result.h"

namespace palimpsest::probe {

struct LinearProbeOptions {
    double trainingShare = 0.8; ///< of the sentences, in (0, 1)
    double penalty = 1e-4; ///< L2, on weights of standardised columns, per training row
    std::size_t iterations = 100; ///< of L-BFGS at most
    std::uint64_t seed = 1; ///< of the split and of the control task
};

struct LinearProbe {
    std::size_t trainingRows = 0;
    std::size_t testRows = 0;
    double accuracy = 0.0; ///< on the test sentences
    base::Interval
        interval; ///< 95 %, Wilson over rows; words of one sentence depend on each other, so it is narrow
    double majority = 0.0; ///< share of test rows in the most frequent training class
    double controlAccuracy = 0.0; ///< every word gets a class of its own by lot, from the classes' shares
    [[nodiscard]] double selectivity() const { return accuracy - controlAccuracy; }
};

/// Multinomial logistic regression on standardised columns, trained on some sentences and tested on the
/// others. `classOf` has a class 0..classCount-1 or -1 (left out) per row. Same input and seed: same numbers.
/// Fails with ShapeMismatch, InvalidArgument, TooFewRows (fewer than two classes in training, no test row),
/// TooLarge or Cancelled.
[[nodiscard]] base::Result<LinearProbe> trainLinearProbe(base::MatrixView rows,
    std::span<const std::int32_t> classOf, std::size_t classCount,
    std::span<const base::SentenceId> sentenceOf, std::span<const base::WordId> wordOf,
    const LinearProbeOptions& options, const base::JobContext& ctx);

} // namespace palimpsest::probe
