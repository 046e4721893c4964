#pragma once
// JSON as Python's json.dump writes it, and safe reading of the few shapes that are exchanged; private to
// core/exchange. Thread: reentrant.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace palimpsest::exchange {

/// The largest file that is read into memory.
inline constexpr std::size_t kMaxFileBytes = 900'000'000;

/// A quoted string; `ascii` escapes everything above U+007F (json.dump's ensure_ascii).
[[nodiscard]] std::string jsonString(std::string_view utf8, bool ascii);
/// ["…", "…"] on one line.
[[nodiscard]] std::string jsonStrings(const std::vector<std::string>& strings, bool ascii);

/// A JSON array of strings. Fails with Malformed; the sentence names the entry.
[[nodiscard]] base::Result<std::vector<std::string>> parseJsonStrings(
    std::string_view text, const std::filesystem::path& path);

} // namespace palimpsest::exchange
