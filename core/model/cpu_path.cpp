#include "model/cpu_path.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "model/attention_kernel.h"
#include "model/vector_kernels.h"

namespace palimpsest::model {

bool takesCpuPath(const at::Tensor& tensor)
{
    return tensor.is_cpu() && tensor.scalar_type() == at::kFloat && tensor.is_contiguous() && tensor.dim() > 0
        && !(at::GradMode::is_enabled() && tensor.requires_grad()) && hasMatrixProduct();
}

at::Tensor forCpuLinear(const at::Tensor& weight)
{
    return takesCpuPath(weight) && weight.dim() == 2 ? weight.t().contiguous().t() : weight;
}

bool takesCpuLinear(const at::Tensor& rows, const at::Tensor& weight)
{
    return takesCpuPath(rows) && rows.dim() == 2 && weight.dim() == 2
        && (takesCpuPath(weight) || takesCpuPath(weight.t()));
}

void cpuProduct(std::int64_t rows, std::int64_t cols, std::int64_t inner, MatrixPart left, MatrixPart right,
    float kept, float* result, std::int64_t resultStride)
{
    TORCH_CHECK(multiply(rows, cols, inner, left, right, kept, result, resultStride),
        "oneDNN refused the sizes of a matrix product");
}

MatrixPart cpuOperand(const at::Tensor& weight)
{
    const bool rowByRow = weight.is_contiguous();
    return {weight.data_ptr<float>(), weight.size(rowByRow ? 1 : 0), rowByRow};
}

at::Tensor cpuLinear(const at::Tensor& rows, const at::Tensor& weight, const at::Tensor& bias)
{
    const std::int64_t count = rows.size(0);
    const std::int64_t inner = rows.size(1);
    const std::int64_t cols = weight.size(0);
    at::Tensor result = at::empty({count, cols}, rows.options());
    for (std::int64_t first = 0; first < count; first += kCpuRowBlock) {
        const std::int64_t block = std::min(kCpuRowBlock, count - first);
        float* to = result.data_ptr<float>() + first * cols;
        if (bias.defined())
            fillRows(
                to, bias.data_ptr<float>(), static_cast<std::size_t>(block), static_cast<std::size_t>(cols));
        cpuProduct(block, cols, inner, {rows.data_ptr<float>() + first * inner, inner}, cpuOperand(weight),
            bias.defined() ? 1.0F : 0.0F, to, cols);
    }
    return result;
}

void cpuAttention(const AttentionOperands& operands, std::span<const LengthRun> runs, float* result)
{
    const std::int64_t size = operands.hidden / operands.heads;
    const auto shifted
        = [](const float* values, std::int64_t by) { return values != nullptr ? values + by : nullptr; };
    HeadOperands head;
    head.headSize = static_cast<std::size_t>(size);
    head.stride = static_cast<std::size_t>(operands.hidden);
    head.keyStride = static_cast<std::size_t>(operands.keyStride);
    head.scale = static_cast<float>(1.0 / std::sqrt(static_cast<double>(size)));
    std::vector<float> scratch;
    for (const LengthRun& run : runs) {
        head.length = static_cast<std::size_t>(run.length);
        for (std::int64_t sentence = 0; sentence < run.sentences; ++sentence) {
            const std::int64_t piece = run.begin + sentence * run.length;
            for (std::int64_t column = 0; column < operands.hidden; column += size) {
                const std::int64_t at = piece * operands.hidden + column;
                head.query = operands.query + at;
                head.queryBias = shifted(operands.queryBias, column);
                head.keyColumns = operands.keyColumns + column * operands.keyStride + piece;
                head.value = operands.value + at;
                head.valueBias = shifted(operands.valueBias, column);
                head.result = result + at;
                attendHead(head, scratch);
            }
        }
    }
}

} // namespace palimpsest::model
