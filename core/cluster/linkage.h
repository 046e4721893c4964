#pragma once
// The Ward merge tree of one layer, in scipy's convention, and its flat cuts.
// Thread: immutable values; share freely.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

namespace palimpsest::cluster {

/// One row of scipy's Z: clusters `left` < `right` join at `height` into a cluster of `size` leaves.
/// Ids 0..n-1 are leaves; merge i makes cluster n+i.
struct Merge {
    std::int32_t left = 0;
    std::int32_t right = 0;
    double height = 0.0;
    std::int32_t size = 0;
};

/// A full tree over leafCount() leaves: leafCount() - 1 merges, heights not decreasing.
class Linkage {
public:
    Linkage() = default;

    /// Checks ids, order and sizes of `merges`. Fails with Malformed and names the row.
    [[nodiscard]] static base::Result<Linkage> fromMerges(std::vector<Merge> merges);

    [[nodiscard]] std::size_t leafCount() const { return m_merges.empty() ? 0 : m_merges.size() + 1; }
    [[nodiscard]] const std::vector<Merge>& merges() const { return m_merges; }

private:
    std::vector<Merge> m_merges;
};

/// Flat clusters of all leaves, numbered by first appearance in leaf order.
struct Partition {
    std::vector<base::ClusterId> clusterOf; ///< one per leaf
    std::size_t clusterCount = 0;
};

/// Undoes the last K-1 merges, so there are exactly K clusters even where heights tie
/// (as scikit-learn cuts, unlike scipy's fcluster). `clusterCount` is clamped to 1..leafCount(). O(n).
[[nodiscard]] Partition cut(const Linkage& linkage, std::size_t clusterCount);

} // namespace palimpsest::cluster
