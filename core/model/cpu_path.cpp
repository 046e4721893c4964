#include "model/cpu_path.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "model/matrix_product.h"
#include "model/vector_kernels.h"

namespace palimpsest::model {

namespace {

// Enough rows that the product runs at full rate, few enough that they are still in the cache when it adds to
// them.
constexpr std::int64_t kRowBlock = 256;

void require(bool done)
{
    TORCH_CHECK(done, "oneDNN refused the sizes of a matrix product");
}

struct AttentionSizes {
    std::int64_t length = 0;
    std::int64_t hidden = 0;
    std::int64_t headSize = 0;
    std::int64_t padded = 0; ///< columns of a row of scores: length, rounded up for the vector units
    float scale = 1.0F;
};

/// One head of one sentence; the pointers are its first values, rows are sizes.hidden apart.
void attendOnce(const AttentionSizes& sizes, const float* query, const float* key, const float* value,
    float* scores, float* result)
{
    require(multiply(sizes.length, sizes.length, sizes.headSize, sizes.scale, {query, sizes.hidden},
        {key, sizes.hidden}, true, 0.0F, scores, sizes.padded));
    for (std::int64_t row = 0; row < sizes.length; ++row)
        softmaxInPlace(scores + row * sizes.padded, static_cast<std::size_t>(sizes.length),
            static_cast<std::size_t>(sizes.padded));
    require(multiply(sizes.length, sizes.headSize, sizes.length, 1.0F, {scores, sizes.padded},
        {value, sizes.hidden}, false, 0.0F, result, sizes.hidden));
}

} // namespace

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

at::Tensor cpuLinear(const at::Tensor& rows, const at::Tensor& weight, const at::Tensor& bias)
{
    const std::int64_t count = rows.size(0);
    const std::int64_t inner = rows.size(1);
    const std::int64_t cols = weight.size(0);
    const bool rowByRow = weight.is_contiguous();
    at::Tensor result = at::empty({count, cols}, rows.options());
    for (std::int64_t first = 0; first < count; first += kRowBlock) {
        const std::int64_t block = std::min(kRowBlock, count - first);
        float* to = result.data_ptr<float>() + first * cols;
        if (bias.defined())
            fillRows(
                to, bias.data_ptr<float>(), static_cast<std::size_t>(block), static_cast<std::size_t>(cols));
        require(multiply(block, cols, inner, 1.0F, {rows.data_ptr<float>() + first * inner, inner},
            {weight.data_ptr<float>(), rowByRow ? inner : cols}, rowByRow, bias.defined() ? 1.0F : 0.0F, to,
            cols));
    }
    return result;
}

at::Tensor cpuAttention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
    std::int64_t heads, std::span<const LengthRun> runs)
{
    AttentionSizes sizes;
    sizes.hidden = query.size(1);
    sizes.headSize = sizes.hidden / heads;
    sizes.scale = static_cast<float>(1.0 / std::sqrt(static_cast<double>(sizes.headSize)));
    constexpr std::int64_t kLanes = 16;
    at::Tensor mixed = at::empty_like(query);
    std::vector<float> scores;
    for (const LengthRun& run : runs) {
        sizes.length = run.length;
        sizes.padded = (run.length + kLanes - 1) / kLanes * kLanes;
        const auto needed = static_cast<std::size_t>(sizes.length * sizes.padded);
        scores.resize(std::max(scores.size(), needed));
        for (std::int64_t sentence = 0; sentence < run.sentences; ++sentence) {
            for (std::int64_t head = 0; head < heads; ++head) {
                const std::int64_t at
                    = (run.begin + sentence * run.length) * sizes.hidden + head * sizes.headSize;
                attendOnce(sizes, query.data_ptr<float>() + at, key.data_ptr<float>() + at,
                    value.data_ptr<float>() + at, scores.data(), mixed.data_ptr<float>() + at);
            }
        }
    }
    return mixed;
}

} // namespace palimpsest::model
