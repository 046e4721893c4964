#pragma once
// Which sentences run together: sorted by length, so that those of one length can share their attention.
// Thread: reentrant.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace palimpsest::model {

/// Splits 0..lengths.size()-1 into batches of at most `tokenBudget` pieces (a longer sentence is alone),
/// longest first so that a lack of memory shows at once; equal lengths keep their order. Zero lengths are
/// left out.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> planBatches(
    std::span<const std::size_t> lengths, std::size_t tokenBudget);

} // namespace palimpsest::model
