#pragma once
// Counting the labels of one set of members: the inner loop of alignment, chance and bootstrap; private to
// core/align. Thread: a counter belongs to one thread.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "align/alignment.h"
#include "align/label_alignment.h"
#include "corpus/token_table.h"
#include "label/label_table.h"

namespace palimpsest::align {

/// The rows of all concepts, one concept after the other; a partition whose members may be shuffled.
struct MemberList {
    std::vector<std::uint32_t> start; ///< concepts + 1
    std::vector<base::TokenId> members;

    [[nodiscard]] static MemberList of(const concepts::ConceptSet& concepts);
    [[nodiscard]] std::size_t conceptCount() const { return start.size() - 1; }
    [[nodiscard]] std::span<const base::TokenId> membersOf(std::size_t index) const
    {
        return std::span(members).subspan(start[index], start[index + 1] - start[index]);
    }
};

/// Every row counts once.
struct UnitWeight {
    std::uint32_t operator()(base::TokenId) const { return 1; }
};

class LabelCounter {
public:
    LabelCounter(const corpus::TokenTable& tokens, const label::LabelTable& table, Measure measure);

    /// Counts `members`, each `weight(row)` times; a type counts once while its weight is not zero.
    template <typename Weight>
    void count(std::span<const base::TokenId> members, const Weight& weight);

    // Results of the last count().
    [[nodiscard]] std::uint32_t size() const { return m_size; }
    [[nodiscard]] std::uint32_t types() const { return m_types; }
    [[nodiscard]] std::uint32_t unlabelled() const { return m_unlabelled; }
    /// Labels that were met, in no particular but a deterministic order, with their counts. None says none.
    [[nodiscard]] std::span<const label::LabelId> touched() const { return m_touched; }
    [[nodiscard]] std::uint32_t countOf(label::LabelId label) const { return m_counts[label]; }

private:
    template <typename Weight>
    void countOccurrences(std::span<const base::TokenId> members, const Weight& weight);
    template <typename Weight>
    void countTypes(std::span<const base::TokenId> members, const Weight& weight);

    /// Fills m_byWord and m_wordStart: members of one word after the other, words by first appearance.
    void groupByWord(std::span<const base::TokenId> members);

    const corpus::TokenTable& m_tokens;
    const label::LabelTable& m_table;
    Measure m_measure;
    std::vector<std::uint32_t> m_counts; ///< by label
    std::vector<label::LabelId> m_touched;
    std::vector<std::uint32_t> m_ofWord; ///< by label, while one word's members are counted
    std::vector<label::LabelId> m_touchedOfWord;
    std::vector<std::uint32_t> m_seen; ///< by word: number of the count() that saw it
    std::uint32_t m_round = 0;
    std::vector<std::uint32_t> m_slot; ///< by word: its number within the group, where m_seen is this round's
    std::vector<base::TokenId> m_byWord;
    std::vector<std::uint32_t> m_wordStart, m_wordEnd;
    std::uint32_t m_size = 0, m_types = 0, m_unlabelled = 0;
};

template <typename Weight>
void LabelCounter::count(std::span<const base::TokenId> members, const Weight& weight)
{
    for (const label::LabelId label : m_touched)
        m_counts[label] = 0;
    m_touched.clear();
    m_size = m_types = m_unlabelled = 0;
    if (m_measure == Measure::Occurrence)
        countOccurrences(members, weight);
    else
        countTypes(members, weight);
}

template <typename Weight>
void LabelCounter::countOccurrences(std::span<const base::TokenId> members, const Weight& weight)
{
    ++m_round;
    for (const base::TokenId row : members) {
        const std::uint32_t times = weight(row);
        if (times == 0)
            continue;
        m_size += times;
        std::uint32_t& seen = m_seen[base::toIndex(m_tokens.token(row).word)];
        m_types += seen == m_round ? 0 : 1;
        seen = m_round;
        bool any = false;
        for (const label::LabelId label : m_table.labelsOf(row)) {
            if (m_table.saysNone(label))
                continue;
            any = true;
            if (m_counts[label] == 0)
                m_touched.push_back(label);
            m_counts[label] += times;
        }
        m_unlabelled += any ? 0 : times;
    }
}

template <typename Weight>
void LabelCounter::countTypes(std::span<const base::TokenId> members, const Weight& weight)
{
    groupByWord(members);
    for (std::size_t word = 0; word + 1 < m_wordStart.size(); ++word) {
        std::uint32_t total = 0;
        for (std::uint32_t i = m_wordStart[word]; i < m_wordStart[word + 1]; ++i) {
            const std::uint32_t times = weight(m_byWord[i]);
            total += times;
            for (const label::LabelId label : m_table.labelsOf(m_byWord[i])) {
                if (times == 0 || m_table.saysNone(label))
                    continue;
                if (m_ofWord[label] == 0)
                    m_touchedOfWord.push_back(label);
                m_ofWord[label] += times;
            }
        }
        bool any = false;
        for (const label::LabelId label : m_touchedOfWord) {
            if (2 * m_ofWord[label] >= total) {
                any = true;
                if (m_counts[label] == 0)
                    m_touched.push_back(label);
                ++m_counts[label];
            }
            m_ofWord[label] = 0;
        }
        m_touchedOfWord.clear();
        m_size += total > 0 ? 1 : 0;
        m_unlabelled += total > 0 && !any ? 1 : 0;
    }
    m_types = m_size;
}

/// True where a share of `count` in `size` reaches θ.
[[nodiscard]] bool reaches(std::uint32_t count, std::uint32_t size, const LabelOptions& options);
/// False where too little is known of a concept, or it has too few words, to align with anything.
[[nodiscard]] bool passesGates(
    std::uint32_t size, std::uint32_t types, std::uint32_t unlabelled, const LabelOptions& options);
/// Whether what the counter holds aligns with any label.
[[nodiscard]] bool aligns(const LabelCounter& counter, const LabelOptions& options);
/// The label that it aligns with, by matchLabels' rules; none where aligns() is false.
[[nodiscard]] std::optional<label::LabelId> alignedLabel(
    const LabelCounter& counter, const label::LabelTable& table, const LabelOptions& options);

} // namespace palimpsest::align
