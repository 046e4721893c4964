#pragma once
// The activations that a run left beside its project.
// Thread: an opened matrix may be read from any thread.

#include <cstddef>
#include <filesystem>

#include "base/result.h"
#include "project/project_file.h"
#include "tensorfile/matrix_file.h"

namespace palimpsest::pipeline {

/// One layer of one model, a row per occurrence of the project. Fails with NotFound (the cache was deleted;
/// run the study again) or ShapeMismatch (it belongs to another corpus).
[[nodiscard]] base::Result<tensorfile::MatrixFile> openActivations(
    const std::filesystem::path& projectPath, project::Side side, int layer, std::size_t rows);

} // namespace palimpsest::pipeline
