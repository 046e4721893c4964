#pragma once
// Products of float32 matrices without a tensor around them, through the oneDNN that LibTorch brings.
// Thread: reentrant; a call uses as many threads as OpenMP gives its thread.

#include <cstdint>

namespace palimpsest::model {

/// A row-major matrix inside a larger one: consecutive rows are `stride` values apart.
struct MatrixPart {
    const float* data = nullptr;
    std::int64_t stride = 0;
};

/// False where LibTorch hides its oneDNN or has none; then multiply() must not be called.
[[nodiscard]] bool hasMatrixProduct();

/// result[rows, cols] = scale · left[rows, inner] · right + kept · result, where `right` is [inner, cols], or
/// with `rightTransposed` [cols, inner]. Returns false where oneDNN refuses the sizes.
[[nodiscard]] bool multiply(std::int64_t rows, std::int64_t cols, std::int64_t inner, float scale,
    MatrixPart left, MatrixPart right, bool rightTransposed, float kept, float* result,
    std::int64_t resultStride);

} // namespace palimpsest::model
