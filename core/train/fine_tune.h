#pragma once
// Fine-tunes an encoder with a classification head on labelled sentences and writes the result as a
// checkpoint. Thread: reentrant; call from a worker, one at a time, since a run uses all cores by itself.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"

namespace palimpsest::train {

struct TrainingExample {
    std::vector<std::int32_t> ids; ///< special pieces included, at most the model's maxPieces
    int label = 0; ///< index into FineTuneOptions::labelNames
};

struct FineTuneOptions {
    int epochs = 1;
    std::size_t batchSize = 16; ///< sentences per step, of similar length
    double learningRate = 1e-4; ///< at the end of the warm-up; falls linearly to 0 at the last step
    double weightDecay = 0.01; ///< not on biases and normalisation weights
    double warmUpShare = 0.1; ///< of all steps
    std::uint64_t seed = 1; ///< of the head's initial weights, the order of batches and dropout
    double dropout = 0.1; ///< of embeddings, attention, both block outputs and the classifier's input
    double gradientClip = 1.0; ///< largest L2 norm of all gradients together
    std::vector<std::string> labelNames; ///< at least two
};

struct FineTuneResult {
    double heldOutAccuracy = 0.0; ///< share of held-out examples; 0 where there are none
    std::size_t steps = 0;
    std::vector<double> losses; ///< mean cross entropy of each step
    double seconds = 0.0; ///< wall clock of training and evaluation
};

/// Trains all weights of the encoder in `baseFolder` and a new head with AdamW (Loshchilov & Hutter 2019),
/// then writes `outFolder` as `save_pretrained` does: config.json, model.safetensors (float32) and the base's
/// tokenizer files. It is written as `<outFolder>.part` and renamed; an existing `outFolder` is refused.
/// Same input, seed and number of threads: same bytes. Progress tells step and loss.
/// Fails with InvalidArgument (an option out of range, a label outside labelNames, an id outside the
/// vocabulary, a sentence too long or empty, outFolder exists), TooFewRows (no examples), NotFinite (the loss
/// diverged), DiskFull, WriteFailed, Cancelled (nothing is left behind), or as model::Model::open does.
[[nodiscard]] base::Result<FineTuneResult> fineTuneClassifier(const std::filesystem::path& baseFolder,
    std::span<const TrainingExample> training, std::span<const TrainingExample> heldOut,
    const FineTuneOptions& options, const std::filesystem::path& outFolder, const base::JobContext& ctx);

} // namespace palimpsest::train
