#include "align/label_alignment.h"

#include <algorithm>

#include "align/label_kernel.h"

namespace palimpsest::align {

using base::ClusterId;
using label::LabelId;

namespace {

/// A share computed as a quotient may miss a θ of the same value by its last bits.
constexpr double kTiny = 1e-12;

std::size_t characterCount(const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Of the labels that align, the longest; cells fall, so the first that does not align ends the search.
LabelCount longestAligned(const LabelCounts& counts, ClusterId id, const LabelOptions& options)
{
    const auto cells = counts.cells(id);
    LabelCount best = cells.front();
    std::size_t longest = 0;
    for (const LabelCount& cell : cells) {
        if (!reaches(cell.count, counts.size(id), options))
            break;
        const std::size_t length = characterCount(counts.table().labelName(cell.label));
        if (length > longest) {
            longest = length;
            best = cell;
        }
    }
    return best;
}

LabelMatch matchOf(const LabelCounts& counts, ClusterId id, const LabelOptions& options)
{
    LabelMatch match;
    const double size = counts.size(id);
    match.unknown = counts.unlabelled(id) / size;
    const auto cells = counts.cells(id);
    if (cells.empty())
        return match;
    LabelCount best = cells.front();
    if (counts.table().longestWins())
        best = longestAligned(counts, id, options);
    match.best = best.label;
    match.count = best.count;
    match.share = best.count / size;
    match.aligned = reaches(best.count, counts.size(id), options)
        && passesGates(counts.size(id), counts.types(id), counts.unlabelled(id), options);
    return match;
}

} // namespace

bool reaches(std::uint32_t count, std::uint32_t size, const LabelOptions& options)
{
    const double needed = options.theta * size;
    return options.strict ? count > needed + kTiny * size : count >= needed - kTiny * size;
}

bool passesGates(
    std::uint32_t size, std::uint32_t types, std::uint32_t unlabelled, const LabelOptions& options)
{
    return size > 0 && types >= options.minimumTypes
        && unlabelled <= options.maxUnknown * size + kTiny * size;
}

bool aligns(const LabelCounter& counter, const LabelOptions& options)
{
    if (!passesGates(counter.size(), counter.types(), counter.unlabelled(), options))
        return false;
    return std::any_of(counter.touched().begin(), counter.touched().end(),
        [&](LabelId label) { return reaches(counter.countOf(label), counter.size(), options); });
}

MemberList MemberList::of(const concepts::ConceptSet& concepts)
{
    MemberList list;
    list.members.reserve(concepts.tokens().size());
    list.start.push_back(0);
    for (std::size_t index = 0; index < concepts.conceptCount(); ++index) {
        const auto members = concepts.members(base::toId<ClusterId>(index));
        list.members.insert(list.members.end(), members.begin(), members.end());
        list.start.push_back(static_cast<std::uint32_t>(list.members.size()));
    }
    return list;
}

LabelCounter::LabelCounter(const corpus::TokenTable& tokens, const label::LabelTable& table, Measure measure)
    : m_tokens(tokens)
    , m_table(table)
    , m_measure(measure)
    , m_counts(table.labelCount(), 0)
    , m_ofWord(measure == Measure::Type ? table.labelCount() : 0, 0)
    , m_seen(tokens.corpus().parts().vocabulary.size(), 0)
{
}

std::shared_ptr<const LabelCounts> LabelCounts::make(
    const concepts::ConceptSet& concepts, std::shared_ptr<const label::LabelTable> table, Measure measure)
{
    const std::shared_ptr<LabelCounts> counts(new LabelCounts);
    counts->m_table = std::move(table);
    LabelCounter counter(concepts.tokens(), *counts->m_table, measure);
    counts->m_start.push_back(0);
    for (std::size_t index = 0; index < concepts.conceptCount(); ++index) {
        counter.count(concepts.members(base::toId<ClusterId>(index)), UnitWeight{});
        counts->m_size.push_back(counter.size());
        counts->m_types.push_back(counter.types());
        counts->m_unlabelled.push_back(counter.unlabelled());
        const std::size_t first = counts->m_cells.size();
        for (const LabelId label : counter.touched())
            counts->m_cells.push_back({label, counter.countOf(label)});
        std::sort(counts->m_cells.begin() + static_cast<std::ptrdiff_t>(first), counts->m_cells.end(),
            [](const LabelCount& a, const LabelCount& b) {
                return a.count != b.count ? a.count > b.count : a.label < b.label;
            });
        counts->m_start.push_back(static_cast<std::uint32_t>(counts->m_cells.size()));
    }
    return counts;
}

std::span<const LabelCount> LabelCounts::cells(ClusterId id) const
{
    const std::size_t index = base::toIndex(id);
    return std::span(m_cells).subspan(m_start[index], m_start[index + 1] - m_start[index]);
}

std::vector<LabelMatch> matchLabels(const LabelCounts& counts, const LabelOptions& options)
{
    std::vector<LabelMatch> matches;
    matches.reserve(counts.conceptCount());
    for (std::size_t index = 0; index < counts.conceptCount(); ++index)
        matches.push_back(matchOf(counts, base::toId<ClusterId>(index), options));
    return matches;
}

std::size_t countAligned(std::span<const LabelMatch> matches)
{
    return static_cast<std::size_t>(
        std::count_if(matches.begin(), matches.end(), [](const LabelMatch& match) { return match.aligned; }));
}

std::vector<ClusterId> nearMisses(const LabelCounts& counts, const LabelOptions& options, double margin)
{
    const std::vector<LabelMatch> now = matchLabels(counts, options);
    LabelOptions lower = options;
    lower.theta = std::max(options.theta - margin, 0.0);
    const std::vector<LabelMatch> then = matchLabels(counts, lower);
    std::vector<ClusterId> ids;
    for (std::size_t index = 0; index < now.size(); ++index) {
        if (!now[index].aligned && then[index].aligned)
            ids.push_back(base::toId<ClusterId>(index));
    }
    std::stable_sort(ids.begin(), ids.end(), [&](ClusterId a, ClusterId b) {
        return then[base::toIndex(a)].share > then[base::toIndex(b)].share;
    });
    return ids;
}

std::vector<LabelCoverage> coverage(
    const concepts::ConceptSet& concepts, const label::LabelTable& table, std::span<const LabelMatch> matches)
{
    std::vector<LabelCoverage> all(table.labelCount());
    for (std::size_t label = 0; label < all.size(); ++label)
        all[label].label = static_cast<LabelId>(label);
    for (const LabelMatch& match : matches) {
        if (match.aligned)
            ++all[*match.best].concepts;
    }
    for (std::size_t row = 0; row < table.rowCount(); ++row) {
        const auto id = base::toId<base::TokenId>(row);
        const LabelMatch& match = matches[base::toIndex(concepts.conceptOf(id))];
        for (const LabelId label : table.labelsOf(id)) {
            ++all[label].occurrences;
            all[label].covered += match.aligned && match.best == label ? 1 : 0;
        }
    }
    std::erase_if(all, [&](const LabelCoverage& entry) { return table.saysNone(entry.label); });
    std::stable_sort(all.begin(), all.end(),
        [](const LabelCoverage& a, const LabelCoverage& b) { return a.occurrences > b.occurrences; });
    return all;
}

} // namespace palimpsest::align
