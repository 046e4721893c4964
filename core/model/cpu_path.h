#pragma once
// Torch-facing. The operations that an encoder spends its time in, for evaluation on a CPU: the same results
// as LibTorch's to rounding, without its passes over memory and its cost per call. Thread: pure functions of
// their arguments.

#include <cstdint>
#include <span>

#include <torch/torch.h>

#include "model/matrix_product.h"
#include "model/packed_batch.h"

namespace palimpsest::model {

/// True where `tensor` may be given to the functions below: dense float32 rows on a CPU of which no gradient
/// is recorded, and a LibTorch whose oneDNN can be called.
[[nodiscard]] bool takesCpuPath(const at::Tensor& tensor);

/// The same values [out, in] laid out so that cpuLinear() reads them fastest: column by column.
[[nodiscard]] at::Tensor forCpuLinear(const at::Tensor& weight);

/// True where `rows` and `weight` may be given to cpuLinear().
[[nodiscard]] bool takesCpuLinear(const at::Tensor& rows, const at::Tensor& weight);

/// Rows of a product that are computed together: enough that it runs at full rate, few enough that they are
/// still in the cache when what follows reads them.
constexpr std::int64_t kCpuRowBlock = 256;

/// multiply(); an exception of LibTorch where oneDNN refuses the sizes.
void cpuProduct(std::int64_t rows, std::int64_t cols, std::int64_t inner, MatrixPart left, MatrixPart right,
    float kept, float* result, std::int64_t resultStride);

/// The right operand [in, out] of a product that a weight [out, in] of either layout is.
[[nodiscard]] MatrixPart cpuOperand(const at::Tensor& weight);

/// rows [n, in] · weightᵀ + bias [out], where `weight` [out, in] lies row by row or column by column; an
/// undefined bias is none.
[[nodiscard]] at::Tensor cpuLinear(const at::Tensor& rows, const at::Tensor& weight, const at::Tensor& bias);

/// The operands of attention over all pieces of a batch. Rows are `hidden` values apart; kReadBehind values
/// behind query, keyColumns and value must be readable.
struct AttentionOperands {
    const float* query = nullptr; ///< [pieces, hidden]
    const float* queryBias = nullptr; ///< [hidden], or null
    const float* keyColumns = nullptr; ///< [hidden, pieces]: the keys without a bias, transposed
    std::int64_t keyStride = 0; ///< from one row of keyColumns to the next
    const float* value = nullptr; ///< [pieces, hidden]
    const float* valueBias = nullptr; ///< [hidden], or null
    std::int64_t hidden = 0;
    std::int64_t heads = 1; ///< divides hidden
};

/// result [pieces, hidden] := softmax(q kᵀ / √d) v within each sentence and head.
void cpuAttention(const AttentionOperands& operands, std::span<const LengthRun> runs, float* result);

} // namespace palimpsest::model
