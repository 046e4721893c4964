#pragma once
// Which word occurrences are analysed. Row = TokenId, the join key of both models' activations everywhere.
// Thread: immutable; share by shared_ptr<const TokenTable>.

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "corpus/corpus.h"

namespace palimpsest::corpus {

struct Token {
    base::SentenceId sentence{};
    std::uint32_t position = 0; ///< word of the sentence, from 0
    base::WordId word{};
};

/// ConceptX's frequency filter (frequency_filter_data.py): an occurrence is dropped when its word's count in
/// the corpus exceeds `maxFrequency`; else kept while the count is at least `minFrequency` and fewer than
/// `maxOccurrences` of the word have been kept so far (the first occurrences win).
struct FrequencyFilter {
    std::uint32_t minFrequency = 0;
    std::uint32_t maxOccurrences = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t maxFrequency = std::numeric_limits<std::uint32_t>::max();
};

/// An occurrence named by place.
struct WordPlace {
    base::SentenceId sentence{};
    std::uint32_t position = 0;
};

class TokenTable {
public:
    /// Rows must be in corpus order and agree with the corpus. Fails with Malformed.
    [[nodiscard]] static base::Result<std::shared_ptr<const TokenTable>> fromRows(
        std::shared_ptr<const Corpus> corpus, std::vector<Token> rows);

    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    [[nodiscard]] const Token& token(base::TokenId id) const { return m_rows[base::toIndex(id)]; }
    [[nodiscard]] std::span<const Token> rows() const { return m_rows; }
    [[nodiscard]] const Corpus& corpus() const { return *m_corpus; }
    [[nodiscard]] const std::shared_ptr<const Corpus>& sharedCorpus() const { return m_corpus; }
    /// Class of the sentence that the occurrence stands in, or kNoClass.
    [[nodiscard]] std::int32_t classOf(base::TokenId id) const
    {
        return m_corpus->classOf(token(id).sentence);
    }

private:
    TokenTable(std::shared_ptr<const Corpus> corpus, std::vector<Token> rows);
    std::shared_ptr<const Corpus> m_corpus;
    std::vector<Token> m_rows;
};

/// The rows that pass the filter, in corpus order. `leftOut` (sorted by place) names occurrences that cannot
/// be analysed (no subword, beyond the model's length); they count towards a word's corpus frequency but take
/// no place among its kept occurrences. Fails with TooFewRows when fewer than two rows remain.
[[nodiscard]] base::Result<std::shared_ptr<const TokenTable>> filterOccurrences(
    std::shared_ptr<const Corpus> corpus, const FrequencyFilter& filter, std::span<const WordPlace> leftOut);

} // namespace palimpsest::corpus
