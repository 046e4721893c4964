#pragma once
// Occurrences with their concepts and labels as tables for other programs.
// Thread: reentrant.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "align/label_alignment.h"
#include "base/matrix_view.h"
#include "concepts/concept_set.h"
#include "label/label_table.h"

namespace palimpsest::exchange {

/// What a row of a table says about an occurrence.
struct OccurrenceTable {
    const concepts::ConceptSet& concepts;
    std::span<const std::uint32_t> numbers; ///< as in conceptXAlignmentJson
    std::vector<std::shared_ptr<const label::LabelTable>> labels; ///< one column each
};

/// Tab-separated with a heading: sentence, position, word, concept, class, one column per label set (several
/// labels joined by three bars). Tabs and line ends inside of fields become spaces.
[[nodiscard]] std::string wordsTsv(const OccurrenceTable& table);

/// vectors.tsv and metadata.tsv of the Embedding Projector; `vectors` has one row per occurrence.
[[nodiscard]] std::string projectorVectors(base::MatrixView vectors);
[[nodiscard]] std::string projectorMetadata(const OccurrenceTable& table);

/// CSV (RFC 4180) with x, y, token, sentence, layer, cluster, text and labels, for Embedding Atlas and Latent
/// Scope. x and y are the first two principal components of `vectors`.
[[nodiscard]] std::string atlasCsv(const OccurrenceTable& table, base::MatrixView vectors, int layer);

/// The first two principal components of the rows (power iteration from a fixed start, 100 rounds; each axis
/// points so that its largest weight is positive): two numbers a row.
[[nodiscard]] std::vector<float> principalPlane(base::MatrixView vectors);

/// Concepts and their best labels: model-independent, tab-separated with a heading.
[[nodiscard]] std::string labelsTsv(
    const OccurrenceTable& table, const std::vector<std::vector<align::LabelMatch>>& matchesOfSet);

} // namespace palimpsest::exchange
