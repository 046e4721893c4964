#pragma once
// A fast hash for short strings. Not for anything that is stored or shown.
// Thread: reentrant.

#include <cstdint>
#include <cstring>
#include <string_view>

namespace palimpsest::tokenizer {

[[nodiscard]] inline std::uint64_t mixBits(std::uint64_t value)
{
    value ^= value >> 32U;
    value *= 0xD6E8FEB86659FD93ULL;
    value ^= value >> 32U;
    value *= 0xD6E8FEB86659FD93ULL;
    return value ^ (value >> 32U);
}

[[nodiscard]] inline std::uint64_t hashText(std::string_view text)
{
    std::uint64_t hash = 0x9E3779B97F4A7C15ULL ^ text.size();
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, sizeof word);
        hash = (hash ^ word) * 0xFF51AFD7ED558CCDULL;
        hash ^= hash >> 29U;
    }
    std::uint64_t rest = 0;
    std::memcpy(&rest, text.data() + at, text.size() - at);
    return mixBits(hash ^ rest);
}

} // namespace palimpsest::tokenizer
