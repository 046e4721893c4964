#pragma once
// Reads a LayerComparison from either side, so that models need no branch per model of the pair.
// Thread: reentrant; the comparison must outlive the call.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "align/layer_comparison.h"
#include "bridge/selection.h"

namespace palimpsest::app {

/// What views share: null while nothing is open.
using Comparison = std::shared_ptr<const align::LayerComparison>;

/// A concept of either model of the pair.
struct ConceptRef {
    Selection::Side side = Selection::Base;
    base::ClusterId id{};
    friend bool operator==(const ConceptRef&, const ConceptRef&) = default;
};

[[nodiscard]] Selection::Side otherSide(Selection::Side side);
[[nodiscard]] const concepts::ConceptSet& conceptsOf(
    const align::LayerComparison& comparison, Selection::Side side);
[[nodiscard]] const align::Match& matchOf(const align::LayerComparison& comparison, ConceptRef ref);
/// Concepts of the other model that share members with `ref`, by ascending id.
[[nodiscard]] std::span<const align::OverlapCell> cellsOf(
    const align::LayerComparison& comparison, ConceptRef ref);
/// Size of a concept in the comparison's measure: what shares are shares of.
[[nodiscard]] std::uint32_t measuredSize(const align::LayerComparison& comparison, ConceptRef ref);
/// What the two concepts have in common, in the comparison's measure. O(log cells).
[[nodiscard]] std::uint32_t sharedCount(
    const align::LayerComparison& comparison, base::ClusterId baseId, base::ClusterId fineTunedId);
[[nodiscard]] int layerOf(const align::LayerComparison& comparison, Selection::Side side);

/// The class of a concept that the overview counts as a task concept: at least θ of its members come from
/// that class and it has concepts::kMinimumTaskConceptSize members or more.
[[nodiscard]] std::optional<std::size_t> countedTaskClass(
    const align::LayerComparison& comparison, ConceptRef ref);

/// The concept of `after` that holds most members of `ref` in `before`, on the same side; ties to the smaller
/// id. Nothing when the two are not about the same occurrences. O(members).
[[nodiscard]] std::optional<ConceptRef> followConcept(
    const align::LayerComparison& before, ConceptRef ref, const align::LayerComparison& after);

/// A word that at least one of two concepts holds.
struct ComparedWord {
    base::WordId word{};
    std::uint32_t countBase = 0;
    std::uint32_t countFineTuned = 0;
};

/// Words of two concepts, most frequent first (shared ones by the sum), ties by vocabulary order.
struct WordDifference {
    std::vector<ComparedWord> shared;
    std::vector<ComparedWord> onlyBase;
    std::vector<ComparedWord> onlyFineTuned;
};

[[nodiscard]] WordDifference compareWords(
    const align::LayerComparison& comparison, base::ClusterId baseId, base::ClusterId fineTunedId);

} // namespace palimpsest::app
