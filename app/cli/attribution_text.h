#pragma once
// Attributions as options, JSON and text, for the verbs that show them.
// Thread: main.

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "cli/tables.h"
#include "probe/attribution.h"
#include "tokenizer/tokenizer.h"
#include "tokenizer/word_alignment.h"

namespace palimpsest::cli {

/// --method ig|gradient|occlusion and --steps.
void addAttributionOptions(CLI::App& verb, probe::AttributionOptions& options);

/// Sets the pieces that stand for "nothing": padding, and for occlusion the mask where there is one.
void setBaseline(probe::AttributionOptions& options, const tokenizer::Tokenizer& tokenizer);

/// Words of a sentence, separated by runs of space and tab.
[[nodiscard]] std::vector<std::string_view> splitWords(std::string_view text);

/// Encodes and cuts to what model and tokenizer take.
[[nodiscard]] tokenizer::WordPieces encodeCut(
    const tokenizer::Tokenizer& tokenizer, std::span<const std::string_view> words, std::size_t maxPieces);

[[nodiscard]] Json attributionJson(const probe::Attribution& attribution,
    std::span<const std::string_view> words, const std::vector<std::string>& labels);
/// The prediction, then a line per word.
[[nodiscard]] std::string attributionText(const probe::Attribution& attribution,
    std::span<const std::string_view> words, const std::vector<std::string>& labels);

} // namespace palimpsest::cli
