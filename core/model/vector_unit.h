#pragma once
// Private to the vector kernels: sixteen float32 at a time, compiled for several vector units.
// Thread: pure functions.

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PALIMPSEST_VECTOR_UNITS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define PALIMPSEST_VECTOR_UNITS
#endif
// Vectors are passed between functions that are always inlined, so how a call would pass them does not
// matter.
#pragma GCC diagnostic ignored "-Wpsabi"
#define PALIMPSEST_ALWAYS_INLINE inline __attribute__((always_inline))
#define PALIMPSEST_INLINE_LAMBDA __attribute__((always_inline))

namespace palimpsest::model {

constexpr std::size_t kLanes = 16;
// May alias and need no alignment: rows start anywhere.
using Floats = float __attribute__((vector_size(64), aligned(4), may_alias));
using Ints = std::int32_t __attribute__((vector_size(64)));

PALIMPSEST_ALWAYS_INLINE Floats load(const float* from)
{
    return *reinterpret_cast<const Floats*>(from);
}

PALIMPSEST_ALWAYS_INLINE void store(float* to, const Floats& values)
{
    *reinterpret_cast<Floats*>(to) = values;
}

/// Joins the lanes of a vector in pairs, four times; `join` takes vectors of any size.
template <typename Join>
PALIMPSEST_ALWAYS_INLINE float joined(const Floats& values, Join join)
{
    const auto eight = join(__builtin_shufflevector(values, values, 0, 1, 2, 3, 4, 5, 6, 7),
        __builtin_shufflevector(values, values, 8, 9, 10, 11, 12, 13, 14, 15));
    const auto four = join(
        __builtin_shufflevector(eight, eight, 0, 1, 2, 3), __builtin_shufflevector(eight, eight, 4, 5, 6, 7));
    const auto two = join(four, __builtin_shufflevector(four, four, 2, 3, 2, 3));
    return join(two, __builtin_shufflevector(two, two, 1, 1, 1, 1))[0];
}

PALIMPSEST_ALWAYS_INLINE float sumOf(const Floats& values)
{
    return joined(values, [](const auto& a, const auto& b) PALIMPSEST_INLINE_LAMBDA { return a + b; });
}

} // namespace palimpsest::model
