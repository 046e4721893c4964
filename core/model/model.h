#pragma once
// An opened checkpoint: encoder, head and their weights in memory, ready to run.
// Thread: immutable; may be shared and run from several threads, though each run uses all cores by itself.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/fingerprint.h"
#include "base/result.h"
#include "model/model_config.h"

namespace palimpsest::model {

class Encoder;
class Head;

/// Numbers that a network computes with. Those of 16 bits halve memory and are faster on a GPU; a state then
/// has about 3 (Float16) or 2 (BFloat16) correct digits.
enum class Precision : std::uint8_t { Float32, Float16, BFloat16 };

struct ModelOptions {
    /// "cpu", "cuda", "cuda:1", or "auto": the first CUDA device where there is one, else the CPU.
    std::string device = "cpu";
    /// What weights are rounded to, whatever the file holds. On a CPU, Float32 or BFloat16.
    Precision precision = Precision::Float32;
};

class Model {
public:
    /// Opens the folder of a checkpoint (`config.json` with `model.safetensors`, shards with an index, or
    /// `pytorch_model.bin`). Weights are of options.precision whatever the file holds; float32 files are
    /// mapped, not copied, where that is Float32. Fails as readModelConfig does, and with NotFound (no
    /// weights, or one that is missing: the message names it), Malformed, ShapeMismatch (a weight of another
    /// shape than config.json says), InvalidArgument (an unknown device) or Unsupported (no CUDA here;
    /// Float16 on a CPU; a pickle with globals that are not weights).
    [[nodiscard]] static base::Result<std::shared_ptr<const Model>> open(
        const std::filesystem::path& folder, const ModelOptions& options = {});

    ~Model();
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;

    [[nodiscard]] const ModelConfig& config() const;
    [[nodiscard]] const std::filesystem::path& folder() const;

    /// Of the contents of config.json and of the weight files; independent of path, time and device.
    [[nodiscard]] base::Fingerprint fingerprint() const;

    [[nodiscard]] bool hasHead() const;

    /// "cpu" or "cuda:0".
    [[nodiscard]] std::string device() const;

    [[nodiscard]] Precision precision() const;

    /// For the modules that run the network; see model/encoder.h (Torch-facing).
    [[nodiscard]] const Encoder& encoder() const;
    /// Null without a head.
    [[nodiscard]] const Head* head() const;

private:
    struct Parts;
    explicit Model(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> m_parts;
};

/// Fingerprint that Model::open(folder) would have, without loading weights. Fails with NotFound or
/// Unreadable.
[[nodiscard]] base::Result<base::Fingerprint> fingerprintModel(const std::filesystem::path& folder);

} // namespace palimpsest::model
