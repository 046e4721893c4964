#pragma once
// The character classes that tokenizers are defined by, as the libraries behind Hugging Face tokenizers see
// them. Thread: reentrant.

#include <array>
#include <cstddef>
#include <cstdint>

namespace palimpsest::tokenizer {

/// Unicode's White_Space property.
[[nodiscard]] bool isWhitespace(char32_t c);
/// Cc and Cf and Co, without tab, line feed and carriage return.
[[nodiscard]] bool isControl(char32_t c);
/// ASCII punctuation in the wide sense (symbols too) or a category P*.
[[nodiscard]] bool isPunctuation(char32_t c);
/// Category Mn.
[[nodiscard]] bool isNonspacingMark(char32_t c);
/// Categories Mn, Mc, Me.
[[nodiscard]] bool isMark(char32_t c);
/// Category L*, as \p{L}.
[[nodiscard]] bool isLetter(char32_t c);
/// Categories Nd, Nl, No, as Rust's char::is_numeric.
[[nodiscard]] bool isNumeric(char32_t c);
/// Categories Nd, Nl, No, as \p{N} of the regular expression library (older tables than isNumeric).
[[nodiscard]] bool isNumber(char32_t c);
/// \w of Rust's regular expressions: Alphabetic, marks, Nd, Pc, Join_Control.
[[nodiscard]] bool isWordCharacter(char32_t c);
/// The ideograph blocks that BERT puts spaces around.
[[nodiscard]] bool isChineseCharacter(char32_t c);

inline constexpr int kNoScript = -1;
/// A number for the script, the same for all Japanese and Chinese ones; kNoScript for a space and for
/// characters without a script.
[[nodiscard]] int scriptOf(char32_t c);

[[nodiscard]] std::uint8_t combiningClass(char32_t c);

/// Full lower-case mapping without context: one code point but for U+0130, which gives two.
struct LowerCase {
    char32_t first = 0;
    char32_t second = 0; ///< 0 if there is none
};
[[nodiscard]] LowerCase lowerCase(char32_t c);

/// Room for the longest decomposition of one code point (U+FDFA has 18).
using Decomposition = std::array<char32_t, 24>;
/// Full decomposition of one code point, canonical or compatible; returns how many code points were written.
[[nodiscard]] std::size_t decompose(char32_t c, bool compatible, Decomposition& result);
/// The primary composite of a pair, 0 if there is none.
[[nodiscard]] char32_t composePair(char32_t first, char32_t second);

} // namespace palimpsest::tokenizer
