#pragma once
// Files of the community into a project: one list of kinds for the command line and the window.
// Thread: call from a worker.

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "exchange/conceptx_folder.h"
#include "project/project_file.h"

namespace palimpsest::pipeline {

struct ImportKind {
    std::string_view id; ///< "conceptx": as on the command line
    std::string_view title; ///< for people, in sentence case
    bool folder = true; ///< what is read is a folder
    bool intoProject = true; ///< false: another file is made, see importFiles
    bool needsLayer = true; ///< false: the files say which layers they are about
};

/// All kinds, in the order of a menu.
[[nodiscard]] std::span<const ImportKind> importKinds();

struct ImportRequest {
    std::filesystem::path source; ///< folder or file
    std::string what = "conceptx"; ///< id of a kind
    std::filesystem::path output; ///< the project, made when missing; for "neurox" a .safetensors file
    project::Side side = project::Side::Base;
    int layer = 0;
};

struct Imported {
    exchange::ImportReport report; ///< what of it applies to the kind
    std::vector<int> layers; ///< "neurox": the layers of the file
};

/// Fails with NotFound (no such kind) or as the kind's import does; then the project is as it was.
[[nodiscard]] base::Result<Imported> importFiles(const ImportRequest& request, const base::JobContext& ctx);

} // namespace palimpsest::pipeline
