#pragma once
// The two checksums by which the hub names files. Thread: reentrant.

#include <filesystem>
#include <string>

#include "base/job_context.h"
#include "base/result.h"

namespace palimpsest::hub {

enum class DigestKind {
    Sha256, ///< of the content: large files
    GitBlob, ///< SHA-1 of "blob <size>\0" and the content: small files, as git names them
};

/// Small hexadecimal digits. Fails with NotFound, Unreadable, Internal or Cancelled.
[[nodiscard]] base::Result<std::string> digestFile(
    const std::filesystem::path& path, DigestKind kind, const base::JobContext& ctx);

} // namespace palimpsest::hub
