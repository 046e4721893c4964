#include "train/adamw.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace palimpsest::train {

namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;
constexpr std::int64_t kGrain = 1 << 15;

/// What one step has in common for all weights, in the arithmetic of the update.
struct StepFactors {
    float scale;
    float kept; ///< 1 - learning rate · decay
    float rate; ///< learning rate / (1 - beta1^t)
    float rootCorrection; ///< 1 / sqrt(1 - beta2^t)
};

/// Memory of one weight; `gradient` may be null for all zeros.
struct Pointers {
    float* weight;
    float* mean;
    float* square;
    const float* gradient;
};

void update(const Pointers& memory, std::int64_t count, const StepFactors& factors)
{
    constexpr auto beta1 = static_cast<float>(kBeta1);
    constexpr auto beta2 = static_cast<float>(kBeta2);
    constexpr auto epsilon = static_cast<float>(kEpsilon);
    for (std::int64_t i = 0; i < count; ++i) {
        const float g = memory.gradient == nullptr ? 0.0F : memory.gradient[i] * factors.scale;
        memory.mean[i] = beta1 * memory.mean[i] + (1.0F - beta1) * g;
        memory.square[i] = beta2 * memory.square[i] + (1.0F - beta2) * g * g;
        const float size = std::sqrt(memory.square[i]) * factors.rootCorrection + epsilon;
        memory.weight[i] = memory.weight[i] * factors.kept - factors.rate * memory.mean[i] / size;
    }
}

void updateDense(const Pointers& all, std::int64_t count, const StepFactors& factors)
{
    at::parallel_for(0, count, kGrain, [&](std::int64_t begin, std::int64_t end) {
        update({all.weight + begin, all.mean + begin, all.square + begin, all.gradient + begin}, end - begin,
            factors);
    });
}

/// `rows` names, in rising order, the rows of [count, width] whose gradients follow each other in
/// all.gradient.
void updateRows(const Pointers& all, std::span<const std::int64_t> rows, std::int64_t count,
    std::int64_t width, const StepFactors& factors)
{
    at::parallel_for(0, count, kGrain / width + 1, [&](std::int64_t begin, std::int64_t end) {
        auto next = std::lower_bound(rows.begin(), rows.end(), begin);
        for (std::int64_t row = begin; row < end; ++row) {
            const std::int64_t from = row * width;
            Pointers memory{all.weight + from, all.mean + from, all.square + from, nullptr};
            if (next != rows.end() && *next == row)
                memory.gradient = all.gradient + width * (next++ - rows.begin());
            update(memory, width, factors);
        }
    });
}

at::Tensor gradientValues(const at::Tensor& gradient)
{
    return gradient.is_sparse() ? gradient.coalesce().values() : gradient;
}

} // namespace

AdamW::AdamW(std::vector<model::NamedTensor> weights, double weightDecay)
{
    for (model::NamedTensor& named : weights) {
        m_slots.push_back({named.tensor, at::zeros_like(named.tensor.detach()),
            at::zeros_like(named.tensor.detach()), named.tensor.dim() > 1 ? weightDecay : 0.0});
    }
}

double AdamW::gradientNorm() const
{
    double squares = 0.0;
    for (const Slot& slot : m_slots) {
        if (slot.weight.grad().defined()) {
            const double norm = at::norm(gradientValues(slot.weight.grad())).item<double>();
            squares += norm * norm;
        }
    }
    return std::sqrt(squares);
}

void AdamW::step(double learningRate, double gradientScale)
{
    ++m_steps;
    const auto t = static_cast<double>(m_steps);
    for (Slot& slot : m_slots) {
        if (!slot.weight.grad().defined())
            continue;
        const StepFactors factors{
            static_cast<float>(gradientScale),
            static_cast<float>(1.0 - learningRate * slot.decay),
            static_cast<float>(learningRate / (1.0 - std::pow(kBeta1, t))),
            static_cast<float>(1.0 / std::sqrt(1.0 - std::pow(kBeta2, t))),
        };
        const bool sparse = slot.weight.grad().is_sparse();
        const at::Tensor gradient = sparse ? slot.weight.grad().coalesce() : slot.weight.grad();
        const at::Tensor values = (sparse ? gradient.values() : gradient).contiguous();
        const Pointers all{slot.weight.data_ptr<float>(), slot.mean.data_ptr<float>(),
            slot.square.data_ptr<float>(), values.data_ptr<float>()};
        if (sparse) {
            const at::Tensor rows = gradient.indices()[0].contiguous();
            updateRows(all, {rows.data_ptr<std::int64_t>(), static_cast<std::size_t>(rows.numel())},
                slot.weight.size(0), slot.weight.size(1), factors);
        } else {
            updateDense(all, values.numel(), factors);
        }
        slot.weight.mutable_grad().reset();
    }
}

} // namespace palimpsest::train
