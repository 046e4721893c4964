#include "concepts/concept_set.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace palimpsest::concepts {

namespace {

/// Turns counts (one extra slot at the end) into the start of each bucket; the last entry is the total.
std::vector<std::uint32_t> startsFromCounts(std::vector<std::uint32_t> counts)
{
    std::exclusive_scan(counts.begin(), counts.end(), counts.begin(), std::uint32_t{0});
    return counts;
}

std::vector<std::uint32_t> memberStarts(const cluster::Partition& partition)
{
    std::vector<std::uint32_t> counts(partition.clusterCount + 1, 0);
    for (const base::ClusterId id : partition.clusterOf)
        ++counts[base::toIndex(id)];
    return startsFromCounts(std::move(counts));
}

/// The members of every cluster, words ascending inside a cluster: two counting sorts, because sorting the
/// words of every cluster takes most of the time that a slider has.
std::vector<std::uint32_t> rowsByWordAndCluster(const corpus::TokenTable& tokens,
    const cluster::Partition& partition, const std::vector<std::uint32_t>& memberStart)
{
    const auto rows = tokens.rows();
    std::vector<std::uint32_t> counts(tokens.corpus().parts().vocabulary.size() + 1, 0);
    for (const corpus::Token& token : rows)
        ++counts[base::toIndex(token.word)];
    std::vector<std::uint32_t> next = startsFromCounts(std::move(counts));
    std::vector<std::uint32_t> rowsByWord(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        rowsByWord[next[base::toIndex(rows[row].word)]++] = static_cast<std::uint32_t>(row);

    std::vector<std::uint32_t> rowsByCluster(rows.size());
    std::vector<std::uint32_t> nextInCluster(memberStart);
    for (const std::uint32_t row : rowsByWord)
        rowsByCluster[nextInCluster[base::toIndex(partition.clusterOf[row])]++] = row;
    return rowsByCluster;
}

/// The rows of one word of a cluster.
struct WordRows {
    WordCount count;
    std::size_t first = 0;
};

/// The distinct words of one cluster, whose rows come with ascending words, most frequent first.
void collectWords(
    const corpus::TokenTable& tokens, std::span<const std::uint32_t> rows, std::vector<WordRows>& words)
{
    words.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const base::WordId word = tokens.rows()[rows[i]].word;
        if (words.empty() || words.back().count.word != word)
            words.push_back({{word, 0}, i});
        ++words.back().count.count;
    }
    std::sort(words.begin(), words.end(), [](const WordRows& a, const WordRows& b) {
        return a.count.count != b.count.count ? a.count.count > b.count.count : a.first < b.first;
    });
}

std::vector<std::uint32_t> countClasses(const corpus::TokenTable& tokens, const cluster::Partition& partition)
{
    const std::size_t classes = tokens.corpus().classNames().size();
    std::vector<std::uint32_t> counts(partition.clusterCount * classes, 0);
    if (classes == 0)
        return counts;
    for (std::size_t row = 0; row < tokens.size(); ++row) {
        const std::int32_t value = tokens.classOf(base::toId<base::TokenId>(row));
        if (value != corpus::kNoClass)
            ++counts[base::toIndex(partition.clusterOf[row]) * classes + static_cast<std::size_t>(value)];
    }
    return counts;
}

} // namespace

