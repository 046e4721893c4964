#pragma once
// Products of float32 matrices without a tensor around them, through the oneDNN that LibTorch brings.
// Thread: reentrant; a call uses as many threads as OpenMP gives its thread.

#include <cstdint>

namespace palimpsest::model {

/// A row-major matrix inside a larger one: consecutive rows are `stride` values apart. Transposed: what lies
/// there is the transpose of the operand.
struct MatrixPart {
    const float* data = nullptr;
    std::int64_t stride = 0;
    bool transposed = false;
};

/// False where LibTorch hides its oneDNN or has none; then multiply() must not be called.
[[nodiscard]] bool hasMatrixProduct();

/// result[rows, cols] = left[rows, inner] · right[inner, cols] + kept · result. Returns false where oneDNN
/// refuses the sizes.
[[nodiscard]] bool multiply(std::int64_t rows, std::int64_t cols, std::int64_t inner, MatrixPart left,
    MatrixPart right, float kept, float* result, std::int64_t resultStride);

} // namespace palimpsest::model
