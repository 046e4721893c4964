#pragma once
// Damaged copies of a valid file, always the same for the same seed, for tests of readers.
// Thread: one.

#include <array>
#include <cstdint>
#include <random>
#include <string>

namespace palimpsest::testing {

/// Applies one to four of: flip a bit, replace a byte by an extreme, write an extreme number over 1 to 8
/// bytes, cut the end off, double or remove a stretch. `head` bounds the places that are changed most of the
/// time, so that headers are hit more often than data.
inline std::string mutated(std::string file, std::mt19937& random, std::size_t head)
{
    static constexpr std::array<unsigned char, 9> kExtremes = {0, 1, 0x7f, 0x80, 0xff, '"', '{', '[', '9'};
    for (auto changes = 1 + random() % 4; changes > 0 && !file.empty(); --changes) {
        const std::size_t range = random() % 8 == 0 ? file.size() : std::min(head, file.size());
        const std::size_t at = random() % range;
        const std::size_t length = std::min<std::size_t>(1 + random() % 8, file.size() - at);
        switch (random() % 6) {
        case 0:
            file[at] = static_cast<char>(file[at] ^ (1 << (random() % 8)));
            break;
        case 1:
            file[at] = static_cast<char>(kExtremes[random() % kExtremes.size()]);
            break;
        case 2:
            file.replace(at, length, length, static_cast<char>(kExtremes[random() % 5]));
            break;
        case 3:
            if (random() % 4 == 0)
                file.resize(at);
            break;
        case 4:
            file.insert(at, file.substr(at, length));
            break;
        default:
            file.erase(at, length);
            break;
        }
    }
    return file;
}

} // namespace palimpsest::testing
