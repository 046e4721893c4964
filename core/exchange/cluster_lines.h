#pragma once
// ConceptX's cluster files (F8): one line per occurrence, token|||occurrence|||sentence|||position|||cluster.
// Thread: reentrant.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "concepts/concept_set.h"

namespace palimpsest::exchange {

struct ClusterLine {
    std::string_view token; ///< may hold "|": lines are split from the right
    std::uint32_t occurrence = 0; ///< of this word, from 1
    std::uint32_t sentence = 0;
    std::int64_t position = 0; ///< LACOAT's files have -1 for the token that stands before the words
    std::uint32_t cluster = 0;
    std::size_t line = 0; ///< from 1
};

/// Nothing where the line does not end in four numbers between three bars each.
[[nodiscard]] std::optional<ClusterLine> parseClusterLine(std::string_view line);

/// All lines; empty ones are left out (an empty k-means cluster leaves one). `text` must outlive the result.
/// Fails with Malformed, naming the line.
[[nodiscard]] base::Result<std::vector<ClusterLine>> parseClusterLines(
    std::string_view text, const std::filesystem::path& path);

/// The file of a concept set: clusters by first appearance, members in corpus order. `numbers` as in
/// conceptXAlignmentJson. Occurrences are counted over the whole corpus, dropped ones too, as ConceptX does.
[[nodiscard]] std::string clusterLines(
    const concepts::ConceptSet& concepts, std::span<const std::uint32_t> numbers);

} // namespace palimpsest::exchange
