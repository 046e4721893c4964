#pragma once
// A corpus as one model's tokenizer sees it: pieces per sentence, and which words it cannot represent.
// Thread: immutable after encodeCorpus(); share freely.

#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "corpus/corpus.h"
#include "corpus/token_table.h"
#include "model/sentence_pieces.h"
#include "tokenizer/word_alignment.h"

namespace palimpsest::pipeline {

struct EncodedCorpus {
    std::vector<tokenizer::WordPieces> sentences; ///< by SentenceId
    std::vector<corpus::WordPlace> leftOut; ///< words without a piece or beyond the length, in corpus order
    std::size_t cutSentences = 0; ///< sentences that were longer than the model takes

    /// Views of the sentences as model, activation and probe take them; valid as long as this object.
    [[nodiscard]] std::vector<model::SentencePieces> pieces() const;
};

/// Encodes every sentence as one string of words joined by spaces and cuts it to `maxPieces` (special tokens
/// included). Polls ctx; progress counts sentences. Fails with Cancelled.
[[nodiscard]] base::Result<EncodedCorpus> encodeCorpus(const corpus::Corpus& corpus,
    const tokenizer::Tokenizer& tokenizer, std::size_t maxPieces, const base::JobContext& ctx);

/// One sentence for the person: how many words were left out, and the first few of them; empty when none
/// were.
[[nodiscard]] std::string leftOutWarning(
    const corpus::Corpus& corpus, const std::vector<corpus::WordPlace>& leftOut, std::size_t cutSentences);

} // namespace palimpsest::pipeline
