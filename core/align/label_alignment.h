#pragma once
// Latent concepts against human-defined labels: the label that most members of a concept share.
// Thread: immutable results; functions are reentrant.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "align/alignment.h"
#include "base/ids.h"
#include "concepts/concept_set.h"
#include "label/label_table.h"

namespace palimpsest::align {

struct LabelCount {
    label::LabelId label = 0;
    std::uint32_t count = 0;
};

/// How often each label occurs in each concept. Independent of θ, so a θ slider never rebuilds it.
class LabelCounts {
public:
    /// `table` must have one row per row of the concepts' tokens. Counted are members (Measure::Occurrence),
    /// or distinct words (Measure::Type), which carry a label when at least half of their members here do.
    /// O(rows + labels of all rows).
    [[nodiscard]] static std::shared_ptr<const LabelCounts> make(const concepts::ConceptSet& concepts,
        std::shared_ptr<const label::LabelTable> table, Measure measure);

    [[nodiscard]] const label::LabelTable& table() const { return *m_table; }
    [[nodiscard]] std::size_t conceptCount() const { return m_size.size(); }
    /// Members or distinct words of a concept.
    [[nodiscard]] std::uint32_t size(base::ClusterId id) const { return m_size[base::toIndex(id)]; }
    [[nodiscard]] std::uint32_t types(base::ClusterId id) const { return m_types[base::toIndex(id)]; }
    /// Of these, how many have no label, or only labels that say none.
    [[nodiscard]] std::uint32_t unlabelled(base::ClusterId id) const
    {
        return m_unlabelled[base::toIndex(id)];
    }
    /// Labels that occur in a concept with their counts, by ascending label; those that say none are left
    /// out.
    [[nodiscard]] std::span<const LabelCount> cells(base::ClusterId id) const;
    /// The same by falling counts, equal ones by ascending label. O(cells · log).
    [[nodiscard]] std::vector<LabelCount> distribution(base::ClusterId id) const;
    /// The first of distribution(); a count of 0 where no member is labelled.
    [[nodiscard]] LabelCount best(base::ClusterId id) const { return m_best[base::toIndex(id)]; }

private:
    LabelCounts() = default;
    void countDense(const concepts::ConceptSet& concepts);
    void countOccurrences(const concepts::ConceptSet& concepts);
    void countTypes(const concepts::ConceptSet& concepts);
    void addConcept(std::span<std::uint32_t> counts, std::vector<label::LabelId>& touched, bool sparse);
    void endConcept(std::size_t firstCell);
    std::shared_ptr<const label::LabelTable> m_table;
    std::vector<std::uint32_t> m_size, m_types, m_unlabelled, m_start;
    std::vector<LabelCount> m_cells, m_best;
};

struct LabelOptions {
    double theta = 0.9; ///< in (0, 1]
    bool strict = false; ///< share > θ instead of share ≥ θ
    double maxUnknown = 0.4; ///< a concept whose unlabelled share is larger aligns with nothing
    std::uint32_t minimumTypes = 1; ///< a concept of fewer distinct words aligns with nothing
};

/// A concept and its best label of one set: the most frequent one, ties to the smaller id; where the longest
/// wins (LabelTable::longestWins), the longest of those that align.
struct LabelMatch {
    std::optional<label::LabelId> best; ///< none where no member is labelled
    std::uint32_t count = 0;
    double share = 0.0; ///< count / size
    double unknown = 0.0; ///< unlabelled / size
    bool aligned = false;
};

/// Matches of all concepts, by concept id. O(concepts), or O(cells) where the longest label wins.
[[nodiscard]] std::vector<LabelMatch> matchLabels(const LabelCounts& counts, const LabelOptions& options);

[[nodiscard]] std::size_t countAligned(std::span<const LabelMatch> matches);

/// Concepts that would align with a θ lower by `margin`, best share first (ties: smaller id).
[[nodiscard]] std::vector<base::ClusterId> nearMisses(
    const LabelCounts& counts, const LabelOptions& options, double margin);

/// What becomes of one label.
struct LabelCoverage {
    label::LabelId label = 0;
    std::uint32_t occurrences = 0; ///< rows that carry it
    std::uint32_t concepts = 0; ///< concepts aligned with it as their best label
    std::uint32_t covered = 0; ///< of `occurrences`, those inside of these concepts
};

/// One entry per label of the set that does not say none, most frequent first (ties: smaller id). Entries
/// with `concepts` = 0 are the labels that no concept carries. O(rows + labels of all rows).
[[nodiscard]] std::vector<LabelCoverage> coverage(const concepts::ConceptSet& concepts,
    const label::LabelTable& table, std::span<const LabelMatch> matches);

} // namespace palimpsest::align
