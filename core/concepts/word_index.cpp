#include "concepts/word_index.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include <unicode/unistr.h>

namespace palimpsest::concepts {

namespace {

std::string folded(std::string_view text)
{
    std::string out;
    icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())))
        .foldCase()
        .toUTF8String(out);
    return out;
}

} // namespace

std::shared_ptr<const WordIndex> WordIndex::make(std::shared_ptr<const corpus::TokenTable> tokens)
{
    const std::shared_ptr<WordIndex> index(new WordIndex);
    const auto& vocabulary = tokens->corpus().parts().vocabulary;
    index->m_start.assign(vocabulary.size() + 1, 0);
    for (const corpus::Token& token : tokens->rows())
        ++index->m_start[base::toIndex(token.word)];
    for (std::size_t word = 0; word < vocabulary.size(); ++word) {
        if (index->m_start[word] > 0)
            index->m_sorted.emplace_back(folded(vocabulary[word]), base::toId<base::WordId>(word));
    }
    std::sort(index->m_sorted.begin(), index->m_sorted.end());
    std::exclusive_scan(
        index->m_start.begin(), index->m_start.end(), index->m_start.begin(), std::uint32_t{0});
    std::vector<std::uint32_t> next(index->m_start);
    index->m_occurrences.resize(tokens->size());
    for (std::size_t row = 0; row < tokens->size(); ++row) {
        const std::size_t word = base::toIndex(tokens->rows()[row].word);
        index->m_occurrences[next[word]++] = base::toId<base::TokenId>(row);
    }
    index->m_tokens = std::move(tokens);
    return index;
}

std::vector<base::WordId> WordIndex::find(std::string_view prefix, std::size_t limit) const
{
    const std::string wanted = folded(prefix);
    std::vector<base::WordId> exact, longer;
    if (wanted.empty())
        return exact;
    auto at = std::lower_bound(m_sorted.begin(), m_sorted.end(), wanted,
        [](const auto& entry, const std::string& text) { return entry.first < text; });
    for (; at != m_sorted.end() && at->first.starts_with(wanted); ++at)
        (at->first.size() == wanted.size() ? exact : longer).push_back(at->second);
    const auto frequentFirst = [this](base::WordId a, base::WordId b) {
        const std::size_t countA = occurrences(a).size(), countB = occurrences(b).size();
        return countA != countB ? countA > countB : a < b;
    };
    std::sort(exact.begin(), exact.end(), frequentFirst);
    std::sort(longer.begin(), longer.end(), frequentFirst);
    exact.insert(exact.end(), longer.begin(), longer.end());
    exact.resize(std::min(exact.size(), limit));
    return exact;
}

std::optional<base::WordId> WordIndex::exactly(std::string_view word) const
{
    for (const base::WordId id : find(word, m_sorted.size())) {
        if (m_tokens->corpus().word(id) == word)
            return id;
    }
    return std::nullopt;
}

std::span<const base::TokenId> WordIndex::occurrences(base::WordId word) const
{
    const std::size_t at = base::toIndex(word);
    return std::span(m_occurrences).subspan(m_start[at], m_start[at + 1] - m_start[at]);
}

std::vector<ConceptShare> conceptsOfOccurrences(
    const ConceptSet& concepts, std::span<const base::TokenId> occurrences)
{
    std::vector<std::uint32_t> counts(concepts.conceptCount(), 0);
    for (const base::TokenId token : occurrences)
        ++counts[base::toIndex(concepts.conceptOf(token))];
    std::vector<ConceptShare> shares;
    for (std::size_t id = 0; id < counts.size(); ++id) {
        if (counts[id] > 0)
            shares.push_back({base::toId<base::ClusterId>(id), counts[id]});
    }
    std::stable_sort(shares.begin(), shares.end(),
        [](const ConceptShare& a, const ConceptShare& b) { return a.count > b.count; });
    return shares;
}

} // namespace palimpsest::concepts
