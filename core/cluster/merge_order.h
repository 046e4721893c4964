#pragma once
// Turns merges found in any bottom-up order into the one linkage that greedy merging would have written.
// Thread: reentrant.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "cluster/linkage.h"

namespace palimpsest::cluster {

/// Two clusters that were each other's nearest. A cluster is called by its smallest leaf.
struct FoundMerge {
    std::int32_t low = 0; ///< smallest leaf of one cluster, and of the merged one
    std::int32_t high = 0; ///< smallest leaf of the other; low < high
    double height = 0.0;
};

/// Orders `found` (every merge after those that made its two clusters) by height, then `low`, then `high`,
/// children always before parents: the order in which the closest pair is merged again and again, ties going
/// to the smallest leaves. So the result does not depend on the order of `found`. O(n log n).
/// A parent lower than a child by no more than a relative 1e-12 is a tie that rounding hid and is raised to
/// the child's height; a larger inversion proves a wrong merge: Internal.
[[nodiscard]] base::Result<Linkage> orderMerges(std::size_t leaves, const std::vector<FoundMerge>& found);

} // namespace palimpsest::cluster
