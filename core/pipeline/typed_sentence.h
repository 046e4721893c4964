#pragma once
// A sentence that somebody typed, as a model reads it.
// Thread: reentrant.

#include <span>
#include <string_view>
#include <vector>

#include "probe/attribution.h"
#include "tokenizer/tokenizer.h"
#include "tokenizer/word_alignment.h"

namespace palimpsest::pipeline {

/// Words separated by runs of space, tab and line end; views of `text`.
[[nodiscard]] std::vector<std::string_view> splitWords(std::string_view text);

/// Encodes and cuts to what model and tokenizer take.
[[nodiscard]] tokenizer::WordPieces encodeCut(
    const tokenizer::Tokenizer& tokenizer, std::span<const std::string_view> words, std::size_t maxPieces);

/// Sets the pieces that stand for "nothing": padding, and for occlusion the mask where there is one.
void setBaseline(probe::AttributionOptions& options, const tokenizer::Tokenizer& tokenizer);

} // namespace palimpsest::pipeline
