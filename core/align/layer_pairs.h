#pragma once
// Every layer against every layer: how well the concepts of one are found in another, at any θ.
// Thread: immutable results; share by shared_ptr<const …>.

#include <memory>
#include <span>
#include <vector>

#include "align/alignment.h"

namespace palimpsest::align {

/// The concepts of layer A against those of layer B, as far as shares of aligned concepts need it: for every
/// concept the largest θ at which it is still aligned. Ascending, so that a share at any θ is one search.
struct LayerPair {
    std::vector<double> containedA; ///< by concept of A: max over b of |a ∩ b| / |a|
    std::vector<double> containedB; ///< by concept of B: max over a of |a ∩ b| / |b|
    std::vector<double> mutualA; ///< by concept of A: max over b of min(|a ∩ b| / |a|, |a ∩ b| / |b|)
    std::vector<double> mutualB;

    /// Concepts of A that are kept in B at θ (Alignment's Kept) / concepts of A, 0..1. O(log K), as all here.
    [[nodiscard]] double keptShare(double theta) const;
    /// Concepts of A of which at least θ lies in one concept of B (Durrani et al. 2022, section 3.2).
    [[nodiscard]] double alignedShareA(double theta) const;
    [[nodiscard]] double alignedShareB(double theta) const;
    /// The same pair seen from B.
    [[nodiscard]] LayerPair turned() const;
};

/// O(non-zero cells + K log K).
[[nodiscard]] LayerPair makeLayerPair(const Overlap& overlap);

/// Pairs of layers, row after row; a cell that is not computed yet is null.
struct LayerMatrix {
    std::vector<int> rows; ///< layers, ascending
    std::vector<int> columns;
    std::vector<std::shared_ptr<const LayerPair>> cells;

    [[nodiscard]] const LayerPair* at(std::size_t row, std::size_t column) const
    {
        return cells[row * columns.size() + column].get();
    }
    [[nodiscard]] std::size_t computed() const; ///< cells that are there
};

} // namespace palimpsest::align
