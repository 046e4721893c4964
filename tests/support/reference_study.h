#pragma once
// A study of the reference pair (MiniLM-L6 and its version fine-tuned for sentiment) on the forty sentences
// of the sample project, run in some seconds: real models whose concepts, predictions and activations belong
// together. Thread: one test at a time.

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "pipeline/task_study.h"

namespace palimpsest::testing {

/// Both checkpoints are there; else tests that need them skip.
[[nodiscard]] bool hasReferencePair();

/// Folders of the pair.
[[nodiscard]] std::filesystem::path referenceBase();
[[nodiscard]] std::filesystem::path referenceFineTuned();

struct ReferenceStudyOptions {
    std::filesystem::path base = referenceBase();
    std::filesystem::path fineTuned = referenceFineTuned();
    bool classes = true; ///< the corpus has a column of classes
    std::string table; ///< another corpus, with the header "sentence<TAB>label"; empty: sampleTable()
};

/// Writes the corpus into `folder` and runs the study there, with K = 24 and θ = 0.8, on layers 0, 3 and 6.
/// Gives the project's path. Fails as pipeline::runStudy.
[[nodiscard]] base::Result<std::filesystem::path> runReferenceStudy(
    const std::filesystem::path& folder, const ReferenceStudyOptions& options = {});
/// The same, opened with its classifier on the CPU.
[[nodiscard]] base::Result<std::shared_ptr<const pipeline::TaskStudy>> openReferenceTask(
    const std::filesystem::path& folder, const ReferenceStudyOptions& options = {});

} // namespace palimpsest::testing
