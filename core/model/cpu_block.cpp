#include "model/cpu_block.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "model/attention_kernel.h"
#include "model/cpu_path.h"
#include "model/vector_kernels.h"

namespace palimpsest::model {

namespace {

/// Whole lines of the cache. Grows and never shrinks: fresh pages for every product cost as much as a tenth
/// of it.
class Buffer {
public:
    float* of(std::int64_t count)
    {
        constexpr std::size_t kLine = 64;
        const std::size_t needed
            = (static_cast<std::size_t>(count) * sizeof(float) + kLine - 1) / kLine * kLine;
        if (m_bytes < needed) {
            m_values.reset();
            m_values.reset(static_cast<float*>(std::aligned_alloc(kLine, needed)));
            m_bytes = m_values ? needed : 0;
            TORCH_CHECK(m_values != nullptr, "out of memory");
        }
        return m_values.get();
    }

private:
    struct Free {
        void operator()(float* values) const { std::free(values); }
    };
    std::unique_ptr<float, Free> m_values;
    std::size_t m_bytes = 0;
};

struct Buffers {
    Buffer query, keyColumns, value, mixed; ///< of a batch
    Buffer attended, inner, denseMixed, denseState, finished; ///< of kCpuRowBlock rows
};

Buffers& buffers()
{
    static thread_local Buffers mine;
    return mine;
}

const float* biasOf(const Linear& layer)
{
    return layer.bias.defined() ? layer.bias.data_ptr<float>() : nullptr;
}

bool takesNorm(const LayerNorm& norm)
{
    return takesCpuPath(norm.weight) && takesCpuPath(norm.bias);
}

/// rows · weightᵀ, without the bias.
void product(const float* rows, std::int64_t count, const Linear& layer, float* result)
{
    const std::int64_t inner = layer.weight.size(1);
    const std::int64_t cols = layer.weight.size(0);
    cpuProduct(count, cols, inner, {rows, inner}, cpuOperand(layer.weight), 0.0F, result, cols);
}

void normaliseRows(
    float* rows, std::int64_t count, const Linear& layer, const float* residual, const LayerNorm& norm)
{
    const std::int64_t cols = layer.weight.size(0);
    const RowNorm parts{norm.weight.data_ptr<float>(), norm.bias.data_ptr<float>(), norm.eps};
    for (std::int64_t row = 0; row < count; ++row) {
        addAndNormalise(
            rows + row * cols, biasOf(layer), residual + row * cols, parts, static_cast<std::size_t>(cols));
    }
}

void activateRows(float* rows, std::int64_t count, const Linear& layer, Activation activation)
{
    const std::int64_t cols = layer.weight.size(0);
    if (activation == Activation::Gelu) {
        geluInPlace(rows, biasOf(layer), static_cast<std::size_t>(count), static_cast<std::size_t>(cols));
        return;
    }
    at::Tensor values = at::from_blob(rows, {count, cols}, at::kFloat);
    if (layer.bias.defined())
        values.add_(layer.bias);
    const at::Tensor activated = activate(activation, values);
    if (!activated.is_same(values))
        values.copy_(activated);
}

/// Everything behind attention, for at most kCpuRowBlock rows that follow each other.
void finishRows(
    const PostNormBlock& block, const float* mixed, const float* state, std::int64_t count, float* result)
{
    const std::int64_t hidden = block.output.weight.size(0);
    float* attended = buffers().attended.of(kCpuRowBlock * hidden);
    float* inner = buffers().inner.of(kCpuRowBlock * block.intermediate.weight.size(0));
    product(mixed, count, block.attentionOutput, attended);
    normaliseRows(attended, count, block.attentionOutput, state, block.attentionNorm);
    product(attended, count, block.intermediate, inner);
    activateRows(inner, count, block.intermediate, block.activation);
    product(inner, count, block.output, result);
    normaliseRows(result, count, block.output, attended, block.outputNorm);
}

void gatherRows(const float* from, std::span<const std::int64_t> rows, std::int64_t cols, float* to)
{
    for (std::size_t i = 0; i < rows.size(); ++i)
        std::copy_n(from + rows[i] * cols, cols, to + static_cast<std::int64_t>(i) * cols);
}

/// finishRows() for the rows that are needed, through dense copies of them.
void finishNeededRows(const PostNormBlock& block, const float* mixed, std::int64_t mixedCols,
    const at::Tensor& state, std::span<const std::int64_t> needed, float* result)
{
    const std::int64_t hidden = state.size(1);
    constexpr auto kBlock = static_cast<std::size_t>(kCpuRowBlock);
    float* denseMixed = buffers().denseMixed.of(kCpuRowBlock * mixedCols);
    float* denseState = buffers().denseState.of(kCpuRowBlock * hidden);
    float* finished = buffers().finished.of(kCpuRowBlock * hidden);
    for (std::size_t first = 0; first < needed.size(); first += kBlock) {
        const auto rows = needed.subspan(first, std::min(kBlock, needed.size() - first));
        gatherRows(mixed, rows, mixedCols, denseMixed);
        gatherRows(state.data_ptr<float>(), rows, hidden, denseState);
        finishRows(block, denseMixed, denseState, static_cast<std::int64_t>(rows.size()), finished);
        for (std::size_t i = 0; i < rows.size(); ++i)
            std::copy_n(finished + static_cast<std::int64_t>(i) * hidden, hidden, result + rows[i] * hidden);
    }
}

at::Tensor afterAttention(const PostNormBlock& block, const float* mixed, std::int64_t mixedCols,
    const at::Tensor& state, const Forward& run)
{
    at::Tensor result = at::empty_like(state);
    auto* to = result.data_ptr<float>();
    if (!run.needed.empty() && run.needed.size() < static_cast<std::size_t>(state.size(0))) {
        finishNeededRows(block, mixed, mixedCols, state, run.needed, to);
        return result;
    }
    const std::int64_t hidden = state.size(1);
    for (std::int64_t first = 0; first < state.size(0); first += kCpuRowBlock) {
        finishRows(block, mixed + first * mixedCols, state.data_ptr<float>() + first * hidden,
            std::min(kCpuRowBlock, state.size(0) - first), to + first * hidden);
    }
    return result;
}

} // namespace

bool takesCpuBlock(const PostNormBlock& block, const at::Tensor& state, const Forward& run)
{
    if (run.dropout != nullptr || !takesNorm(block.attentionNorm) || !takesNorm(block.outputNorm))
        return false;
    const std::array layers{
        &block.query, &block.key, &block.value, &block.attentionOutput, &block.intermediate, &block.output};
    return std::all_of(layers.begin(), layers.end(), [&](const Linear* layer) {
        return takesCpuLinear(state, layer->weight) && (!layer->bias.defined() || takesCpuPath(layer->bias));
    });
}

at::Tensor cpuBlock(const PostNormBlock& block, const at::Tensor& state, const Forward& run)
{
    const std::int64_t pieces = state.size(0);
    const std::int64_t hidden = state.size(1);
    constexpr std::int64_t kPage = 1024; // values; rows a page apart would share the same places of a cache
    constexpr auto kBehind = static_cast<std::int64_t>(kReadBehind);
    const std::int64_t keyStride = pieces + (pieces % kPage == 0 ? 16 : 0);
    AttentionOperands operands;
    operands.hidden = hidden;
    operands.heads = block.heads;
    float* query = buffers().query.of(pieces * hidden + kBehind);
    float* keyColumns = buffers().keyColumns.of(hidden * keyStride + kBehind);
    float* value = buffers().value.of(pieces * hidden + kBehind);
    const float* rows = state.data_ptr<float>();
    product(rows, pieces, block.query, query);
    product(rows, pieces, block.value, value);
    MatrixPart weight = cpuOperand(block.key.weight);
    weight.transposed = !weight.transposed;
    cpuProduct(hidden, pieces, hidden, weight, {rows, hidden, true}, 0.0F, keyColumns, keyStride);
    operands.query = query;
    operands.queryBias = biasOf(block.query);
    operands.keyColumns = keyColumns;
    operands.keyStride = keyStride;
    operands.value = value;
    operands.valueBias = biasOf(block.value);
    float* mixed = buffers().mixed.of(pieces * hidden);
    cpuAttention(operands, run.batch.runs, mixed);
    return afterAttention(block, mixed, hidden, state, run);
}

at::Tensor cpuAfterAttention(
    const PostNormBlock& block, const at::Tensor& mixed, const at::Tensor& state, const Forward& run)
{
    return afterAttention(block, mixed.data_ptr<float>(), mixed.size(1), state, run);
}

} // namespace palimpsest::model
