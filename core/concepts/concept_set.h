#pragma once
// The latent concepts of one model's layer at one K: members, words, classes.
// Thread: immutable; share by shared_ptr<const ConceptSet>.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/ids.h"
#include "cluster/linkage.h"
#include "corpus/token_table.h"

namespace palimpsest::concepts {

struct WordCount {
    base::WordId word{};
    std::uint32_t count = 0;
};

class ConceptSet {
public:
    /// `partition` has one cluster per row of `tokens`. O(rows · log).
    [[nodiscard]] static std::shared_ptr<const ConceptSet> make(
        std::shared_ptr<const corpus::TokenTable> tokens, cluster::Partition partition);

    [[nodiscard]] std::size_t conceptCount() const { return m_partition.clusterCount; }
    [[nodiscard]] const corpus::TokenTable& tokens() const { return *m_tokens; }
    [[nodiscard]] base::ClusterId conceptOf(base::TokenId token) const;
    /// Members in corpus order; never empty.
    [[nodiscard]] std::span<const base::TokenId> members(base::ClusterId id) const;
    [[nodiscard]] std::size_t size(base::ClusterId id) const { return members(id).size(); }
    /// The concept with most members, of equals the smallest id; there must be one. O(concepts).
    [[nodiscard]] base::ClusterId largest() const;
    /// Distinct words, most frequent first; equal counts in order of the vocabulary.
    [[nodiscard]] std::span<const WordCount> words(base::ClusterId id) const;
    /// Members word after word: those of words(id)[0] first, each word's in corpus order.
    [[nodiscard]] std::span<const base::TokenId> membersByWord(base::ClusterId id) const;
    /// Members per class of the corpus, in order of Corpus::classNames; members without a class are in none.
    [[nodiscard]] std::span<const std::uint32_t> classCounts(base::ClusterId id) const;

private:
    ConceptSet() = default;
    std::shared_ptr<const corpus::TokenTable> m_tokens;
    cluster::Partition m_partition;
    std::vector<std::uint32_t> m_memberStart;
    std::vector<base::TokenId> m_members;
    std::vector<base::TokenId> m_membersByWord;
    std::vector<std::uint32_t> m_wordStart;
    std::vector<WordCount> m_words;
    std::vector<std::uint32_t> m_classCounts; ///< [concept, class]
};

/// Concepts smaller than this are not counted as task concepts in summaries: with two classes a pair of
/// occurrences is pure by chance half the time.
inline constexpr std::size_t kMinimumTaskConceptSize = 5;

/// The class that at least `theta` of all members come from, if there is one (theta > 0.5 makes it unique;
/// below, the largest share wins and ties go to the smaller class). Durrani et al. 2022, section 3.3.
[[nodiscard]] std::optional<std::size_t> taskClass(
    const ConceptSet& concepts, base::ClusterId id, double theta);

/// How many concepts with at least kMinimumTaskConceptSize members are task concepts, per class.
[[nodiscard]] std::vector<std::size_t> countTaskConcepts(const ConceptSet& concepts, double theta);

} // namespace palimpsest::concepts
