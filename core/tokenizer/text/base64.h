#pragma once
// Base64 (RFC 4648, section 4) as tokenizer.json uses it for compiled character maps.
// Thread: reentrant.

#include <optional>
#include <string>
#include <string_view>

namespace palimpsest::tokenizer {

/// Nothing for text that is not base64. Padding may be missing.
[[nodiscard]] std::optional<std::string> decodeBase64(std::string_view text);

} // namespace palimpsest::tokenizer
