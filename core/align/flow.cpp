#include "align/flow.h"

#include <algorithm>
#include <map>
#include <utility>

namespace palimpsest::align {

namespace {

std::uint32_t groupAt(const FlowColumn& column, base::TokenId token)
{
    return column.groupOf[base::toIndex(column.concepts().conceptOf(token))];
}

/// Counts of a table groups × groups, in order, without the empty ones.
class RibbonCounter {
public:
    RibbonCounter(std::size_t column, std::size_t countFrom, std::size_t countTo)
        : m_column(column)
        , m_width(countTo)
        , m_counts(countFrom * countTo, 0)
    {
    }

    void add(std::uint32_t from, std::uint32_t to) { ++m_counts[from * m_width + to]; }

    void appendTo(std::vector<FlowRibbon>& ribbons) const
    {
        for (std::size_t i = 0; i < m_counts.size(); ++i) {
            if (m_counts[i] > 0)
                ribbons.push_back({m_column, static_cast<std::uint32_t>(i / m_width),
                    static_cast<std::uint32_t>(i % m_width), m_counts[i]});
        }
    }

private:
    std::size_t m_column;
    std::size_t m_width;
    std::vector<std::uint32_t> m_counts;
};

LineageStep stepOf(const concepts::ConceptSet& concepts, std::span<const base::TokenId> members)
{
    std::map<base::ClusterId, std::uint32_t> counts;
    for (const base::TokenId token : members)
        ++counts[concepts.conceptOf(token)];
    LineageStep step;
    for (const auto& [id, count] : counts) {
        if (count > step.shared) {
            step.best = id;
            step.shared = count;
        }
    }
    step.ofTraced = static_cast<double>(step.shared) / static_cast<double>(members.size());
    step.ofBest = static_cast<double>(step.shared) / static_cast<double>(concepts.size(step.best));
    return step;
}

} // namespace

FlowColumn makeFlowColumn(
    std::shared_ptr<const LayerComparison> comparison, bool fineTuned, FlowGrouping grouping)
{
    FlowColumn column;
    column.layer = fineTuned ? comparison->layerB : comparison->layerA;
    column.fineTuned = fineTuned;
    column.comparison = std::move(comparison);
    const auto& concepts = column.concepts();
    const auto& alignment = column.comparison->alignment;
    const std::size_t classes = concepts.tokens().corpus().classNames().size();
    const std::size_t groups = grouping == FlowGrouping::Status ? kStatusCount : classes + 1;
    column.occurrences.assign(groups, 0);
    column.conceptCounts.assign(groups, 0);
    for (std::size_t i = 0; i < concepts.conceptCount(); ++i) {
        const auto id = base::toId<base::ClusterId>(i);
        std::size_t group = classes;
        if (grouping == FlowGrouping::Status)
            group = static_cast<std::size_t>((fineTuned ? alignment.b : alignment.a)[i].status);
        else if (concepts.size(id) >= concepts::kMinimumTaskConceptSize)
            group = concepts::taskClass(concepts, id, alignment.theta).value_or(classes);
        column.groupOf.push_back(static_cast<std::uint32_t>(group));
        column.occurrences[group] += static_cast<std::uint32_t>(concepts.size(id));
        ++column.conceptCounts[group];
    }
    return column;
}

Flow makeFlow(FlowGrouping grouping, std::vector<FlowColumn> columns)
{
    Flow flow{grouping, std::move(columns), {}};
    const std::size_t rows = flow.columns.front().concepts().tokens().size();
    for (std::size_t column = 0; column + 1 < flow.columns.size(); ++column) {
        const FlowColumn& here = flow.columns[column];
        const FlowColumn& next = flow.columns[column + 1];
        RibbonCounter counter(column, here.occurrences.size(), next.occurrences.size());
        for (std::size_t row = 0; row < rows; ++row) {
            const auto token = base::toId<base::TokenId>(row);
            counter.add(groupAt(here, token), groupAt(next, token));
        }
        counter.appendTo(flow.ribbons);
    }
    return flow;
}

std::vector<concepts::WordCount> wordsOfFlow(
    const Flow& flow, std::size_t column, std::uint32_t from, std::optional<std::uint32_t> to)
{
    const FlowColumn& here = flow.columns[column];
    const auto& tokens = here.concepts().tokens();
    std::vector<std::uint32_t> counts(tokens.corpus().parts().vocabulary.size(), 0);
    for (std::size_t row = 0; row < tokens.size(); ++row) {
        const auto token = base::toId<base::TokenId>(row);
        if (groupAt(here, token) == from && (!to || groupAt(flow.columns[column + 1], token) == *to))
            ++counts[base::toIndex(tokens.token(token).word)];
    }
    std::vector<concepts::WordCount> words;
    for (std::size_t word = 0; word < counts.size(); ++word) {
        if (counts[word] > 0)
            words.push_back({base::toId<base::WordId>(word), counts[word]});
    }
    std::stable_sort(words.begin(), words.end(),
        [](const concepts::WordCount& a, const concepts::WordCount& b) { return a.count > b.count; });
    return words;
}

Lineage traceConcept(const Flow& flow, std::size_t column, base::ClusterId id)
{
    Lineage lineage;
    const auto members = flow.columns[column].concepts().members(id);
    for (std::size_t i = 0; i < flow.columns.size(); ++i) {
        const FlowColumn& here = flow.columns[i];
        lineage.steps.push_back(stepOf(here.concepts(), members));
        if (i + 1 == flow.columns.size())
            break;
        const FlowColumn& next = flow.columns[i + 1];
        RibbonCounter counter(i, here.occurrences.size(), next.occurrences.size());
        for (const base::TokenId token : members)
            counter.add(groupAt(here, token), groupAt(next, token));
        counter.appendTo(lineage.ribbons);
    }
    return lineage;
}

} // namespace palimpsest::align
