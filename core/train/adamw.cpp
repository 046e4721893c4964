#include "train/adamw.h"

#include <cmath>

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

void update(float* weight, const float* gradient, float* mean, float* square, std::int64_t count,
    const StepFactors& factors)
{
    constexpr auto beta1 = static_cast<float>(kBeta1);
    constexpr auto beta2 = static_cast<float>(kBeta2);
    constexpr auto epsilon = static_cast<float>(kEpsilon);
    for (std::int64_t i = 0; i < count; ++i) {
        const float g = gradient[i] * factors.scale;
        mean[i] = beta1 * mean[i] + (1.0F - beta1) * g;
        square[i] = beta2 * square[i] + (1.0F - beta2) * g * g;
        const float size = std::sqrt(square[i]) * factors.rootCorrection + epsilon;
        weight[i] = weight[i] * factors.kept - factors.rate * mean[i] / size;
    }
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
            const double norm = at::norm(slot.weight.grad()).item<double>();
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
        const StepFactors factors = {
            static_cast<float>(gradientScale),
            static_cast<float>(1.0 - learningRate * slot.decay),
            static_cast<float>(learningRate / (1.0 - std::pow(kBeta1, t))),
            static_cast<float>(1.0 / std::sqrt(1.0 - std::pow(kBeta2, t))),
        };
        const at::Tensor gradient = slot.weight.grad().contiguous();
        const auto* from = gradient.data_ptr<float>();
        auto* weight = slot.weight.data_ptr<float>();
        auto* mean = slot.mean.data_ptr<float>();
        auto* square = slot.square.data_ptr<float>();
        at::parallel_for(0, gradient.numel(), kGrain, [&](std::int64_t begin, std::int64_t end) {
            update(weight + begin, from + begin, mean + begin, square + begin, end - begin, factors);
        });
        slot.weight.mutable_grad().reset();
    }
}

} // namespace palimpsest::train
