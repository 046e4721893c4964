#pragma once
// Loops over float32 rows that LibTorch would spread over several passes, compiled for several vector units.
// Thread: pure functions.

#include <cstddef>

namespace palimpsest::model {

/// x := x·Φ(x), Φ the normal distribution function (Hendrycks & Gimpel 2016). The error function is the
/// rational approximation on [-4, 4] that Eigen and XLA use; within 5e-7 of the exact value, relative to
/// max(1, |x|).
void geluInPlace(float* values, std::size_t count);

/// Shares of a row of scores: exp(s - max) / sum over the first `count` values, 0 from there to `padded`, a
/// multiple of 16.
void softmaxInPlace(float* scores, std::size_t count, std::size_t padded);

/// sum := (sum + other), then normalised to mean 0 and variance 1 (+ eps), times weight, plus bias (Ba et al.
/// 2016).
void addAndNormalise(
    float* sum, const float* other, const float* weight, const float* bias, double eps, std::size_t count);

/// `rows` copies of `bias`.
void fillRows(float* values, const float* bias, std::size_t rows, std::size_t cols);

} // namespace palimpsest::model
