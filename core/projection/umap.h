#pragma once
// UMAP in two dimensions, and a second picture of the same occurrences in the frame of the first.
// Thread: reentrant; call from a worker.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/job_context.h"
#include "base/matrix_view.h"
#include "base/result.h"

namespace palimpsest::projection {

struct UmapOptions {
    std::size_t neighbours = 15; ///< with the row itself, as umap-learn counts; lowered to the rows
    std::size_t epochs = 0; ///< 0: 500 up to 10,000 rows, else 200
    std::size_t negatives = 5; ///< random rows pushed away for each neighbour drawn near
    double pull = 0.01; ///< of the anchor
    std::uint64_t seed = 1;
};

/// x, y of every row. McInnes, Healy and Melville, "UMAP" (2018), with minimum distance 0.1 and spread 1:
/// principal components (the first 50 where there are more columns), exact neighbours, fuzzy graph, then
/// sampled gradient steps from the first two principal components on.
///
/// `anchor`, if not empty, holds x, y of the same occurrences in another picture. The layout starts there,
/// and with every step that draws a row to a neighbour it is drawn to its place there by `pull` times the
/// distance: the regularisation of umap-learn's AlignedUMAP (Dadu et al. 2023), whose rate is the default.
///
/// The same input gives the same bytes, for any number of threads: only the neighbour search is spread over
/// them. Fails as principalComponents and nearestRows, with ShapeMismatch (anchor) or Cancelled.
[[nodiscard]] base::Result<std::vector<float>> umap(base::MatrixView rows, const UmapOptions& options,
    std::span<const float> anchor, const base::JobContext& ctx);

} // namespace palimpsest::projection
