#pragma once
// The sentences that are analysed: words, classes, and where each sentence stood in its file.
// Thread: immutable; share by shared_ptr<const Corpus>.

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/result.h"

namespace palimpsest::corpus {

/// Class of a sentence whose file has no label column.
inline constexpr std::int32_t kNoClass = -1;

/// More different classes than this are no classification but an identifier or a measurement.
inline constexpr std::size_t kMaxClasses = 1000;

/// The arrays a Corpus consists of; also what the project file stores.
struct CorpusParts {
    std::vector<std::string> vocabulary; ///< WordId → word, in order of first appearance, all different
    std::vector<std::uint32_t> words; ///< WordIds of all sentences, one after the other
    std::vector<std::uint32_t>
        sentenceStart; ///< sentence s is words[sentenceStart[s] .. sentenceStart[s+1]); size sentences + 1
    std::vector<std::int32_t> sentenceClass; ///< index into classNames or kNoClass; one per sentence
    std::vector<std::uint32_t> sourceLine; ///< line of the file, from 1; one per sentence
    std::vector<std::string> classNames; ///< sorted: as numbers if all are numbers, else by bytes
    /// Of sentence pairs, how many of each sentence's words belong to its first text; empty: no pairs.
    std::vector<std::uint32_t> firstTextWords{};
};

class Corpus {
public:
    /// Checks every index and size. Fails with Malformed (the parts may come from a damaged project file).
    [[nodiscard]] static base::Result<std::shared_ptr<const Corpus>> fromParts(CorpusParts parts);

    [[nodiscard]] std::size_t sentenceCount() const { return m_parts.sentenceClass.size(); }
    [[nodiscard]] std::size_t wordCount() const { return m_parts.words.size(); } ///< occurrences, not types
    [[nodiscard]] std::span<const std::uint32_t> wordsOf(base::SentenceId sentence) const;
    [[nodiscard]] std::string_view word(base::WordId word) const
    {
        return m_parts.vocabulary[base::toIndex(word)];
    }
    /// Sentences are pairs of texts, such as premise and hypothesis; a pair's words follow each other.
    [[nodiscard]] bool hasPairs() const { return !m_parts.firstTextWords.empty(); }
    /// Words of a pair's first text; all words where there are no pairs.
    [[nodiscard]] std::size_t firstTextWords(base::SentenceId sentence) const;
    [[nodiscard]] std::int32_t classOf(base::SentenceId sentence) const;
    [[nodiscard]] const std::vector<std::string>& classNames() const { return m_parts.classNames; }
    /// Words joined by one space: what a tokenizer is given.
    [[nodiscard]] std::string text(base::SentenceId sentence) const;
    [[nodiscard]] const CorpusParts& parts() const { return m_parts; }

private:
    explicit Corpus(CorpusParts parts);
    CorpusParts m_parts;
};

} // namespace palimpsest::corpus
