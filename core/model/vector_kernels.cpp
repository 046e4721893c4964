#include "model/vector_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PALIMPSEST_VECTOR_UNITS __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define PALIMPSEST_VECTOR_UNITS
#endif
// Vectors are passed between functions that are always inlined, so how a call would pass them does not
// matter.
#pragma GCC diagnostic ignored "-Wpsabi"
#define PALIMPSEST_ALWAYS_INLINE inline __attribute__((always_inline))

namespace palimpsest::model {

namespace {

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

PALIMPSEST_ALWAYS_INLINE Floats gelu(const Floats& x)
{
    constexpr float kRootHalf = 0.70710678118654752F;
    const Floats scaled = x * kRootHalf;
    const Floats above = scaled > 4.0F ? Floats{} + 4.0F : scaled;
    const Floats z = above < -4.0F ? Floats{} - 4.0F : above;
    const Floats square = z * z;
    Floats numerator = square * -2.72614225801306e-10F + 2.77068142495902e-08F;
    numerator = numerator * square - 2.10102402082508e-06F;
    numerator = numerator * square - 5.69250639462346e-05F;
    numerator = numerator * square - 7.34990630326855e-04F;
    numerator = numerator * square - 2.95459980854025e-03F;
    numerator = numerator * square - 1.60960333262415e-02F;
    Floats denominator = square * -1.45660718464996e-05F - 2.13374055278905e-04F;
    denominator = denominator * square - 1.68282697438203e-03F;
    denominator = denominator * square - 7.37332916720468e-03F;
    denominator = denominator * square - 1.42647390514189e-02F;
    const Floats half = 0.5F * x;
    return half + half * (z * numerator / denominator);
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

PALIMPSEST_ALWAYS_INLINE float sumOf(const Floats& values)
{
    float total = 0.0F;
    for (std::size_t lane = 0; lane < kLanes; ++lane)
        total += values[lane];
    return total;
}

} // namespace

PALIMPSEST_VECTOR_UNITS void geluInPlace(float* values, std::size_t count)
{
    std::size_t i = 0;
    for (; i + kLanes <= count; i += kLanes)
        store(values + i, gelu(load(values + i)));
    if (i < count) {
        float rest[kLanes] = {};
        std::copy(values + i, values + count, rest);
        store(rest, gelu(load(rest)));
        std::copy(rest, rest + (count - i), values + i);
    }
}

PALIMPSEST_VECTOR_UNITS void softmaxInPlace(float* scores, std::size_t count, std::size_t padded)
{
    std::fill(scores + count, scores + padded, -std::numeric_limits<float>::infinity());
    Floats largest = load(scores);
    for (std::size_t i = kLanes; i < padded; i += kLanes) {
        const Floats next = load(scores + i);
        largest = next > largest ? next : largest;
    }
    float peak = largest[0];
    for (std::size_t lane = 1; lane < kLanes; ++lane)
        peak = std::max(peak, largest[lane]);
    Floats sum = {};
    for (std::size_t i = 0; i < padded; i += kLanes) {
        const Floats value = expOfNegative(load(scores + i) - peak);
        store(scores + i, value);
        sum += value;
    }
    const float share = 1.0F / sumOf(sum);
    for (std::size_t i = 0; i < padded; i += kLanes)
        store(scores + i, load(scores + i) * share);
}

PALIMPSEST_VECTOR_UNITS void addAndNormalise(
    float* sum, const float* other, const float* weight, const float* bias, double eps, std::size_t count)
{
    const std::size_t whole = count - count % kLanes;
    Floats sums = {};
    for (std::size_t i = 0; i < whole; i += kLanes) {
        const Floats value = load(sum + i) + load(other + i);
        store(sum + i, value);
        sums += value;
    }
    float total = sumOf(sums);
    for (std::size_t i = whole; i < count; ++i) {
        sum[i] += other[i];
        total += sum[i];
    }
    const float mean = total / static_cast<float>(count);
    Floats squares = {};
    for (std::size_t i = 0; i < whole; i += kLanes) {
        const Floats gap = load(sum + i) - mean;
        squares += gap * gap;
    }
    float variance = sumOf(squares);
    for (std::size_t i = whole; i < count; ++i)
        variance += (sum[i] - mean) * (sum[i] - mean);
    const auto scale = static_cast<float>(
        1.0 / std::sqrt(static_cast<double>(variance) / static_cast<double>(count) + eps));
    for (std::size_t i = 0; i < whole; i += kLanes)
        store(sum + i, (load(sum + i) - mean) * scale * load(weight + i) + load(bias + i));
    for (std::size_t i = whole; i < count; ++i)
        sum[i] = (sum[i] - mean) * scale * weight[i] + bias[i];
}

void fillRows(float* values, const float* bias, std::size_t rows, std::size_t cols)
{
    for (std::size_t row = 0; row < rows; ++row)
        std::memcpy(values + row * cols, bias, cols * sizeof(float));
}

} // namespace palimpsest::model
