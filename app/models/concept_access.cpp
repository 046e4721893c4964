#include "models/concept_access.h"

#include <algorithm>

namespace palimpsest::app {

Selection::Side otherSide(Selection::Side side)
{
    return side == Selection::Base ? Selection::FineTuned : Selection::Base;
}

const concepts::ConceptSet& conceptsOf(const align::LayerComparison& comparison, Selection::Side side)
{
    return side == Selection::Base ? *comparison.a : *comparison.b;
}

const align::Match& matchOf(const align::LayerComparison& comparison, ConceptRef ref)
{
    const auto& matches = ref.side == Selection::Base ? comparison.alignment.a : comparison.alignment.b;
    return matches[base::toIndex(ref.id)];
}

std::span<const align::OverlapCell> cellsOf(const align::LayerComparison& comparison, ConceptRef ref)
{
    return ref.side == Selection::Base ? comparison.overlap->cellsOfA(ref.id)
                                       : comparison.overlap->cellsOfB(ref.id);
}

std::uint32_t measuredSize(const align::LayerComparison& comparison, ConceptRef ref)
{
    return ref.side == Selection::Base ? comparison.overlap->sizeA(ref.id)
                                       : comparison.overlap->sizeB(ref.id);
}

std::uint32_t sharedCount(
    const align::LayerComparison& comparison, base::ClusterId baseId, base::ClusterId fineTunedId)
{
    const auto cells = comparison.overlap->cellsOfA(baseId);
    const auto found = std::ranges::lower_bound(cells, fineTunedId, {}, &align::OverlapCell::other);
    return found != cells.end() && found->other == fineTunedId ? found->shared : 0;
}

int layerOf(const align::LayerComparison& comparison, Selection::Side side)
{
    return side == Selection::Base ? comparison.layerA : comparison.layerB;
}

std::optional<std::size_t> countedTaskClass(const align::LayerComparison& comparison, ConceptRef ref)
{
    const auto& concepts = conceptsOf(comparison, ref.side);
    if (concepts.size(ref.id) < concepts::kMinimumTaskConceptSize)
        return std::nullopt;
    return concepts::taskClass(concepts, ref.id, comparison.alignment.theta);
}

std::optional<ConceptRef> followConcept(
    const align::LayerComparison& before, ConceptRef ref, const align::LayerComparison& after)
{
    const auto& from = conceptsOf(before, ref.side);
    const auto& to = conceptsOf(after, ref.side);
    if (&from.tokens() != &to.tokens() || base::toIndex(ref.id) >= from.conceptCount())
        return std::nullopt;
    std::vector<std::uint32_t> members(to.conceptCount(), 0);
    for (const base::TokenId token : from.members(ref.id))
        ++members[base::toIndex(to.conceptOf(token))];
    // max_element keeps the first of equals: the smaller id.
    const auto most = std::ranges::max_element(members);
    return ConceptRef{
        ref.side, base::toId<base::ClusterId>(static_cast<std::size_t>(most - members.begin()))};
}

WordDifference compareWords(
    const align::LayerComparison& comparison, base::ClusterId baseId, base::ClusterId fineTunedId)
{
    std::vector<ComparedWord> all;
    for (const auto& [word, count] : comparison.a->words(baseId))
        all.push_back({word, count, 0});
    for (const auto& [word, count] : comparison.b->words(fineTunedId))
        all.push_back({word, 0, count});
    std::ranges::stable_sort(all, {}, &ComparedWord::word);

    WordDifference difference;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i + 1 < all.size() && all[i + 1].word == all[i].word) {
            difference.shared.push_back({all[i].word, all[i].countBase, all[i + 1].countFineTuned});
            ++i;
        } else {
            auto& only = all[i].countBase > 0 ? difference.onlyBase : difference.onlyFineTuned;
            only.push_back(all[i]);
        }
    }
    const auto sum
        = [](const ComparedWord& word) { return std::uint64_t{word.countBase} + word.countFineTuned; };
    for (auto* words : {&difference.shared, &difference.onlyBase, &difference.onlyFineTuned})
        std::ranges::stable_sort(*words, std::ranges::greater{}, sum);
    return difference;
}

} // namespace palimpsest::app
