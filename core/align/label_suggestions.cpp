#include "align/label_suggestions.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace palimpsest::align {

namespace {

constexpr double kLostBelow = 0.5;

std::uint32_t countOf(const LabelCounts& counts, base::ClusterId id, label::LabelId label)
{
    const auto cells = counts.cells(id);
    const auto found = std::ranges::lower_bound(cells, label, {}, &LabelCount::label);
    return found != cells.end() && found->label == label ? found->count : 0;
}

double shareOf(const LabelCounts& counts, base::ClusterId id, label::LabelId label)
{
    return countOf(counts, id, label) / static_cast<double>(std::max(1U, counts.size(id)));
}

/// Shares of all labels in the corpus, by label.
std::vector<double> corpusShares(const LabelCounts& counts)
{
    std::vector<double> shares(counts.table().labelCount(), 0.0);
    double total = 0.0;
    for (std::size_t index = 0; index < counts.conceptCount(); ++index) {
        const auto id = base::toId<base::ClusterId>(index);
        for (const auto& [label, count] : counts.cells(id))
            shares[label] += count;
        total += counts.size(id);
    }
    for (double& share : shares)
        share /= std::max(1.0, total);
    return shares;
}

/// Bits by which a share p tells against an expected q; both within 0..1.
double divergence(double p, double q)
{
    const auto term = [](double a, double b) { return a > 0.0 && b > 0.0 ? a * std::log2(a / b) : 0.0; };
    return term(p, q) + term(1.0 - p, 1.0 - q);
}

class Ranking {
public:
    Ranking(const LayerComparison& layer, const LabelledSide& here, const LabelledSide& there, bool ofBase)
        : m_layer(layer)
        , m_here(here)
        , m_there(there)
        , m_ofBase(ofBase)
        , m_corpus(corpusShares(here.counts))
    {
    }

    std::vector<Suggestion> best(std::size_t limit) const
    {
        std::vector<Suggestion> found;
        const concepts::ConceptSet& concepts = m_ofBase ? *m_layer.a : *m_layer.b;
        for (std::size_t index = 0; index < concepts.conceptCount(); ++index) {
            const auto id = base::toId<base::ClusterId>(index);
            if (concepts.size(id) < concepts::kMinimumTaskConceptSize || !m_here.matches[index].aligned)
                continue;
            if (auto one = judge(id, static_cast<double>(concepts.size(id))))
                found.push_back(*one);
        }
        std::ranges::stable_sort(found, std::ranges::greater{}, &Suggestion::surprise);
        found.resize(std::min(found.size(), limit));
        return found;
    }

private:
    std::optional<Suggestion> judge(base::ClusterId id, double members) const
    {
        const LabelMatch& match = m_here.matches[base::toIndex(id)];
        const label::LabelId label = *match.best;
        double expected = m_corpus[label];
        double total = 0.0, carried = 0.0;
        const auto cells = m_ofBase ? m_layer.overlap->cellsOfA(id) : m_layer.overlap->cellsOfB(id);
        for (const OverlapCell& cell : cells) {
            const LabelMatch& other = m_there.matches[base::toIndex(cell.other)];
            expected += cell.shared * shareOf(m_there.counts, cell.other, label);
            carried += other.aligned && other.best == label ? cell.shared : 0.0;
            total += cell.shared;
        }
        expected /= total + 1.0;
        carried /= std::max(1.0, total);
        if (carried >= kLostBelow || match.share <= expected)
            return std::nullopt;
        Suggestion suggestion;
        suggestion.reason = m_ofBase ? Reason::LabelLost : Reason::LabelGained;
        suggestion.inBase = m_ofBase;
        suggestion.id = id;
        suggestion.surprise = members * divergence(match.share, expected);
        suggestion.label = label;
        suggestion.share = match.share;
        suggestion.otherShare = carried;
        return suggestion;
    }

    const LayerComparison& m_layer;
    const LabelledSide& m_here;
    const LabelledSide& m_there;
    bool m_ofBase;
    std::vector<double> m_corpus;
};

} // namespace

std::vector<Suggestion> labelSuggestionsOf(const LayerComparison& layer, const LabelledSide& base,
    const LabelledSide& fineTuned, std::size_t limitPerReason)
{
    std::vector<Suggestion> result = Ranking(layer, base, fineTuned, true).best(limitPerReason);
    const auto gained = Ranking(layer, fineTuned, base, false).best(limitPerReason);
    result.insert(result.end(), gained.begin(), gained.end());
    return result;
}

} // namespace palimpsest::align
