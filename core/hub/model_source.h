#pragma once
// A checkpoint as people name it: a folder, or the id of a model of Hugging Face.
// Thread: call from a job's thread where a download may follow.

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/job_context.h"
#include "base/result.h"
#include "hub/download.h"

namespace palimpsest::hub {

/// "owner/name" or "owner/name@revision", as the hub allows it.
[[nodiscard]] bool isModelId(const std::string& name);

enum class ModelPlace : std::uint8_t {
    Folder,
    Cached, ///< an id whose checkpoint is in the cache
    Elsewhere, ///< an id of which nothing is here; downloadModel may fetch it
    Nowhere, ///< no folder, and no id either
};

struct LocatedModel {
    ModelPlace place = ModelPlace::Nowhere;
    std::filesystem::path folder; ///< of Folder and Cached
};

/// Where the checkpoint `name` is: a folder of that name, else the model "owner/name" or
/// "owner/name@revision". Looks at this machine only.
[[nodiscard]] LocatedModel locateModel(const std::string& name, const DownloadOptions& options);

/// The folder of the checkpoint `name` as locateModel finds it or, only where `download`, as it is fetched. A
/// cached one is brought up to date where `download`; if the hub cannot be reached it is taken as it is, with
/// a warning. Fails with NotFound (neither; the sentence says what would fetch it) or as downloadModel does.
[[nodiscard]] base::Result<std::filesystem::path> findModel(
    const std::string& name, bool download, const DownloadOptions& options, const base::JobContext& ctx);

/// With the options of the environment.
[[nodiscard]] base::Result<std::filesystem::path> findModel(
    const std::string& name, bool download, const base::JobContext& ctx);

} // namespace palimpsest::hub
