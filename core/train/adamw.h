#pragma once
// Torch-facing. AdamW (Loshchilov & Hutter 2019, algorithm 2) with the defaults of torch.optim.AdamW, one
// pass over each weight instead of a dozen. Thread: one; uses LibTorch's pool inside.

#include <cstdint>
#include <vector>

#include <torch/torch.h>

#include "model/weights.h"

namespace palimpsest::train {

class AdamW {
public:
    /// Updates the tensors in place. Weight decay is for matrices only: not for biases and normalisation.
    AdamW(std::vector<model::NamedTensor> weights, double weightDecay);

    /// L2 norm of all gradients together; weights without a gradient do not count.
    [[nodiscard]] double gradientNorm() const;

    /// One update with all gradients multiplied by `gradientScale`, then drops the gradients. A sparse
    /// gradient (of a table of vectors) counts as 0 in the rows it does not name.
    void step(double learningRate, double gradientScale);

private:
    struct Slot {
        at::Tensor weight;
        at::Tensor mean;
        at::Tensor square;
        double decay = 0.0;
    };

    std::vector<Slot> m_slots;
    std::int64_t m_steps = 0;
};

} // namespace palimpsest::train
