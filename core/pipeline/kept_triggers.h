#pragma once
// A trigger search with all that it was made with: as it is kept in the project, and as it comes back.
// Thread: reentrant; searching uses all cores, so call it from a job's thread, one at a time.

#include <filesystem>
#include <vector>

#include "base/fingerprint.h"
#include "base/job_context.h"
#include "base/result.h"
#include "pipeline/trigger_search.h"
#include "project/trigger_store.h"

namespace palimpsest::pipeline {

struct KeptTriggers {
    TriggerOptions options; ///< layer, K and θ are those that were taken
    TriggerSearch found;
    base::Fingerprint tree; ///< project::TriggerRecord::tree
    bool current = true; ///< false: corpus, model or activations are others since
};

/// searchTriggers(), ready to be kept. Fails as that.
[[nodiscard]] base::Result<KeptTriggers> searchKeptTriggers(
    const TaskStudy& study, TriggerOptions options, const base::JobContext& ctx);

[[nodiscard]] project::TriggerRecord triggerRecord(const KeptTriggers& kept);
[[nodiscard]] KeptTriggers keptTriggers(const project::KeptTriggerRecord& record);

/// Puts it into the project file. Fails as ProjectFile::open and TriggerStore::put.
[[nodiscard]] base::Status keepTriggers(const std::filesystem::path& project, const KeptTriggers& kept);
/// All of the project, the newest last. Fails as ProjectFile::open and TriggerStore::read.
[[nodiscard]] base::Result<std::vector<KeptTriggers>> readKeptTriggers(const std::filesystem::path& project);

} // namespace palimpsest::pipeline
