#include "cluster/ward_kernels.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PALIMPSEST_VECTOR_UNITS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define PALIMPSEST_VECTOR_UNITS
#endif
#define PALIMPSEST_ALWAYS_INLINE inline __attribute__((always_inline))

namespace palimpsest::cluster {
namespace {

using Doubles = double __attribute__((vector_size(64), aligned(8), may_alias));
using Floats = float __attribute__((vector_size(32), aligned(4), may_alias));

template <typename A, typename B>
PALIMPSEST_ALWAYS_INLINE double squaredGapBody(
    const A* a, double scaleA, const B* b, double scaleB, const double* centre, std::size_t cols)
{
    constexpr std::size_t kLanes = 8;
    Doubles sums[2] = {};
    std::size_t j = 0;
    for (; j + 2 * kLanes <= cols; j += 2 * kLanes)
        for (std::size_t half = 0; half < 2; ++half) {
            const std::size_t at = j + half * kLanes;
            Doubles left;
            Doubles right;
            if constexpr (std::is_same_v<A, float>)
                left = __builtin_convertvector(*reinterpret_cast<const Floats*>(a + at), Doubles)
                    - *reinterpret_cast<const Doubles*>(centre + at);
            else
                left = *reinterpret_cast<const Doubles*>(a + at);
            if constexpr (std::is_same_v<B, float>)
                right = __builtin_convertvector(*reinterpret_cast<const Floats*>(b + at), Doubles)
                    - *reinterpret_cast<const Doubles*>(centre + at);
            else
                right = *reinterpret_cast<const Doubles*>(b + at);
            const Doubles gap = scaleA * left - scaleB * right;
            sums[half] += gap * gap;
        }
    double total = 0.0;
    for (std::size_t lane = 0; lane < kLanes; ++lane)
        total += sums[0][lane] + sums[1][lane];
    for (; j < cols; ++j) {
        const double left
            = std::is_same_v<A, float> ? static_cast<double>(a[j]) - centre[j] : static_cast<double>(a[j]);
        const double right
            = std::is_same_v<B, float> ? static_cast<double>(b[j]) - centre[j] : static_cast<double>(b[j]);
        const double gap = scaleA * left - scaleB * right;
        total += gap * gap;
    }
    return total;
}

PALIMPSEST_ALWAYS_INLINE float toFloat(float value)
{
    return value;
}

PALIMPSEST_ALWAYS_INLINE float toFloat(BFloat16Bits value)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(value.bits) << 16);
}

/// How far twice a stored product may lie above the product that was rounded to it.
template <typename Element>
constexpr float kStoredRounding = std::is_same_v<Element, float> ? 0.0F : 0x1.02p-7F;

template <typename Element>
PALIMPSEST_ALWAYS_INLINE float lowerGap(const TileRow<Element>& row, std::size_t column)
{
    const float product = toFloat(row.products[column]);
    const float norms = row.norm + row.columnNorms[column];
    if constexpr (std::is_same_v<Element, float>)
        return norms - 2.0F * product;
    else
        return norms - (2.0F * product + kStoredRounding<Element> * std::max(product, -product));
}

template <typename Element>
PALIMPSEST_ALWAYS_INLINE TileHit hitAt(const TileRow<Element>& row, std::size_t column)
{
    // D = gap · |A||B|/(|A|+|B|). Shares, their sum and the quotient are each off by at most 2^-24 relative.
    const float value = lowerGap(row, column) / (row.share + row.columnShares[column]);
    return {static_cast<std::int32_t>(column), value - std::max(value, -value) * 0x1p-21F};
}

/// Columns are tested in blocks whose tests the compiler turns into vector code; hits are rare.
template <typename Element, bool WithColumns>
PALIMPSEST_ALWAYS_INLINE std::size_t filterBody(
    const TileRow<Element>& row, std::size_t columns, TileHit* hits)
{
    constexpr std::size_t kBlock = 64;
    constexpr std::size_t kWord = sizeof(std::uint64_t);
    const auto isHit = [&](std::size_t column) __attribute__((always_inline))
    {
        const float limit = WithColumns ? std::max(row.limit, row.columnLimits[column]) : row.limit;
        return lowerGap(row, column) < limit * (row.share + row.columnShares[column]);
    };
    std::size_t found = 0;
    std::size_t column = 0;
    for (; column + kBlock <= columns; column += kBlock) {
        int any = 0;
        for (std::size_t offset = 0; offset < kBlock; ++offset)
            any |= isHit(column + offset) ? 1 : 0;
        if (any == 0)
            continue;
        std::uint8_t flags[kBlock];
        for (std::size_t offset = 0; offset < kBlock; ++offset)
            flags[offset] = isHit(column + offset) ? 1 : 0;
        for (std::size_t offset = 0; offset < kBlock; offset += kWord) {
            std::uint64_t word = 0;
            std::memcpy(&word, flags + offset, kWord);
            for (std::size_t byte = 0; word != 0; ++byte)
                if (flags[offset + byte] != 0) {
                    hits[found++] = hitAt(row, column + offset + byte);
                    word &= ~(std::uint64_t{0xFF} << (8 * byte));
                }
        }
    }
    for (; column < columns; ++column)
        if (isHit(column))
            hits[found++] = hitAt(row, column);
    return found;
}

} // namespace

PALIMPSEST_VECTOR_UNITS
double squaredGap(
    const float* a, double scaleA, const float* b, double scaleB, const double* centre, std::size_t cols)
{
    return squaredGapBody(a, scaleA, b, scaleB, centre, cols);
}

PALIMPSEST_VECTOR_UNITS
double squaredGap(
    const float* a, double scaleA, const double* b, double scaleB, const double* centre, std::size_t cols)
{
    return squaredGapBody(a, scaleA, b, scaleB, centre, cols);
}

PALIMPSEST_VECTOR_UNITS
double squaredGap(
    const double* a, double scaleA, const double* b, double scaleB, const double* centre, std::size_t cols)
{
    return squaredGapBody(a, scaleA, b, scaleB, centre, cols);
}

PALIMPSEST_VECTOR_UNITS
std::size_t filterTileRow(const TileRow<float>& row, std::size_t columns, TileHit* hits)
{
    return row.columnLimits != nullptr ? filterBody<float, true>(row, columns, hits)
                                       : filterBody<float, false>(row, columns, hits);
}

PALIMPSEST_VECTOR_UNITS
std::size_t filterTileRow(const TileRow<BFloat16Bits>& row, std::size_t columns, TileHit* hits)
{
    return row.columnLimits != nullptr ? filterBody<BFloat16Bits, true>(row, columns, hits)
                                       : filterBody<BFloat16Bits, false>(row, columns, hits);
}

} // namespace palimpsest::cluster
