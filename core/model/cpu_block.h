#pragma once
// Torch-facing. PostNormBlock for evaluation on a CPU: products, and between two products one pass over the
// rows, in buffers that a thread keeps.
// Thread: reentrant; every thread has buffers of its own.

#include <torch/torch.h>

#include "model/transformer_block.h"

namespace palimpsest::model {

/// True where cpuBlock() may compute `block`: float32 on a CPU, no gradient, no dropout, and a LibTorch whose
/// oneDNN can be called.
[[nodiscard]] bool takesCpuBlock(const PostNormBlock& block, const at::Tensor& state, const Forward& run);

/// PostNormBlock::operator() without a change of the scores.
[[nodiscard]] at::Tensor cpuBlock(const PostNormBlock& block, const at::Tensor& state, const Forward& run);

/// PostNormBlock::afterAttention(); `mixed` is a dense matrix like `state`.
[[nodiscard]] at::Tensor cpuAfterAttention(
    const PostNormBlock& block, const at::Tensor& mixed, const at::Tensor& state, const Forward& run);

} // namespace palimpsest::model
