#pragma once
// A corpus as one model's tokenizer sees it: pieces per sentence, and which words it cannot represent.
// Thread: immutable after encodeCorpus(); share freely.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "corpus/corpus.h"
#include "corpus/token_table.h"
#include "model/sentence_pieces.h"
#include "tokenizer/word_alignment.h"

namespace palimpsest::pipeline {

/// What happens to a sentence that is longer than the model takes.
enum class LongSentences : std::uint8_t {
    Cut, ///< its last words are left out, as in NeuroX; the default, for the same numbers
    Window, ///< it is read in overlapping windows (tokenizer::splitIntoWindows)
};

struct EncodeOptions {
    std::size_t maxPieces = 0; ///< special tokens included
    LongSentences longSentences = LongSentences::Cut;
    bool causal = false; ///< the model is a decoder
};

struct EncodedCorpus {
    std::vector<tokenizer::WordPieces>
        sentences; ///< what models read: by SentenceId, unless windows follow one
    std::vector<std::size_t> firsts; ///< by SentenceId: its first entry of `sentences`; one more at the end
    std::vector<std::uint32_t> firstWords; ///< of each entry of `sentences`: 0 except for later windows
    std::vector<corpus::WordPlace> leftOut; ///< words without a piece or beyond the length, in corpus order
    std::size_t cutSentences = 0; ///< sentences that were longer than the model takes, and were cut
    std::size_t windowedSentences = 0; ///< that were longer, and are read in windows

    /// Views of the sentences as model, activation and probe take them; valid as long as this object.
    [[nodiscard]] std::vector<model::SentencePieces> pieces() const;
    /// The entry of `sentences` that a word belongs to.
    [[nodiscard]] std::uint32_t entryOf(const corpus::WordPlace& place) const;
};

/// Encodes every sentence as one string of words joined by spaces, a pair as two (tokenizer::encodePair).
/// Polls ctx; progress counts sentences. Fails with Cancelled; with Unsupported where the tokenizer has no
/// usable form for pairs.
[[nodiscard]] base::Result<EncodedCorpus> encodeCorpus(const corpus::Corpus& corpus,
    const tokenizer::Tokenizer& tokenizer, const EncodeOptions& options, const base::JobContext& ctx);

/// Every word that is not left out, in corpus order.
[[nodiscard]] std::vector<corpus::WordPlace> wordsWithPieces(
    const corpus::Corpus& corpus, const EncodedCorpus& encoded);

/// One sentence for the person: how many words were left out, and the first few of them; empty when none
/// were.
[[nodiscard]] std::string leftOutWarning(
    const corpus::Corpus& corpus, const std::vector<corpus::WordPlace>& leftOut, std::size_t cutSentences);

/// One sentence about sentences that are read in windows; empty where there are none.
[[nodiscard]] std::string windowsWarning(std::size_t windowedSentences);

} // namespace palimpsest::pipeline
