#pragma once
// The exact nearest rows of every row, by matrix products of blocks.
// Thread: reentrant; call from a worker, it uses all processors.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/job_context.h"
#include "base/matrix_view.h"
#include "base/result.h"

namespace palimpsest::projection {

struct NearestRows {
    std::size_t count = 0; ///< per row
    std::vector<std::uint32_t>
        ids; ///< rows * count, nearest first, ties by the smaller id; never the row itself
    std::vector<float> distances; ///< Euclidean, in the same places
};

/// `count` is lowered to rows - 1. Candidates come from float32 products and are measured again by
/// differences. The same rows give the same bytes for any number of threads. Time O(rows²·columns).
/// Fails with TooLarge or Cancelled.
[[nodiscard]] base::Result<NearestRows> nearestRows(
    base::MatrixView rows, std::size_t count, const base::JobContext& ctx);

} // namespace palimpsest::projection
