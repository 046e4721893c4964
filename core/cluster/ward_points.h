#pragma once
// The rows of one clustering run, made ready: checked, identical ones joined, a common centre and scale
// found. Thread: built once, then immutable.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/job_context.h"
#include "base/matrix_view.h"
#include "base/result.h"
#include "cluster/ward.h"

namespace palimpsest::cluster {

/// Points are the different rows, in the order of their first appearance.
struct WardPoints {
    base::MatrixView rows; ///< the caller's rows, or `ownRows`
    std::vector<float> ownRows; ///< only where rows were normalised
    std::vector<std::int32_t> pointOf; ///< per row
    std::vector<std::int32_t> firstRow; ///< per point
    std::vector<std::int32_t> weight; ///< per point: how many rows are equal to it

    /// Near the mean of each column, but a short binary number: row - centre is exact in float64, so that
    /// equal distances between rows on a grid stay equal.
    std::vector<double> centre;
    int scaleExponent = 0; ///< 2^scaleExponent * (row - centre) has a norm of at most 2^30

    [[nodiscard]] std::size_t count() const { return firstRow.size(); }
    [[nodiscard]] const float* point(std::size_t index) const
    {
        return rows.data + static_cast<std::size_t>(firstRow[index]) * rows.cols;
    }
};

/// O(n·d + n log n). Fails with TooFewRows, InvalidArgument (no columns), TooLarge, NotFinite (names the row)
/// or Cancelled.
[[nodiscard]] base::Result<WardPoints> prepareWardPoints(
    base::MatrixView rows, const WardOptions& options, const base::JobContext& ctx);

} // namespace palimpsest::cluster
