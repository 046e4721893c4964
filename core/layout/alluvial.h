#pragma once
// Where the blocks and ribbons of a flow stand: columns of blocks, as high as their occurrences are many.
// Thread: values; reentrant.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "align/flow.h"

namespace palimpsest::layout {

/// A stretch from top to bottom; the whole figure is 0..1.
struct Span {
    double top = 0.0;
    double bottom = 0.0;
    [[nodiscard]] double height() const { return bottom - top; }
    friend bool operator==(const Span&, const Span&) = default;
};

struct AlluvialRibbon {
    Span from; ///< at the column's right side
    Span to; ///< at the next column's left side
};

struct Alluvial {
    std::vector<std::vector<Span>> blocks; ///< by column and group; an empty group has no height
    std::vector<AlluvialRibbon> ribbons; ///< one for each of the flow's
    double perOccurrence = 0.0; ///< height
};

/// Groups keep their order in every column, so that one knows them by place; ribbons leave and enter a block
/// in the order of what they lead to and come from, so that those of one block never cross each other.
/// `gap`: room between two blocks, 0..1; it shrinks where there are many groups. A column with fewer blocks
/// stands in the middle. O(columns · groups + ribbons).
[[nodiscard]] Alluvial layOutFlow(const align::Flow& flow, double gap);

/// Parts of the flow's ribbons (Lineage::ribbons) at the upper edge of the ribbons that they are parts of.
[[nodiscard]] std::vector<AlluvialRibbon> partsOf(
    const align::Flow& flow, const Alluvial& alluvial, std::span<const align::FlowRibbon> parts);

} // namespace palimpsest::layout
