#pragma once
// The movie-review snippets of the demo: reading, classes, and the split into training, held out and
// analysed. Thread: reentrant.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace palimpsest::pipeline {

struct Snippet {
    double rating = 0.0; ///< mean of human ratings, -4..4; its sign is the class
    std::string text; ///< words separated by spaces, see splitPunctuation

    [[nodiscard]] bool isPositive() const { return rating > 0.0; }
};

/// Lines `id<TAB>mean rating<TAB>text` with LF or CRLF, UTF-8. Snippets rated exactly 0 have no class and are
/// left out. Fails with NotFound, Unreadable or Malformed (the sentence names the line).
[[nodiscard]] base::Result<std::vector<Snippet>> readSnippets(const std::filesystem::path& file);

struct SnippetSplit {
    std::vector<Snippet> training; ///< ratings of at least 0.5 in amount, in random order
    std::vector<Snippet> heldOut; ///< likewise
    std::vector<Snippet> analysed; ///< all others, in the order of the file
};

/// The same split for the same seed on every machine. Fails with TooFewRows where there are not enough clear
/// ratings.
[[nodiscard]] base::Result<SnippetSplit> splitSnippets(
    std::vector<Snippet> snippets, std::size_t trainingCount, std::size_t heldOutCount, std::uint64_t seed);

/// A table with the columns sentence and label (negative, positive), as readCorpus takes it.
[[nodiscard]] std::string snippetTable(const std::vector<Snippet>& snippets);

} // namespace palimpsest::pipeline
