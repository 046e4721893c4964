#include "tokenizer/text/utf8.h"

#include <algorithm>
#include <cstring>

namespace palimpsest::tokenizer {

namespace {

struct Sequence {
    std::size_t length = 1; ///< bytes to skip: of the code point, or of the maximal broken part
    bool valid = false;
};

/// Looks at the bytes from `at` by the table of well-formed sequences (Unicode 15, table 3-7).
Sequence sequenceAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(at);
    if (lead < 0x80U)
        return {1, true};
    if (lead < 0xC2U || lead > 0xF4U)
        return {1, false};
    const std::size_t length = lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
    // The second byte alone decides about overlong forms, surrogates and values above U+10FFFF.
    const unsigned low = lead == 0xE0U ? 0xA0U : lead == 0xF0U ? 0x90U : 0x80U;
    const unsigned high = lead == 0xEDU ? 0x9FU : lead == 0xF4U ? 0x8FU : 0xBFU;
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i >= text.size())
            return {i, false};
        const unsigned next = byte(at + i);
        if (next < (i == 1 ? low : 0x80U) || next > (i == 1 ? high : 0xBFU))
            return {i, false};
    }
    return {length, true};
}

} // namespace

void appendUtf8(std::string& text, char32_t c)
{
    const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (c < 0x80U) {
        put(c);
    } else if (c < 0x800U) {
        put(0xC0U | (c >> 6U));
        put(0x80U | (c & 0x3FU));
    } else if (c < 0x10000U) {
        put(0xE0U | (c >> 12U));
        put(0x80U | ((c >> 6U) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    } else {
        put(0xF0U | (c >> 18U));
        put(0x80U | ((c >> 12U) & 0x3FU));
        put(0x80U | ((c >> 6U) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    }
}

std::size_t countCodePoints(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return !isContinuation(byte); }));
}

bool isAscii(std::string_view text)
{
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, sizeof word);
        if ((word & 0x8080808080808080ULL) != 0)
            return false;
    }
    return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
        [](char byte) { return static_cast<unsigned char>(byte) < 0x80U; });
}

bool isValidUtf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const Sequence sequence = sequenceAt(text, at);
        if (!sequence.valid)
            return false;
        at += sequence.length;
    }
    return true;
}

std::string repairUtf8(std::string_view text)
{
    std::string repaired;
    repaired.reserve(text.size() + 8);
    for (std::size_t at = 0; at < text.size();) {
        const Sequence sequence = sequenceAt(text, at);
        if (sequence.valid)
            repaired.append(text.substr(at, sequence.length));
        else
            appendUtf8(repaired, U'\uFFFD');
        at += sequence.length;
    }
    return repaired;
}

} // namespace palimpsest::tokenizer
