#pragma once
// A sentence that somebody typed, as a model reads it.
// Thread: reentrant.

#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "probe/attribution.h"
#include "tokenizer/tokenizer.h"
#include "tokenizer/word_alignment.h"

namespace palimpsest::pipeline {

/// Words separated by runs of space, tab and line end; views of `text`.
[[nodiscard]] std::vector<std::string_view> splitWords(std::string_view text);

/// Encodes and cuts to what model and tokenizer take. `firstTextWords`: of a pair, how many of the words are
/// its first text; 0: one text.
[[nodiscard]] tokenizer::WordPieces encodeCut(const tokenizer::Tokenizer& tokenizer,
    std::span<const std::string_view> words, std::size_t maxPieces, std::size_t firstTextWords = 0);

/// Whether the tokenizer reads such a pair. Fails with Unsupported, and InvalidArgument where a text of it
/// has no word.
[[nodiscard]] base::Status checkPair(
    const tokenizer::Tokenizer& tokenizer, std::size_t words, std::size_t firstTextWords);

/// Sets the pieces that stand for "nothing": padding, and for occlusion the mask where there is one.
void setBaseline(probe::AttributionOptions& options, const tokenizer::Tokenizer& tokenizer);

} // namespace palimpsest::pipeline
