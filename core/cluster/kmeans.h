#pragma once
// K-means, a different method from Ward's tree: for contrast, and for data too large for a tree.
// Thread: reentrant; call from a worker, never from the GUI thread.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/job_context.h"
#include "base/matrix_view.h"
#include "base/result.h"
#include "cluster/linkage.h"

namespace palimpsest::cluster {

struct KMeansOptions {
    std::size_t clusterCount = 2;
    std::uint64_t seed = 1; ///< of k-means++; part of the result, to be shown with it
    std::size_t maxIterations = 300;
    /// Rows whose values are the first centres, one per cluster; empty: k-means++ chooses them.
    std::vector<std::size_t> startRows;
};

struct KMeans {
    Partition partition; ///< numbered by first appearance, as cuts are
    double inertia = 0.0; ///< sum of squared distances to the own centre, in float64
    std::size_t iterations = 0;
    bool converged = false; ///< no row changed its cluster in the last iteration
};

/// Lloyd's iterations (Lloyd 1982) from centres chosen by k-means++ (Arthur and Vassilvitskii 2007, one
/// candidate per centre) until no row changes its cluster. Distances come from products in float32 of rows
/// less their common mean, so a row about equally far from two centres may fall to either; equal values go to
/// the smaller centre. Centres are means in float64. A cluster that loses all its rows takes the row farthest
/// from its centre. There is no tree: another K is another run, and another seed another result. Time
/// O(iterations·n·K·d), memory O(n + K·d) beside the rows and one block of products. Fails with TooFewRows (n
/// < 1), InvalidArgument (K = 0 or more than the rows; start rows that are not K rows), NotFinite (the row),
/// TooLarge (out of memory) or Cancelled.
[[nodiscard]] base::Result<KMeans> kMeans(
    base::MatrixView rows, const KMeansOptions& options, const base::JobContext& ctx);

} // namespace palimpsest::cluster
