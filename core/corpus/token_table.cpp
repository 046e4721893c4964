#include "corpus/token_table.h"

#include <string>
#include <utility>

namespace palimpsest::corpus {

namespace {

std::uint64_t placeKey(base::SentenceId sentence, std::uint32_t position)
{
    return (static_cast<std::uint64_t>(sentence) << 32) | position;
}

base::Error malformedRow(std::size_t row, const char* what)
{
    return {base::ErrorCode::Malformed,
        "The stored occurrences are damaged: row " + std::to_string(row) + " " + what
            + "; run the study again"};
}

std::vector<std::uint32_t> countWordsOf(const Corpus& corpus)
{
    std::vector<std::uint32_t> counts(corpus.parts().vocabulary.size(), 0);
    for (const std::uint32_t word : corpus.parts().words)
        ++counts[word];
    return counts;
}

} // namespace

TokenTable::TokenTable(std::shared_ptr<const Corpus> corpus, std::vector<Token> rows)
    : m_corpus(std::move(corpus))
    , m_rows(std::move(rows))
{
}

base::Result<std::shared_ptr<const TokenTable>> TokenTable::fromRows(
    std::shared_ptr<const Corpus> corpus, std::vector<Token> rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Token& token = rows[i];
        if (base::toIndex(token.sentence) >= corpus->sentenceCount())
            return malformedRow(i, "names a sentence that the corpus does not have");
        const auto words = corpus->wordsOf(token.sentence);
        if (token.position >= words.size() || words[token.position] != base::toIndex(token.word))
            return malformedRow(i, "names another word than the corpus has there");
        if (i > 0
            && placeKey(token.sentence, token.position)
                <= placeKey(rows[i - 1].sentence, rows[i - 1].position))
            return malformedRow(i, "is not in the order of the corpus");
    }
    return std::shared_ptr<const TokenTable>(new TokenTable(std::move(corpus), std::move(rows)));
}

base::Result<std::shared_ptr<const TokenTable>> filterOccurrences(
    std::shared_ptr<const Corpus> corpus, const FrequencyFilter& filter, std::span<const WordPlace> leftOut)
{
    const std::vector<std::uint32_t> frequency = countWordsOf(*corpus);
    std::vector<std::uint32_t> kept(frequency.size(), 0);
    std::vector<Token> rows;
    auto skip = leftOut.begin();
    for (std::size_t s = 0; s < corpus->sentenceCount(); ++s) {
        const auto sentence = base::toId<base::SentenceId>(s);
        const auto words = corpus->wordsOf(sentence);
        for (std::uint32_t position = 0; position < words.size(); ++position) {
            const std::uint64_t here = placeKey(sentence, position);
            while (skip != leftOut.end() && placeKey(skip->sentence, skip->position) < here)
                ++skip;
            if (skip != leftOut.end() && placeKey(skip->sentence, skip->position) == here)
                continue;
            const std::uint32_t word = words[position];
            if (frequency[word] > filter.maxFrequency || frequency[word] < filter.minFrequency
                || kept[word] >= filter.maxOccurrences)
                continue;
            ++kept[word];
            rows.push_back({sentence, position, base::toId<base::WordId>(word)});
        }
    }
    if (rows.size() < 2) {
        return base::Error{base::ErrorCode::TooFewRows,
            "Only " + std::to_string(rows.size()) + " of the " + std::to_string(corpus->wordCount())
                + " word occurrences pass the frequency filter, and clustering needs at least two; "
                  "widen the filter or give a larger corpus"};
    }
    return TokenTable::fromRows(std::move(corpus), std::move(rows));
}

} // namespace palimpsest::corpus
