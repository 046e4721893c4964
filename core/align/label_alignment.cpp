#include "align/label_alignment.h"

#include <algorithm>
#include <numeric>

#include "align/label_kernel.h"
#include "base/utf8.h"

namespace palimpsest::align {

using base::ClusterId;
using label::LabelId;

namespace {

/// A share computed as a quotient may miss a θ of the same value by its last bits.
constexpr double kTiny = 1e-12;
/// Cells of concepts × labels that are worth holding at once.
constexpr std::size_t kDenseCells = std::size_t{1} << 22U;
/// And that are walked faster than the labels of each concept are remembered and sorted.
constexpr std::size_t kWalkedCells = std::size_t{1} << 25U;

/// Of the labels that align, the longest; of equally long ones the most frequent, then the smaller id.
LabelCount longestAligned(const LabelCounts& counts, ClusterId id, const LabelOptions& options)
{
    LabelCount best = counts.best(id);
    std::size_t longest = 0;
    for (const LabelCount& cell : counts.cells(id)) {
        if (!reaches(cell.count, counts.size(id), options))
            continue;
        const std::size_t length = base::codePointCount(counts.table().labelName(cell.label));
        if (length > longest || (length == longest && cell.count > best.count)) {
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
    LabelCount best = counts.best(id);
    if (best.count == 0)
        return match;
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

std::optional<LabelId> alignedLabel(
    const LabelCounter& counter, const label::LabelTable& table, const LabelOptions& options)
{
    if (!passesGates(counter.size(), counter.types(), counter.unlabelled(), options))
        return std::nullopt;
    std::optional<LabelId> best;
    std::size_t longest = 0;
    for (const LabelId label : counter.touched()) {
        const std::uint32_t count = counter.countOf(label);
        if (!reaches(count, counter.size(), options))
            continue;
        const std::size_t length = table.longestWins() ? base::codePointCount(table.labelName(label)) : 0;
        const auto isBetter = [&] {
            if (length != longest)
                return length > longest;
            const std::uint32_t known = counter.countOf(*best);
            return count > known || (count == known && label < *best);
        };
        if (!best || isBetter()) {
            best = label;
            longest = length;
        }
    }
    return best;
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
    , m_slot(measure == Measure::Type ? m_seen.size() : 0, 0)
{
}

void LabelCounter::groupByWord(std::span<const base::TokenId> members)
{
    ++m_round;
    m_wordStart.assign(1, 0);
    for (const base::TokenId row : members) {
        const std::size_t word = base::toIndex(m_tokens.token(row).word);
        if (m_seen[word] != m_round) {
            m_seen[word] = m_round;
            m_slot[word] = static_cast<std::uint32_t>(m_wordStart.size() - 1);
            m_wordStart.push_back(0);
        }
        ++m_wordStart[m_slot[word] + 1];
    }
    std::partial_sum(m_wordStart.begin(), m_wordStart.end(), m_wordStart.begin());
    m_byWord.resize(members.size());
    m_wordEnd.assign(m_wordStart.begin() + 1, m_wordStart.end());
    for (std::size_t i = members.size(); i-- > 0;)
        m_byWord[--m_wordEnd[m_slot[base::toIndex(m_tokens.token(members[i]).word)]]] = members[i];
}

std::shared_ptr<const LabelCounts> LabelCounts::make(
    const concepts::ConceptSet& concepts, std::shared_ptr<const label::LabelTable> table, Measure measure)
{
    // A table of concepts × labels that fits the processor's cache is filled row after row of the corpus,
    // which is several times as fast as gathering the rows of each concept.
    const std::shared_ptr<LabelCounts> counts(new LabelCounts);
    counts->m_table = std::move(table);
    counts->m_start.push_back(0);
    if (measure == Measure::Type)
        counts->countTypes(concepts);
    else if (concepts.conceptCount() * counts->m_table->labelCount() <= kDenseCells)
        counts->countDense(concepts);
    else
        counts->countOccurrences(concepts);
    return counts;
}

/// Ends a concept whose cells begin at `firstCell` and ascend.
void LabelCounts::endConcept(std::size_t firstCell)
{
    LabelCount best;
    for (std::size_t cell = firstCell; cell < m_cells.size(); ++cell) {
        if (m_cells[cell].count > best.count)
            best = m_cells[cell];
    }
    m_best.push_back(best);
    m_start.push_back(static_cast<std::uint32_t>(m_cells.size()));
}

void LabelCounts::countDense(const concepts::ConceptSet& concepts)
{
    const std::size_t labels = m_table->labelCount();
    std::vector<std::uint32_t> dense(concepts.conceptCount() * labels, 0);
    m_unlabelled.assign(concepts.conceptCount(), 0);
    std::vector<std::uint8_t> known(labels);
    for (std::size_t label = 0; label < labels; ++label)
        known[label] = m_table->saysNone(static_cast<LabelId>(label)) ? 0 : 1;
    for (std::size_t row = 0; row < m_table->rowCount(); ++row) {
        const auto id = base::toId<base::TokenId>(row);
        const std::size_t index = base::toIndex(concepts.conceptOf(id));
        std::uint32_t* counts = dense.data() + index * labels;
        std::uint8_t any = 0;
        for (const LabelId label : m_table->labelsOf(id)) {
            ++counts[label];
            any |= known[label];
        }
        m_unlabelled[index] += any == 0 ? 1 : 0;
    }
    for (std::size_t index = 0; index < concepts.conceptCount(); ++index) {
        const auto id = base::toId<ClusterId>(index);
        m_size.push_back(static_cast<std::uint32_t>(concepts.size(id)));
        m_types.push_back(static_cast<std::uint32_t>(concepts.words(id).size()));
        const std::uint32_t* counts = dense.data() + index * labels;
        const std::size_t first = m_cells.size();
        for (std::size_t label = 0; label < labels; ++label) {
            if (counts[label] > 0 && known[label] != 0)
                m_cells.push_back({static_cast<LabelId>(label), counts[label]});
        }
        endConcept(first);
    }
}

/// Ends a concept and clears its counts: of the labels `touched` where `sparse`, else of all.
void LabelCounts::addConcept(std::span<std::uint32_t> counts, std::vector<LabelId>& touched, bool sparse)
{
    const std::size_t first = m_cells.size();
    const auto add = [&](LabelId label) {
        m_cells.push_back({label, counts[label]});
        counts[label] = 0;
    };
    // Where much of the list was touched, walking it is faster than sorting.
    constexpr std::size_t kSparse = 16;
    if (!sparse || touched.size() * kSparse > counts.size()) {
        for (std::size_t label = 0; label < counts.size(); ++label) {
            if (counts[label] > 0)
                add(static_cast<LabelId>(label));
        }
    } else {
        std::sort(touched.begin(), touched.end());
        for (const LabelId label : touched)
            add(label);
    }
    touched.clear();
    endConcept(first);
}

namespace {

/// The rows of a concept lie all over the table: asking for their labels at once hides most of the waiting.
void fetchLabels(const label::LabelTable& table, std::span<const base::TokenId> rows)
{
    const label::LabelParts& parts = table.parts();
    for (const base::TokenId row : rows)
        __builtin_prefetch(parts.labels.data() + parts.start[base::toIndex(row)]);
}

} // namespace

void LabelCounts::countOccurrences(const concepts::ConceptSet& concepts)
{
    const bool sparse = concepts.conceptCount() * m_table->labelCount() > kWalkedCells;
    std::vector<std::uint32_t> counts(m_table->labelCount(), 0);
    std::vector<LabelId> touched;
    for (std::size_t index = 0; index < concepts.conceptCount(); ++index) {
        const auto id = base::toId<ClusterId>(index);
        m_size.push_back(static_cast<std::uint32_t>(concepts.size(id)));
        m_types.push_back(static_cast<std::uint32_t>(concepts.words(id).size()));
        std::uint32_t unlabelled = 0;
        fetchLabels(*m_table, concepts.members(id));
        for (const base::TokenId row : concepts.members(id)) {
            bool any = false;
            for (const LabelId label : m_table->labelsOf(row)) {
                if (m_table->saysNone(label))
                    continue;
                any = true;
                if (counts[label]++ == 0 && sparse)
                    touched.push_back(label);
            }
            unlabelled += any ? 0 : 1;
        }
        m_unlabelled.push_back(unlabelled);
        addConcept(counts, touched, sparse);
    }
}

namespace {

/// Counts the words of one concept that carry each label; the tables stay between concepts.
class TypeCounter {
public:
    /// Not `sparse`: the labels met are not remembered, since walking all of them is cheaper.
    TypeCounter(const label::LabelTable& table, bool sparse)
        : m_table(table)
        , m_sparse(sparse)
        , m_known(table.labelCount())
        , m_counts(table.labelCount(), 0)
        , m_ofWord(table.labelCount(), 0)
    {
        for (std::size_t label = 0; label < m_known.size(); ++label)
            m_known[label] = table.saysNone(static_cast<LabelId>(label)) ? 0 : 1;
    }

    /// `rows` are the members that are this word. Returns whether it carries any label.
    bool addWord(std::span<const base::TokenId> rows)
    {
        if (rows.size() == 1) // most words of a concept occur in it once
            return addOnce(rows.front());
        for (const base::TokenId row : rows) {
            for (const LabelId label : m_table.labelsOf(row)) {
                if (m_known[label] != 0 && m_ofWord[label]++ == 0)
                    m_touchedOfWord.push_back(label);
            }
        }
        bool any = false;
        for (const LabelId label : m_touchedOfWord) {
            if (2 * m_ofWord[label] >= rows.size()) {
                carries(label, 1);
                any = true;
            }
            m_ofWord[label] = 0;
        }
        m_touchedOfWord.clear();
        return any;
    }

    [[nodiscard]] std::span<std::uint32_t> counts() { return m_counts; }
    /// Empty where nothing is remembered.
    [[nodiscard]] std::vector<LabelId>& touched() { return m_touched; }

private:
    bool addOnce(base::TokenId row)
    {
        std::uint32_t any = 0;
        for (const LabelId label : m_table.labelsOf(row)) {
            carries(label, m_known[label]);
            any |= m_known[label];
        }
        return any != 0;
    }
    void carries(LabelId label, std::uint32_t words)
    {
        if (m_sparse && words > 0 && m_counts[label] == 0)
            m_touched.push_back(label);
        m_counts[label] += words;
    }

    const label::LabelTable& m_table;
    bool m_sparse;
    std::vector<std::uint32_t> m_known, m_counts, m_ofWord;
    std::vector<LabelId> m_touched, m_touchedOfWord;
};

} // namespace

void LabelCounts::countTypes(const concepts::ConceptSet& concepts)
{
    const bool sparse = concepts.conceptCount() * m_table->labelCount() > kWalkedCells;
    TypeCounter counter(*m_table, sparse);
    for (std::size_t index = 0; index < concepts.conceptCount(); ++index) {
        const auto id = base::toId<ClusterId>(index);
        const auto words = concepts.words(id);
        m_size.push_back(static_cast<std::uint32_t>(words.size()));
        m_types.push_back(m_size.back());
        std::uint32_t unlabelled = 0;
        auto rows = concepts.membersByWord(id);
        fetchLabels(*m_table, rows);
        for (const concepts::WordCount& word : words) {
            unlabelled += counter.addWord(rows.first(word.count)) ? 0 : 1;
            rows = rows.subspan(word.count);
        }
        m_unlabelled.push_back(unlabelled);
        addConcept(counter.counts(), counter.touched(), sparse);
    }
}

std::vector<LabelCount> LabelCounts::distribution(ClusterId id) const
{
    const auto all = cells(id);
    std::vector<LabelCount> sorted(all.begin(), all.end());
    std::stable_sort(sorted.begin(), sorted.end(),
        [](const LabelCount& a, const LabelCount& b) { return a.count > b.count; });
    return sorted;
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
