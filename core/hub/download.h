#pragma once
// Fetches a checkpoint from Hugging Face's hub, or a server that speaks like it, into the cache.
// Thread: call from a job's thread; several processes may fetch into one cache.

#include <filesystem>
#include <string>

#include "base/job_context.h"
#include "base/result.h"

namespace palimpsest::hub {

struct DownloadOptions {
    std::string endpoint = "https://huggingface.co";
    std::string token; ///< sent to the endpoint's own scheme, host and port only
    std::filesystem::path cache;
    std::string revision = "main";
    bool offline = false; ///< refuse at once

    /// HF_ENDPOINT, HF_TOKEN, HF_HUB_OFFLINE and cacheFolder().
    [[nodiscard]] static DownloadOptions fromEnvironment();
};

/// Fetches config.json, the tokenizer's files and the weights of model `id` and returns the folder with them,
/// a snapshot in the cache. What is there already is not fetched again; what had arrived in part is
/// continued. Progress counts bytes. A stop request is met within a second and keeps what has arrived. Fails
/// with InvalidArgument (id, revision, endpoint or token), NotFound (no such model or revision, no
/// config.json or weights in it), Unreadable (offline, no connection, access not granted), Malformed (an
/// answer that is not the hub's, another checksum or size than announced), DiskFull, WriteFailed or
/// Cancelled.
[[nodiscard]] base::Result<std::filesystem::path> downloadModel(
    const std::string& id, const DownloadOptions& options, const base::JobContext& ctx);

} // namespace palimpsest::hub
