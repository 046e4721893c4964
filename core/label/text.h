#pragma once
// Unicode properties of words, by ICU; private to core/label. Words are UTF-8; bytes that are not count as
// U+FFFD. Thread: reentrant.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace palimpsest::label {

[[nodiscard]] std::u32string codePoints(std::string_view utf8);
[[nodiscard]] std::string toUtf8(std::u32string_view codePoints);
/// Full lower-casing, without a language.
[[nodiscard]] std::string lowerCase(std::string_view utf8);

/// As Python's str methods of the same name: isLower and isUpper need at least one cased character and no one
/// of the other case; isTitle wants upper or title case after uncased characters and lower case after cased
/// ones; isAlpha wants letters only.
[[nodiscard]] bool isLower(std::u32string_view word);
[[nodiscard]] bool isUpper(std::u32string_view word);
[[nodiscard]] bool isTitle(std::u32string_view word);
[[nodiscard]] bool isAlpha(std::u32string_view word);

[[nodiscard]] bool isLetter(char32_t c);
[[nodiscard]] bool isDigit(char32_t c); ///< a decimal digit of any script
[[nodiscard]] bool isPunctuation(char32_t c); ///< general categories P and S

/// Parts between `separator`, empty ones too.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, std::string_view separator);
/// Parts between runs of spaces and tabs.
[[nodiscard]] std::vector<std::string_view> splitAtBlanks(std::string_view text);

} // namespace palimpsest::label
