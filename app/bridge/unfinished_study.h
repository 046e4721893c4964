#pragma once
// Finds out whether the run that made a project was stopped before its end.
// Thread: reentrant; call from a worker.

#include <filesystem>
#include <optional>

#include "pipeline/study.h"

namespace palimpsest::app {

/// The study that `project` was made by, when layers that it asks for are missing in either model; nothing
/// when the project is complete, cannot be read or does not say what it was made by.
[[nodiscard]] std::optional<pipeline::Study> unfinishedStudy(const std::filesystem::path& project);

} // namespace palimpsest::app
