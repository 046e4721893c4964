#pragma once
// Exact principal components of activation rows.
// Thread: reentrant; call from a worker, it uses all processors.

#include <cstddef>
#include <vector>

#include "base/job_context.h"
#include "base/matrix_view.h"
#include "base/result.h"

namespace palimpsest::projection {

struct PrincipalComponents {
    std::size_t columns = 0; ///< of the rows they were found in
    std::size_t count = 0; ///< as asked for; axes beyond the columns are zero
    std::vector<double> mean; ///< of each column
    /// count * columns: one unit vector after the other, by descending variance. The sign is the one that
    /// makes the largest entry in magnitude positive, ties by the smaller column.
    std::vector<double> axes;
    std::vector<double> variances; ///< count; of the scores, divided by rows - 1
    double totalVariance = 0.0; ///< over all columns
};

/// The leading `count` eigenvectors of the covariance, all in float64. One row, or equal rows, have variances
/// of zero. The same rows give the same bits for any number of threads. Time O(rows·columns²+columns³).
/// Fails with TooFewRows (none), NotFinite (the message names the row), TooLarge or Cancelled.
[[nodiscard]] base::Result<PrincipalComponents> principalComponents(
    base::MatrixView rows, std::size_t count, const base::JobContext& ctx);

/// Scores of `rows`, which have as many columns as the components: rows * count, row after row.
/// Fails with ShapeMismatch, TooLarge or Cancelled.
[[nodiscard]] base::Result<std::vector<float>> projectRows(
    base::MatrixView rows, const PrincipalComponents& components, const base::JobContext& ctx);

} // namespace palimpsest::projection
