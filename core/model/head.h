#pragma once
// Torch-facing. The classifier on top of an encoder.
// Thread: immutable after construction.

#include <memory>

#include <torch/torch.h>

#include "model/architecture_registry.h"
#include "model/encoder.h"
#include "model/weights.h"

namespace palimpsest::model {

class Head {
public:
    Head() = default;
    virtual ~Head() = default;
    Head(const Head&) = delete;
    Head& operator=(const Head&) = delete;

    /// Sequence classification: [sentences, labels]. Token classification: [pieces, labels].
    [[nodiscard]] virtual at::Tensor logits(
        const Encoder& encoder, const at::Tensor& lastState, const Forward& run) const = 0;
};

/// Null for HeadKind::None. Problems with weights are kept as weights.status().
[[nodiscard]] std::unique_ptr<Head> makeHead(
    const ModelConfig& config, const Architecture& architecture, Weights& weights);

} // namespace palimpsest::model
