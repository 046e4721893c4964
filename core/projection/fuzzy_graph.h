#pragma once
// The weighted neighbour graph that UMAP lays out.
// Thread: reentrant.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "projection/nearest_rows.h"

namespace palimpsest::projection {

/// Both directions of every edge, by `from`, then `to`; never from a row to itself.
struct FuzzyGraph {
    std::vector<std::uint32_t> from;
    std::vector<std::uint32_t> to;
    std::vector<float> weights; ///< in (0, 1]
};

/// The fuzzy simplicial set of McInnes, Healy and Melville, "UMAP" (2018), algorithms 2 and 3: weights fall
/// with the distance beyond the nearest other row, at the rate that makes them sum up to log2(count + 1); the
/// two directions a and b of an edge become a + b - ab. A row counts as its own first neighbour, as in
/// umap-learn.
[[nodiscard]] FuzzyGraph fuzzyGraph(const NearestRows& nearest);

} // namespace palimpsest::projection
