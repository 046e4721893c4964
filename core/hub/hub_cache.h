#pragma once
// The cache of Hugging Face's libraries on this machine: where it is and how a checkpoint lies in it.
// Thread: reentrant; reads the environment.

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace palimpsest::hub {

/// HF_HUB_CACHE, else $HF_HOME/hub, else $XDG_CACHE_HOME/huggingface/hub, else ~/.cache/huggingface/hub.
[[nodiscard]] std::filesystem::path cacheFolder();

/// "name" or "owner/name" as the hub allows it: letters, digits, '-', '_' and '.', at most 96 of them, no
/// part that starts or ends with '-' or '.', no ".." or "--".
[[nodiscard]] bool isHubId(std::string_view text);

/// A branch, tag or commit: like parts of an id, joined by '/'.
[[nodiscard]] bool isRevision(std::string_view text);

/// 40 small hexadecimal digits.
[[nodiscard]] bool isCommit(std::string_view text);

/// models--owner--name in `cache`.
[[nodiscard]] std::filesystem::path repositoryFolder(const std::filesystem::path& cache, std::string_view id);

/// The snapshot of `revision` that is in the cache, with at least its config.json. Links are followed by who
/// reads it. Fails with InvalidArgument (no id, no revision) or NotFound.
[[nodiscard]] base::Result<std::filesystem::path> findCached(
    const std::filesystem::path& cache, std::string_view id, std::string_view revision = "main");

} // namespace palimpsest::hub
