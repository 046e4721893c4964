#pragma once
// What is wrong in files of ConceptX and its family, line by line.
// Thread: reentrant.

#include <filesystem>
#include <string>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"

namespace palimpsest::exchange {

enum class Severity : std::uint8_t {
    Note, ///< worth knowing: a token with bars, a dropped blank line
    Error, ///< an import would be refused, or would mean something else
};

struct Finding {
    Severity severity = Severity::Error;
    std::string file; ///< name without folders
    std::size_t line = 0; ///< from 1; for JSON arrays the entry; 0: the file as a whole
    std::string text;
};

/// Looks at sentences, cluster files and label files of `folder` (or at one cluster file beside its
/// sentences). At most `limit` findings a file and kind are listed; how many more there are is the last one.
/// Fails with NotFound, Unreadable or Cancelled; what is wrong inside of files is never an error here.
[[nodiscard]] base::Result<std::vector<Finding>> lintConceptX(
    const std::filesystem::path& folder, std::size_t limit, const base::JobContext& ctx);

} // namespace palimpsest::exchange
