#include "base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace palimpsest::base {

namespace {

unsigned byteAt(std::string_view text, std::size_t position)
{
    return static_cast<unsigned char>(text[position]);
}

/// Bytes of the well-formed character at `position`, 0 if there is none.
std::size_t characterLength(std::string_view text, std::size_t position)
{
    const unsigned lead = byteAt(text, position);
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (text.size() - position < length)
        return 0;
    // The range of the second byte is what excludes overlong forms, surrogates and values above U+10FFFF.
    const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    const unsigned second = byteAt(text, position + 1);
    if (second < low || second > high)
        return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((byteAt(text, position + i) & 0xC0U) != 0x80)
            return 0;
    }
    return length;
}

} // namespace

std::size_t validUtf8Prefix(std::string_view text)
{
    constexpr std::uint64_t kHighBits = 0x8080808080808080U;
    std::size_t position = 0;
    while (position < text.size()) {
        std::uint64_t eight = 0;
        if (text.size() - position >= sizeof eight) {
            std::memcpy(&eight, text.data() + position, sizeof eight);
            if ((eight & kHighBits) == 0) {
                position += sizeof eight;
                continue;
            }
        }
        const std::size_t length = characterLength(text, position);
        if (length == 0)
            break;
        position += length;
    }
    return position;
}

std::size_t codePointCount(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

} // namespace palimpsest::base
