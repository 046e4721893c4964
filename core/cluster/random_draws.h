#pragma once
// Random numbers that are the same with every compiler and library, unlike those of std:: distributions.
// Thread: one owner.

#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace palimpsest::cluster {

class RandomDraws {
public:
    explicit RandomDraws(std::uint64_t seed)
        : m_engine(seed)
    {
    }

    /// Uniform in 0..count-1; `count` >= 1.
    [[nodiscard]] std::size_t below(std::size_t count)
    {
        // The last, incomplete stretch of the engine's range is drawn again, so that no value is likelier.
        const std::uint64_t limit = std::mt19937_64::max() - std::mt19937_64::max() % count;
        std::uint64_t drawn = m_engine();
        while (drawn >= limit)
            drawn = m_engine();
        return static_cast<std::size_t>(drawn % count);
    }

    /// Uniform in [0, 1), with 53 bits.
    [[nodiscard]] double unit() { return static_cast<double>(m_engine() >> 11U) * 0x1p-53; }

    /// `wanted` different numbers of 0..count-1 in random order; all of them where there are no more.
    [[nodiscard]] std::vector<std::size_t> sample(std::size_t count, std::size_t wanted)
    {
        std::vector<std::size_t> numbers(count);
        for (std::size_t i = 0; i < count; ++i)
            numbers[i] = i;
        const std::size_t kept = wanted < count ? wanted : count;
        for (std::size_t i = 0; i < kept; ++i)
            std::swap(numbers[i], numbers[i + below(count - i)]);
        numbers.resize(kept);
        return numbers;
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace palimpsest::cluster
