#pragma once
// The demo: a real encoder, fine-tuned here on real snippets, and its study.
// Thread: call from a worker.

#include <filesystem>

#include "base/job_context.h"
#include "base/result.h"

namespace palimpsest::pipeline {

/// What packaging/demo-material.sh fetched: the encoder's folder and the snippets with their mean ratings.
struct DemoMaterial {
    std::filesystem::path encoder; ///< Hugging Face folder of MiniLM-L6
    std::filesystem::path
        snippets; ///< movieReviewSnippets_GroundTruth.txt: id, mean rating, text; tab-separated
};

/// Looks in `folder` (the cache that the script fills). Fails with NotFound and names the script to run.
[[nodiscard]] base::Result<DemoMaterial> findDemoMaterial(const std::filesystem::path& folder);

struct DemoReport {
    double heldOutAccuracy = 0.0; ///< of the fine-tuned model, on snippets it was not trained on
};

/// Makes what is missing: splits the snippets (training, held out, analysed), fine-tunes, runs the study into
/// `projectPath`. Done before: returns at once.
[[nodiscard]] base::Result<DemoReport> makeDemo(const DemoMaterial& material,
    const std::filesystem::path& workFolder, const std::filesystem::path& projectPath,
    const base::JobContext& ctx);

} // namespace palimpsest::pipeline
