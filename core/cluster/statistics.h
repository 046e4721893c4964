#pragma once
// How well a tree and its cuts stand for the rows: cophenetic correlation, silhouette, stability.
// Thread: reentrant; call from a worker, never from the GUI thread.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/ids.h"
#include "base/job_context.h"
#include "base/matrix_view.h"
#include "base/result.h"
#include "cluster/linkage.h"
#include "cluster/ward.h"

namespace palimpsest::cluster {

/// How much is looked at, and the seed that decides which; to be shown beside the value.
struct Sampling {
    std::size_t most = 0;
    std::uint64_t seed = 1;
};

struct SampledValue {
    double value = 0.0;
    std::size_t sampled = 0;
    bool all = false; ///< everything was looked at, nothing drawn
};

/// Pearson correlation of the heights at which two rows join in the tree with their Euclidean distances
/// (Sokal and Rohlf 1962; scipy's cophenet). Over all pairs where there are at most `sampling.most`, else
/// over that many pairs drawn with replacement. 0 where either side does not vary. Time O(n log n + pairs·d).
/// Fails with ShapeMismatch, TooFewRows (n < 3), InvalidArgument or Cancelled.
[[nodiscard]] base::Result<SampledValue> copheneticCorrelation(const Linkage& linkage, base::MatrixView rows,
    const base::JobContext& ctx, Sampling sampling = {200'000});

/// Mean silhouette (Rousseeuw 1987) by Euclidean distance: of all rows, or of `sampling.most` rows drawn
/// without replacement, each against all rows. A row alone in its cluster counts 0, as in scikit-learn.
/// Time O(sampled·n·d). Fails with ShapeMismatch, InvalidArgument (fewer than two clusters) or Cancelled.
[[nodiscard]] base::Result<SampledValue> silhouette(const Partition& partition, base::MatrixView rows,
    const base::JobContext& ctx, Sampling sampling = {2'000});

/// Agreement of two partitions of the same things, corrected for chance (Hubert and Arabie 1985, eq. 5): 1
/// for equal ones, about 0 for independent ones. 1 where both are trivial in the same way. The spans are of
/// equal length. O(n log n).
[[nodiscard]] double adjustedRandIndex(
    std::span<const base::ClusterId> a, std::span<const base::ClusterId> b);

struct StabilityOptions {
    std::size_t clusterCount = 2; ///< K of both cuts
    std::size_t repeats = 10;
    double share = 0.8; ///< of the sentences that stay, 0 < share < 1
    std::uint64_t seed = 1;
    WardOptions ward;
};

struct Stability {
    std::vector<double> agreement; ///< adjusted Rand index per repeat
    double mean = 0.0;
    double least = 0.0;
};

/// How far a cut depends on which sentences happen to be in the corpus: `repeats` times, sentences are drawn,
/// their rows clustered anew and cut into K clusters, and compared with the rows' clusters in `partition`
/// (after Ben-Hur, Elisseeff and Guyon 2002, who compare subsamples with each other).
/// Costs `repeats` runs of wardLinkage. Fails as wardLinkage does, and with ShapeMismatch or InvalidArgument.
[[nodiscard]] base::Result<Stability> subsampleStability(const Partition& partition, base::MatrixView rows,
    std::span<const base::SentenceId> sentenceOf, const StabilityOptions& options,
    const base::JobContext& ctx);

} // namespace palimpsest::cluster
