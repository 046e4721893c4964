#pragma once
// From words to their occurrences and concepts: what a search asks for.
// Thread: immutable; share by shared_ptr<const WordIndex>.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "concepts/concept_set.h"
#include "corpus/token_table.h"

namespace palimpsest::concepts {

class WordIndex {
public:
    /// O(rows + words · log).
    [[nodiscard]] static std::shared_ptr<const WordIndex> make(
        std::shared_ptr<const corpus::TokenTable> tokens);

    /// Words with occurrences that begin with `prefix`, letter case ignored (Unicode full case folding): the
    /// word itself first, then by occurrences, ties by id. At most `limit`; empty for an empty prefix.
    /// O(log words + hits).
    [[nodiscard]] std::vector<base::WordId> find(std::string_view prefix, std::size_t limit) const;
    /// The word spelled exactly so; nothing when it has no occurrences.
    [[nodiscard]] std::optional<base::WordId> exactly(std::string_view word) const;
    /// In corpus order.
    [[nodiscard]] std::span<const base::TokenId> occurrences(base::WordId word) const;
    [[nodiscard]] const std::shared_ptr<const corpus::TokenTable>& tokens() const { return m_tokens; }

private:
    WordIndex() = default;
    std::shared_ptr<const corpus::TokenTable> m_tokens;
    std::vector<std::pair<std::string, base::WordId>> m_sorted; ///< by folded text, then id
    std::vector<std::uint32_t> m_start; ///< by word
    std::vector<base::TokenId> m_occurrences;
};

/// How many of some occurrences a concept holds.
struct ConceptShare {
    base::ClusterId id{};
    std::uint32_t count = 0;
};

/// Concepts that hold any of the occurrences, most first, ties by id. O(occurrences + concepts).
[[nodiscard]] std::vector<ConceptShare> conceptsOfOccurrences(
    const ConceptSet& concepts, std::span<const base::TokenId> occurrences);

} // namespace palimpsest::concepts
