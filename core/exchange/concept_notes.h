#pragma once
// annotations.json of TransformersConceptNet (F12) as annotations of our concepts; private to core/exchange.
// Thread: reentrant.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "concepts/cut_nodes.h"
#include "project/annotation.h"

namespace palimpsest::exchange {

/// Who is said to have written them.
inline constexpr std::string_view kNoteAnnotator = "TransformersConceptNet";

/// `content` is {"c523": "Action verbs.", …}: keys are the clusters' numbers in the file, `numbers` has these
/// by concept id. A text becomes the concept's name, shortened at a word where it is long; then all of it is
/// the note too. Entries of clusters that are not there, and empty ones, are left out. Sorted by key. Fails
/// with Malformed (no JSON object of texts; `fileName` is named).
[[nodiscard]] base::Result<std::vector<project::Annotation>> readConceptNotes(std::string_view content,
    const std::string& fileName, const concepts::CutNodes& nodes, std::span<const std::uint32_t> numbers,
    const project::Annotation& place);

} // namespace palimpsest::exchange
