#pragma once
// The main job: corpus → activations → linkages → project, running only what is missing.
// Thread: reentrant for different projects; call from a worker.

#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "pipeline/study.h"

namespace palimpsest::pipeline {

/// What a run will cost, from the corpus and the configurations alone.
struct StudyEstimate {
    std::size_t sentences = 0;
    std::size_t occurrences = 0; ///< rows that will be clustered
    std::vector<int> layers;
    std::size_t hiddenSize = 0;
    double seconds = 0.0; ///< rough: a matrix product is measured for a moment on this machine
    std::uint64_t memoryBytes = 0; ///< peak
    std::uint64_t cacheBytes = 0; ///< activations beside the project
};

/// Checks everything that can be checked before the long work: folders, configurations, equal shape of the
/// two models, layers that exist, columns, text. Fails with the first error that run would meet.
[[nodiscard]] base::Result<StudyEstimate> estimateStudy(const Study& study, const base::JobContext& ctx);

struct RunReport {
    std::vector<std::string> computed; ///< stages that were computed, in order
    std::vector<std::string> reused; ///< stages whose fingerprint was unchanged
    std::size_t resumedSentences = 0; ///< read by an earlier run that was stopped on the way through a model
};

/// Runs `study` into the project at `projectPath` (created when missing). Finished stages stay when a later
/// one fails or is cancelled, and are not computed again. Activations go to the folder
/// cacheFolder(projectPath).
[[nodiscard]] base::Result<RunReport> runStudy(
    const Study& study, const std::filesystem::path& projectPath, const base::JobContext& ctx);

/// `<project>.cache` beside the project file; may be deleted at any time.
[[nodiscard]] std::filesystem::path cacheFolder(const std::filesystem::path& projectPath);

} // namespace palimpsest::pipeline
