#pragma once
// Extended grapheme clusters (UAX 29, Unicode 15: rules GB1 to GB999 without the later GB9c).
// Thread: reentrant.

#include <cstddef>
#include <string_view>

namespace palimpsest::tokenizer {

/// Where the cluster that starts at byte `begin` ends. `begin` is a boundary and before the end of the text.
[[nodiscard]] std::size_t graphemeEnd(std::string_view text, std::size_t begin);

} // namespace palimpsest::tokenizer
