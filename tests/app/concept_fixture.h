#pragma once
// Comparisons small enough to check by hand, for tests of models and views.
// Thread: reentrant.

#include <memory>
#include <string>
#include <vector>

#include "align/layer_comparison.h"

namespace palimpsest::testing {

using Comparison = std::shared_ptr<const align::LayerComparison>;

/// Six sentences of two classes, 23 occurrences in this order (negative: -, positive: +):
///   - a bad film                    tokens 0 to 2
///   - bad plot and bad acting       tokens 3 to 7
///   + a good film                   tokens 8 to 10
///   + good acting and a great plot  tokens 11 to 16
///   + great great film              tokens 17 to 19
///   - awful film <b>                tokens 20 to 22
[[nodiscard]] std::shared_ptr<const corpus::TokenTable> reviewTokens();

/// Clusters of `reviewTokens` by first appearance.
struct Clusters {
    std::vector<int> of; ///< one per token
};
[[nodiscard]] Clusters byKind(); ///< 0: a, and, <b>; 1: adjectives; 2: nouns
[[nodiscard]] Clusters byKindAndClass(); ///< as byKind, but 1: negative adjectives, 3: positive ones
[[nodiscard]] Clusters byKindAndFilm(); ///< as byKind, but 2: film, 3: the other nouns
[[nodiscard]] Clusters nounsOrNot(); ///< 0: everything else; 1: nouns

/// Concepts in order of their ids.
[[nodiscard]] Comparison compare(const std::shared_ptr<const corpus::TokenTable>& tokens,
    const Clusters& baseClusters, const Clusters& fineTuned, double theta = 0.9, int layer = 3);

/// `k` base and `k` fine-tuned concepts of two occurrences each; concept i of one is concept i of the other,
/// but for those from `changedFrom` on, which lose one occurrence to the next.
[[nodiscard]] Comparison largeComparison(std::size_t k, std::size_t changedFrom, double theta = 0.9);

} // namespace palimpsest::testing
