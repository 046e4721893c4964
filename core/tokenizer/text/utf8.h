#pragma once
// UTF-8 in and out, code point by code point. The text given here is valid: repairUtf8() sees to that first.
// Thread: reentrant.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace palimpsest::tokenizer {

[[nodiscard]] constexpr bool isContinuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Bytes of the code point whose first byte is `lead`, in valid UTF-8.
[[nodiscard]] constexpr std::size_t utf8Length(char lead)
{
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80U ? 1 : byte < 0xE0U ? 2 : byte < 0xF0U ? 3 : 4;
}

/// Reads the code point at `at` and moves `at` behind it. `text` is valid UTF-8 and `at` starts a code point.
[[nodiscard]] inline char32_t nextCodePoint(std::string_view text, std::size_t& at)
{
    const auto byte
        = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    const char32_t lead = byte(at);
    if (lead < 0x80U) {
        at += 1;
        return lead;
    }
    if (lead < 0xE0U) {
        const char32_t c = ((lead & 0x1FU) << 6U) | (byte(at + 1) & 0x3FU);
        at += 2;
        return c;
    }
    if (lead < 0xF0U) {
        const char32_t c = ((lead & 0x0FU) << 12U) | ((byte(at + 1) & 0x3FU) << 6U) | (byte(at + 2) & 0x3FU);
        at += 3;
        return c;
    }
    const char32_t c = ((lead & 0x07U) << 18U) | ((byte(at + 1) & 0x3FU) << 12U)
        | ((byte(at + 2) & 0x3FU) << 6U) | (byte(at + 3) & 0x3FU);
    at += 4;
    return c;
}

/// Appends `c`, a Unicode scalar value.
void appendUtf8(std::string& text, char32_t c);

[[nodiscard]] std::size_t countCodePoints(std::string_view text);

[[nodiscard]] bool isAscii(std::string_view text);

[[nodiscard]] bool isValidUtf8(std::string_view text);

/// The text with every maximal broken sequence replaced by U+FFFD (Unicode 15, section 3.9, table 3-8).
[[nodiscard]] std::string repairUtf8(std::string_view text);

} // namespace palimpsest::tokenizer
