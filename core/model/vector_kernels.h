#pragma once
// Loops over float32 rows that LibTorch would spread over several passes, compiled for several vector units.
// Thread: pure functions.

#include <cstddef>

namespace palimpsest::model {

/// x := x'·Φ(x') with x' = x + bias, Φ the normal distribution function (Hendrycks & Gimpel 2016); `bias` is
/// [cols], or null. The error function is the rational approximation on [-4, 4] that Eigen and XLA use;
/// within 5e-7 of the exact value, relative to max(1, |x|).
void geluInPlace(float* values, const float* bias, std::size_t rows, std::size_t cols);

struct RowNorm {
    const float* weight = nullptr;
    const float* bias = nullptr;
    double eps = 0.0;
};

/// sum := (sum + added + other), then normalised to mean 0 and variance 1 (+ eps), times weight, plus bias
/// (Ba et al. 2016); a null `added` is none.
void addAndNormalise(
    float* sum, const float* added, const float* other, const RowNorm& norm, std::size_t count);

/// `rows` copies of `bias`.
void fillRows(float* values, const float* bias, std::size_t rows, std::size_t cols);

} // namespace palimpsest::model
