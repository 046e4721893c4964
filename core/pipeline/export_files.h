#pragma once
// Files of the community out of a project: one list of kinds for the command line and the window.
// Thread: call from a worker.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/job_context.h"
#include "base/result.h"
#include "project/project_file.h"

namespace palimpsest::pipeline {

struct ExportKind {
    std::string_view id; ///< "conceptx": as on the command line
    std::string_view title; ///< for people, in sentence case
    std::string_view ending; ///< of the file's name, with its dot; empty: a folder is written
    bool needsLayer = true; ///< false: all layers are written
};

/// All kinds, in the order of a menu.
[[nodiscard]] std::span<const ExportKind> exportKinds();

struct ExportRequest {
    std::filesystem::path project;
    std::string what; ///< id of a kind
    std::filesystem::path output; ///< file or folder; a file is replaced, a folder made when missing
    project::Side side = project::Side::Base;
    std::optional<int> layer;
    std::uint32_t k = 0; ///< 0: the project's; for folders every imported clustering
    double theta = 0.0; ///< 0: the project's
};

/// Fails with NotFound (no such kind, no such layer, no labels, no activations any more), InvalidArgument (a
/// layer is needed; K is more than the occurrences), WriteFailed, DiskFull or Cancelled.
[[nodiscard]] base::Status exportFiles(const ExportRequest& request, const base::JobContext& ctx);

} // namespace palimpsest::pipeline
