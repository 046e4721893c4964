#pragma once
// Torch-facing. Writes a fine-tuned network as save_pretrained of transformers does.
// Thread: one.

#include <filesystem>
#include <span>

#include "base/result.h"
#include "model/model_config.h"
#include "model/weights.h"

namespace palimpsest::train {

/// Writes config.json (that of `config.json` text with the new architecture and labels), model.safetensors
/// (float32) and copies of the tokenizer files of `baseFolder` into the existing `folder`.
/// Fails with DiskFull, NotFound or WriteFailed.
[[nodiscard]] base::Status writeCheckpoint(const std::filesystem::path& folder,
    const std::filesystem::path& baseFolder, const model::ModelConfig& config,
    std::span<const model::NamedTensor> weights);

} // namespace palimpsest::train
