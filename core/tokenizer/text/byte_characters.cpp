#include "tokenizer/text/byte_characters.h"

#include <array>
#include <cstdint>

#include "tokenizer/text/utf8.h"

namespace palimpsest::tokenizer {

namespace {

/// Printable Latin-1 characters stand for themselves; the other bytes follow from U+0100 on, in their order.
constexpr std::array<char16_t, 256> makeTable()
{
    std::array<char16_t, 256> table{};
    char16_t next = 0x100;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const bool printable
            = (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
        table[byte] = printable ? static_cast<char16_t>(byte) : next++;
    }
    return table;
}

constexpr std::array<char16_t, 256> kCharacters = makeTable();

constexpr std::size_t kTableEnd = 0x144; // one more than the last character in use

constexpr std::array<std::int16_t, kTableEnd> makeInverse()
{
    std::array<std::int16_t, kTableEnd> inverse{};
    inverse.fill(-1);
    for (unsigned byte = 0; byte < 256; ++byte)
        inverse[kCharacters[byte]] = static_cast<std::int16_t>(byte);
    return inverse;
}

constexpr std::array<std::int16_t, kTableEnd> kBytes = makeInverse();

} // namespace

char32_t byteCharacter(unsigned char byte)
{
    return kCharacters[byte];
}

std::string byteSpelling(unsigned char byte)
{
    std::string spelling;
    appendUtf8(spelling, byteCharacter(byte));
    return spelling;
}

std::optional<std::string> bytesOf(std::string_view text)
{
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        if (c >= kTableEnd || kBytes[c] < 0)
            return std::nullopt;
        bytes.push_back(static_cast<char>(kBytes[c]));
    }
    return bytes;
}

} // namespace palimpsest::tokenizer
