#pragma once
// ConceptX's alignment file (F11): which clusters align with which labels.
// Thread: reentrant.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "align/conceptx_alignment.h"

namespace palimpsest::exchange {

/// One JSON object on one line, in ConceptX's order of keys. `labelSets` are file names; `numbers` gives each
/// concept the number it had in the files, or is empty where it keeps its id.
[[nodiscard]] std::string conceptXAlignmentJson(const align::ConceptXAlignment& alignment,
    const std::vector<std::string>& labelSets, std::span<const std::uint32_t> numbers);

} // namespace palimpsest::exchange
