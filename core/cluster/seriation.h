#pragma once
// The order in which concepts are best drawn: along the tree, with similar neighbours.
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

namespace palimpsest::cluster {

/// More would take minutes and 64 bytes times K².
constexpr std::size_t kMostSeriated = 2'000;

/// Of all orders of the leaves that a drawing of the tree allows, the one with the smallest sum of distances
/// between neighbours (optimal leaf ordering; Bar-Joseph, Gifford and Jaakkola 2001). `distances` is n×n, row
/// after row, symmetric. Equal sums are resolved towards smaller leaves; of an order and its reverse, the one
/// that starts with the smaller leaf. Time O(n³), memory 8·n² bytes.
/// Fails with ShapeMismatch, TooLarge (n > kMostSeriated), NotFinite or Cancelled.
[[nodiscard]] base::Result<std::vector<std::int32_t>> optimalLeafOrder(
    const Linkage& linkage, std::span<const double> distances, const base::JobContext& ctx);

/// The clusters of cut(linkage, clusterCount) in the optimal order of the tree above the cut, by Euclidean
/// distances of their means over `rows`. `clusterCount` is clamped to 1..leafCount().
/// Fails with ShapeMismatch (other rows than the tree's), TooLarge (more than kMostSeriated clusters),
/// NotFinite or Cancelled.
[[nodiscard]] base::Result<std::vector<base::ClusterId>> seriateCut(
    const Linkage& linkage, std::size_t clusterCount, base::MatrixView rows, const base::JobContext& ctx);

} // namespace palimpsest::cluster
