#pragma once
// A checkpoint as people name it: a folder, or the id of a model of Hugging Face.
// Thread: call from a job's thread where a download may follow.

#include <filesystem>
#include <string>

#include "base/job_context.h"
#include "base/result.h"
#include "hub/download.h"

namespace palimpsest::hub {

/// The folder of the checkpoint `name`: a folder of that name, else the model "owner/name" or
/// "owner/name@revision" in the cache, else, only where `download`, fetched. Fails with NotFound (neither;
/// the sentence says what would fetch it) or as downloadModel does.
[[nodiscard]] base::Result<std::filesystem::path> findModel(
    const std::string& name, bool download, const DownloadOptions& options, const base::JobContext& ctx);

/// With the options of the environment.
[[nodiscard]] base::Result<std::filesystem::path> findModel(
    const std::string& name, bool download, const base::JobContext& ctx);

} // namespace palimpsest::hub
