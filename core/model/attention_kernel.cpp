#include "model/attention_kernel.h"

#include <algorithm>
#include <limits>

#include "model/vector_unit.h"

namespace palimpsest::model {

namespace {

// Four rows by two vectors: as many sums under way as hide the delay of a multiplication, and few enough for
// the registers of every unit.
constexpr std::size_t kRows = 4;
constexpr std::size_t kColumns = 2 * kLanes;

constexpr std::size_t roundedUp(std::size_t count, std::size_t step)
{
    return (count + step - 1) / step * step;
}

/// sums[Rows, kColumns] += left[Rows, inner] · right[inner, kColumns]
template <std::size_t Rows>
PALIMPSEST_ALWAYS_INLINE void multiplyTile(const float* left, std::size_t leftStride, const float* right,
    std::size_t rightStride, std::size_t inner, Floats (&sums)[Rows][2])
{
    for (std::size_t k = 0; k < inner; ++k) {
        const Floats first = load(right + k * rightStride);
        const Floats second = load(right + k * rightStride + kLanes);
#pragma GCC unroll 4
        for (std::size_t row = 0; row < Rows; ++row) {
            const float factor = left[row * leftStride + k];
            sums[row][0] += factor * first;
            sums[row][1] += factor * second;
        }
    }
}

/// exp(x) for x <= 0, 0 below -87: 2^n · p(r) with Cephes' polynomial of degree 5 (error 2 units in the last
/// place).
PALIMPSEST_ALWAYS_INLINE Floats expOfNegative(const Floats& x)
{
    constexpr float kLog2E = 1.44269504088896341F;
    constexpr float kRounder = 12582912.0F; // 1.5 · 2^23: adding it leaves an integer in the low bits
    const Floats bounded = x < -87.0F ? Floats{} - 87.0F : x;
    const Floats shifted = bounded * kLog2E + kRounder;
    const Floats n = shifted - kRounder;
    const Floats high = bounded - n * 0.693359375F;
    const Floats r = high + n * 2.12194440e-4F;
    Floats p = r * 1.9875691500e-4F + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    p = p * (r * r) + r + 1.0F;
    Ints exponent;
    std::memcpy(&exponent, &shifted, sizeof exponent);
    exponent = (exponent + 127) << 23;
    Floats power;
    std::memcpy(&power, &exponent, sizeof power);
    const Floats result = p * power;
    return x < -87.0F ? Floats{} : result;
}

/// scores := exp(score - largest) of the first `count`, 0 from there to a whole number of vectors. Returns 1
/// / sum.
PALIMPSEST_ALWAYS_INLINE float exponentiate(float* scores, std::size_t count)
{
    const std::size_t padded = roundedUp(count, kLanes);
    std::fill(scores + count, scores + padded, -std::numeric_limits<float>::infinity());
    Floats largest = load(scores);
    for (std::size_t i = kLanes; i < padded; i += kLanes) {
        const Floats next = load(scores + i);
        largest = next > largest ? next : largest;
    }
    const float peak = joined(
        largest, [](const auto& a, const auto& b) PALIMPSEST_INLINE_LAMBDA { return a < b ? b : a; });
    Floats sum = {};
    for (std::size_t i = 0; i < padded; i += kLanes) {
        const Floats value = expOfNegative(load(scores + i) - peak);
        store(scores + i, value);
        sum += value;
    }
    return 1.0F / sumOf(sum);
}

/// The first `count` of two vectors, plus `bias`.
PALIMPSEST_ALWAYS_INLINE void storeColumns(
    const Floats (&sums)[2], const float* bias, std::size_t count, float* to)
{
    if (count >= kColumns) {
        store(to, bias != nullptr ? sums[0] + load(bias) : sums[0]);
        store(to + kLanes, bias != nullptr ? sums[1] + load(bias + kLanes) : sums[1]);
        return;
    }
    float values[kColumns];
    store(values, sums[0]);
    store(values + kLanes, sums[1]);
    for (std::size_t c = 0; c < count; ++c)
        to[c] = bias != nullptr ? values[c] + bias[c] : values[c];
}

struct HeadScratch {
    float* queries; ///< [kRows, headSize]
    float* scores; ///< [kRows, padded]
    std::size_t padded;
};

template <std::size_t Rows>
PALIMPSEST_ALWAYS_INLINE void attendRows(
    const HeadOperands& head, std::size_t begin, const HeadScratch& scratch)
{
    const std::size_t size = head.headSize;
    for (std::size_t row = 0; row < Rows; ++row) {
        const float* query = head.query + (begin + row) * head.stride;
        for (std::size_t c = 0; c < size; ++c)
            scratch.queries[row * size + c]
                = head.scale * (head.queryBias != nullptr ? query[c] + head.queryBias[c] : query[c]);
    }
    for (std::size_t column = 0; column < head.length; column += kColumns) {
        Floats sums[Rows][2] = {};
        multiplyTile<Rows>(scratch.queries, size, head.keyColumns + column, head.keyStride, size, sums);
        for (std::size_t row = 0; row < Rows; ++row) {
            store(scratch.scores + row * scratch.padded + column, sums[row][0]);
            store(scratch.scores + row * scratch.padded + column + kLanes, sums[row][1]);
        }
    }
    float shares[Rows];
    for (std::size_t row = 0; row < Rows; ++row)
        shares[row] = exponentiate(scratch.scores + row * scratch.padded, head.length);
    for (std::size_t column = 0; column < size; column += kColumns) {
        Floats sums[Rows][2] = {};
        multiplyTile<Rows>(
            scratch.scores, scratch.padded, head.value + column, head.stride, head.length, sums);
        const float* bias = head.valueBias != nullptr ? head.valueBias + column : nullptr;
        for (std::size_t row = 0; row < Rows; ++row) {
            sums[row][0] *= shares[row];
            sums[row][1] *= shares[row];
            storeColumns(sums[row], bias, size - column, head.result + (begin + row) * head.stride + column);
        }
    }
}

/// Asks the cache for the operands of the next head, which lie behind those of this one in every row: rows
/// are too far apart for the processor to see a pattern.
PALIMPSEST_ALWAYS_INLINE void fetchNextHead(const HeadOperands& head)
{
    for (std::size_t row = 0; row < head.length; ++row) {
        for (std::size_t c = 0; c < head.headSize; c += kLanes) {
            __builtin_prefetch(head.query + row * head.stride + head.headSize + c);
            __builtin_prefetch(head.value + row * head.stride + head.headSize + c);
        }
    }
    for (std::size_t c = head.headSize; c < 2 * head.headSize; ++c) {
        for (std::size_t column = 0; column < head.length + kLanes; column += kLanes)
            __builtin_prefetch(head.keyColumns + c * head.keyStride + column);
    }
}

} // namespace

PALIMPSEST_VECTOR_UNITS void attendHead(const HeadOperands& head, std::vector<float>& scratch)
{
    const std::size_t padded = roundedUp(head.length, kColumns);
    const std::size_t queries = roundedUp(kRows * head.headSize, kLanes);
    if (scratch.size() < queries + kRows * padded)
        scratch.resize(queries + kRows * padded);
    const HeadScratch parts{scratch.data(), scratch.data() + queries, padded};
    fetchNextHead(head);
    std::size_t row = 0;
    for (; row + kRows <= head.length; row += kRows)
        attendRows<kRows>(head, row, parts);
    switch (head.length - row) {
    case 3:
        attendRows<3>(head, row, parts);
        break;
    case 2:
        attendRows<2>(head, row, parts);
        break;
    case 1:
        attendRows<1>(head, row, parts);
        break;
    default:
        break;
    }
}

} // namespace palimpsest::model