std::shared_ptr<const ConceptSet> ConceptSet::make(
    std::shared_ptr<const corpus::TokenTable> tokens, cluster::Partition partition)
{
    std::shared_ptr<ConceptSet> set(new ConceptSet);
    set->m_memberStart = memberStarts(partition);
    set->m_members.resize(tokens->size());
    std::vector<std::uint32_t> next(set->m_memberStart);
    for (std::size_t row = 0; row < tokens->size(); ++row) {
        const std::size_t id = base::toIndex(partition.clusterOf[row]);
        set->m_members[next[id]++] = base::toId<base::TokenId>(row);
    }

    const std::vector<std::uint32_t> rows = rowsByWordAndCluster(*tokens, partition, set->m_memberStart);
    set->m_membersByWord.reserve(rows.size());
    std::vector<WordRows> words;
    set->m_wordStart.reserve(partition.clusterCount + 1);
    set->m_wordStart.push_back(0);
    for (std::size_t id = 0; id < partition.clusterCount; ++id) {
        const std::size_t begin = set->m_memberStart[id];
        const std::size_t count = set->m_memberStart[id + 1] - begin;
        const auto ofCluster = std::span(rows).subspan(begin, count);
        collectWords(*tokens, ofCluster, words);
        for (const WordRows& word : words) {
            set->m_words.push_back(word.count);
            for (const std::uint32_t row : ofCluster.subspan(word.first, word.count.count))
                set->m_membersByWord.push_back(base::toId<base::TokenId>(row));
        }
        set->m_wordStart.push_back(static_cast<std::uint32_t>(set->m_words.size()));
    }
    set->m_words.shrink_to_fit();

    set->m_classCounts = countClasses(*tokens, partition);
    set->m_tokens = std::move(tokens);
    set->m_partition = std::move(partition);
    return set;
}

base::ClusterId ConceptSet::conceptOf(base::TokenId token) const
{
    return m_partition.clusterOf[base::toIndex(token)];
}

std::span<const base::TokenId> ConceptSet::members(base::ClusterId id) const
{
    const std::size_t begin = m_memberStart[base::toIndex(id)];
    return std::span(m_members).subspan(begin, m_memberStart[base::toIndex(id) + 1] - begin);
}

std::span<const base::TokenId> ConceptSet::membersByWord(base::ClusterId id) const
{
    const std::size_t begin = m_memberStart[base::toIndex(id)];
    return std::span(m_membersByWord).subspan(begin, m_memberStart[base::toIndex(id) + 1] - begin);
}

base::ClusterId ConceptSet::largest() const
{
    std::size_t best = 0;
    for (std::size_t id = 1; id < conceptCount(); ++id) {
        if (size(base::toId<base::ClusterId>(id)) > size(base::toId<base::ClusterId>(best)))
            best = id;
    }
    return base::toId<base::ClusterId>(best);
}

std::span<const WordCount> ConceptSet::words(base::ClusterId id) const
{
    const std::size_t begin = m_wordStart[base::toIndex(id)];
    return std::span(m_words).subspan(begin, m_wordStart[base::toIndex(id) + 1] - begin);
}

std::span<const std::uint32_t> ConceptSet::classCounts(base::ClusterId id) const
{
    const std::size_t classes = m_tokens->corpus().classNames().size();
    return std::span(m_classCounts).subspan(base::toIndex(id) * classes, classes);
}

std::optional<std::size_t> taskClass(const ConceptSet& concepts, base::ClusterId id, double theta)
{
    const auto counts = concepts.classCounts(id);
    if (counts.empty())
        return std::nullopt;
    const auto largest = std::max_element(counts.begin(), counts.end());
    // Divide, do not multiply θ: 7 of 100 at 0.07 must pass, and 0.07 · 100 is above 7.
    const double share = static_cast<double>(*largest) / static_cast<double>(concepts.size(id));
    if (*largest == 0 || share < theta)
        return std::nullopt;
    return static_cast<std::size_t>(largest - counts.begin());
}

std::vector<std::size_t> countTaskConcepts(const ConceptSet& concepts, double theta)
{
    std::vector<std::size_t> counts(concepts.tokens().corpus().classNames().size(), 0);
    for (std::size_t i = 0; i < concepts.conceptCount(); ++i) {
        const auto id = base::toId<base::ClusterId>(i);
        if (concepts.size(id) < kMinimumTaskConceptSize)
            continue;
        if (const auto task = taskClass(concepts, id, theta))
            ++counts[*task];
    }
    return counts;
}

} // namespace palimpsest::concepts
