#pragma once
// Torch-facing. The operations that an encoder spends its time in, for evaluation on a CPU: the same results
// as LibTorch's to rounding, without its passes over memory and its cost per call. Thread: pure functions of
// their arguments.

#include <cstdint>
#include <span>

#include <torch/torch.h>

#include "model/packed_batch.h"

namespace palimpsest::model {

/// True where `tensor` may be given to the functions below: dense float32 rows on a CPU of which no gradient
/// is recorded, and a LibTorch whose oneDNN can be called.
[[nodiscard]] bool takesCpuPath(const at::Tensor& tensor);

/// The same values [out, in] laid out so that cpuLinear() reads them fastest: column by column.
[[nodiscard]] at::Tensor forCpuLinear(const at::Tensor& weight);

/// True where `rows` and `weight` may be given to cpuLinear().
[[nodiscard]] bool takesCpuLinear(const at::Tensor& rows, const at::Tensor& weight);

/// rows [n, in] · weightᵀ + bias [out], where `weight` [out, in] lies row by row or column by column; an
/// undefined bias is none.
[[nodiscard]] at::Tensor cpuLinear(const at::Tensor& rows, const at::Tensor& weight, const at::Tensor& bias);

/// softmax(q kᵀ / √d) v within each sentence and head; all [pieces, hidden].
[[nodiscard]] at::Tensor cpuAttention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
    std::int64_t heads, std::span<const LengthRun> runs);

} // namespace palimpsest::model
