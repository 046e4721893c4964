#pragma once
// Random numbers by position in a stream: the same for any number of threads and any version of LibTorch.
// Thread: pure functions.

#include <cmath>
#include <cstdint>
#include <numbers>

namespace palimpsest::model {

/// The `index`-th output of SplitMix64 (Steele, Lea & Flood 2014) that starts at `seed`.
[[nodiscard]] constexpr std::uint64_t randomBits(std::uint64_t seed, std::uint64_t index)
{
    std::uint64_t z = seed + (index + 1) * 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

/// Standard normal by Box & Muller (1958) from two halves of one draw.
[[nodiscard]] inline double randomNormal(std::uint64_t seed, std::uint64_t index)
{
    const std::uint64_t bits = randomBits(seed, index);
    const double radius = (static_cast<double>(bits >> 32U) + 1.0) * 0x1p-32; // in (0, 1]
    const double angle = static_cast<double>(bits & 0xffffffffU) * 0x1p-32;
    return std::sqrt(-2.0 * std::log(radius)) * std::cos(2.0 * std::numbers::pi * angle);
}

} // namespace palimpsest::model
