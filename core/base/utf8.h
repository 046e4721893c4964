#pragma once
// Strict UTF-8 validation of text from outside, and its length in characters.
// Thread: reentrant.

#include <cstddef>
#include <string_view>

namespace palimpsest::base {

/// Length in bytes of the longest prefix that is well-formed UTF-8 (Unicode 15, table 3-7: no overlong forms,
/// no surrogates, nothing above U+10FFFF). Equals text.size() for valid text; else it is the position of the
/// first byte that is wrong or belongs to a cut-off character. O(bytes).
[[nodiscard]] std::size_t validUtf8Prefix(std::string_view text);

/// Code points of well-formed UTF-8. O(bytes).
[[nodiscard]] std::size_t codePointCount(std::string_view text);

} // namespace palimpsest::base
