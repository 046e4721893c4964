#include "model/vector_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "model/vector_unit.h"

namespace palimpsest::model {

namespace {

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

} // namespace

PALIMPSEST_VECTOR_UNITS void geluInPlace(float* values, const float* bias, std::size_t rows, std::size_t cols)
{
    for (std::size_t row = 0; row < rows; ++row) {
        float* x = values + row * cols;
        std::size_t i = 0;
        for (; i + kLanes <= cols; i += kLanes)
            store(x + i, gelu(bias != nullptr ? load(x + i) + load(bias + i) : load(x + i)));
        if (i < cols) {
            float rest[kLanes] = {};
            for (std::size_t lane = 0; i + lane < cols; ++lane)
                rest[lane] = bias != nullptr ? x[i + lane] + bias[i + lane] : x[i + lane];
            store(rest, gelu(load(rest)));
            std::copy(rest, rest + (cols - i), x + i);
        }
    }
}

PALIMPSEST_VECTOR_UNITS void addAndNormalise(
    float* sum, const float* added, const float* other, const RowNorm& norm, std::size_t count)
{
    const std::size_t whole = count - count % kLanes;
    Floats sums = {};
    for (std::size_t i = 0; i < whole; i += kLanes) {
        Floats value = load(sum + i) + load(other + i);
        if (added != nullptr)
            value += load(added + i);
        store(sum + i, value);
        sums += value;
    }
    float total = sumOf(sums);
    for (std::size_t i = whole; i < count; ++i) {
        sum[i] += added != nullptr ? other[i] + added[i] : other[i];
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
        1.0 / std::sqrt(static_cast<double>(variance) / static_cast<double>(count) + norm.eps));
    for (std::size_t i = 0; i < whole; i += kLanes)
        store(sum + i, (load(sum + i) - mean) * scale * load(norm.weight + i) + load(norm.bias + i));
    for (std::size_t i = whole; i < count; ++i)
        sum[i] = (sum[i] - mean) * scale * norm.weight[i] + norm.bias[i];
}

void fillRows(float* values, const float* bias, std::size_t rows, std::size_t cols)
{
    for (std::size_t row = 0; row < rows; ++row)
        std::memcpy(values + row * cols, bias, cols * sizeof(float));
}

} // namespace palimpsest::model
