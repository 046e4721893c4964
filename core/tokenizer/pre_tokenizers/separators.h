#pragma once
// Applies a SeparatorRule to the separators found in a text (`NormalizedString::split` of tokenizers 0.19.1).
// Thread: reentrant.

#include <cstddef>
#include <vector>

#include "tokenizer/pre_tokenizers/pre_tokenizer.h"

namespace palimpsest::tokenizer {

/// [begin, end) in bytes; together the segments cover the text without gaps.
struct Segment {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool separator = false;
};

/// Adds the stretches between `matches` (ascending, apart) so that the whole text of `size` bytes is covered;
/// `invert` swaps the roles.
[[nodiscard]] std::vector<Segment> coverText(
    const std::vector<std::pair<std::size_t, std::size_t>>& matches, std::size_t size, bool invert);

/// The parts that remain under `rule`, in order.
[[nodiscard]] std::vector<Segment> applyRule(const std::vector<Segment>& segments, SeparatorRule rule);

} // namespace palimpsest::tokenizer
