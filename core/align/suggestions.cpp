#include "align/suggestions.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace palimpsest::align {

namespace {

using concepts::ConceptSet;

/// One model seen from one side, so that nothing has to be written twice.
struct View {
    const ConceptSet& here;
    const ConceptSet& there;
    const Overlap& overlap;
    bool base;

    [[nodiscard]] std::span<const OverlapCell> cells(base::ClusterId id) const
    {
        return base ? overlap.cellsOfA(id) : overlap.cellsOfB(id);
    }
};

std::vector<double> corpusShares(const ConceptSet& concepts)
{
    std::vector<double> shares(concepts.tokens().corpus().classNames().size(), 0.0);
    double total = 0.0;
    for (std::size_t id = 0; id < concepts.conceptCount(); ++id) {
        const auto counts = concepts.classCounts(base::toId<base::ClusterId>(id));
        for (std::size_t c = 0; c < shares.size(); ++c) {
            shares[c] += counts[c];
            total += counts[c];
        }
    }
    for (double& share : shares)
        share = total > 0.0 ? share / total : 0.0;
    return shares;
}

/// Class shares of members that have a class; all 0 when none has.
std::vector<double> sharesOf(const ConceptSet& concepts, base::ClusterId id)
{
    const auto counts = concepts.classCounts(id);
    double total = 0.0;
    for (const std::uint32_t count : counts)
        total += count;
    std::vector<double> shares(counts.size(), 0.0);
    for (std::size_t c = 0; c < shares.size(); ++c)
        shares[c] = total > 0.0 ? counts[c] / total : 0.0;
    return shares;
}

Suggestion spread(const View& view, base::ClusterId id)
{
    Suggestion suggestion;
    suggestion.reason = view.base ? Reason::Scattered : Reason::Gathered;
    suggestion.inBase = view.base;
    suggestion.id = id;
    const auto size = static_cast<double>(view.here.size(id));
    double entropy = 0.0, total = 0.0;
    for (const OverlapCell& cell : view.cells(id))
        total += cell.shared;
    for (const OverlapCell& cell : view.cells(id)) {
        const double share = cell.shared / total;
        entropy -= share * std::log2(share);
        ++suggestion.others;
    }
    suggestion.surprise = size * entropy;
    return suggestion;
}

/// Class shares that the other model's concepts of the same members have, member by member.
std::vector<double> expectedShares(const View& view, base::ClusterId id, const std::vector<double>& corpus)
{
    std::vector<double> expected(corpus);
    double total = 1.0;
    for (const OverlapCell& cell : view.cells(id)) {
        const auto shares = sharesOf(view.there, cell.other);
        for (std::size_t c = 0; c < expected.size(); ++c)
            expected[c] += cell.shared * shares[c];
        total += cell.shared;
    }
    for (double& share : expected)
        share /= total;
    return expected;
}

std::optional<Suggestion> polarity(const View& view, base::ClusterId id, const std::vector<double>& corpus)
{
    const auto shares = sharesOf(view.here, id);
    const auto expected = expectedShares(view, id, corpus);
    const auto largest = std::max_element(shares.begin(), shares.end()) - shares.begin();
    const auto at = static_cast<std::size_t>(largest);
    if (shares[at] <= expected[at])
        return std::nullopt;
    double divergence = 0.0;
    for (std::size_t c = 0; c < shares.size(); ++c) {
        if (shares[c] > 0.0 && expected[c] > 0.0)
            divergence += shares[c] * std::log2(shares[c] / expected[c]);
    }
    Suggestion suggestion;
    suggestion.reason = view.base ? Reason::Unpolar : Reason::Polar;
    suggestion.inBase = view.base;
    suggestion.id = id;
    suggestion.surprise = static_cast<double>(view.here.size(id)) * divergence;
    suggestion.classIndex = static_cast<std::int32_t>(largest);
    suggestion.share = shares[at];
    suggestion.otherShare = expected[at];
    return suggestion;
}

void keepBest(std::vector<Suggestion>& suggestions, std::size_t limit, std::vector<Suggestion>& result)
{
    std::erase_if(suggestions, [](const Suggestion& one) { return one.surprise <= 1e-9; });
    std::stable_sort(suggestions.begin(), suggestions.end(),
        [](const Suggestion& a, const Suggestion& b) { return a.surprise > b.surprise; });
    suggestions.resize(std::min(suggestions.size(), limit));
    result.insert(result.end(), suggestions.begin(), suggestions.end());
}

} // namespace

std::vector<Suggestion> suggestionsOf(const LayerComparison& layer, std::size_t limitPerReason)
{
    const View base{*layer.a, *layer.b, *layer.overlap, true};
    const View fineTuned{*layer.b, *layer.a, *layer.overlap, false};
    const auto corpus = corpusShares(*layer.a);
    std::vector<Suggestion> result;
    for (const View& view : {fineTuned, base}) {
        std::vector<Suggestion> spreads, polar;
        for (std::size_t i = 0; i < view.here.conceptCount(); ++i) {
            const auto id = base::toId<base::ClusterId>(i);
            if (view.here.size(id) < concepts::kMinimumTaskConceptSize)
                continue;
            spreads.push_back(spread(view, id));
            if (!corpus.empty()) {
                if (auto found = polarity(view, id, corpus))
                    polar.push_back(*found);
            }
        }
        keepBest(polar, limitPerReason, result);
        keepBest(spreads, limitPerReason, result);
    }
    std::stable_sort(result.begin(), result.end(),
        [](const Suggestion& a, const Suggestion& b) { return a.surprise > b.surprise; });
    return result;
}

} // namespace palimpsest::align
