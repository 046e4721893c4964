#pragma once
// Torch-facing. Encoder and head built from a checkpoint: what Model holds, and what training starts from.
// Thread: one builder thread; immutable afterwards.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "model/encoder.h"
#include "model/head.h"
#include "model/model_config.h"
#include "model/weights.h"

namespace palimpsest::model {

struct Network {
    Checkpoint checkpoint; ///< owns the memory of mapped weights
    std::unique_ptr<Encoder> encoder;
    std::unique_ptr<Head> head; ///< null where config.head is None
    std::vector<NamedTensor> weights; ///< everything that encoder and head use
};

/// Fails as Model::open does.
[[nodiscard]] base::Result<Network> buildNetwork(
    const ModelConfig& config, const std::filesystem::path& folder, const Weights::Options& options);

} // namespace palimpsest::model
