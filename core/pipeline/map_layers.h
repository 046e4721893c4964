#pragma once
// Computes maps of layers from the activations beside a project and stores them in it.
// Thread: call from a worker, one at a time, since it uses all processors.

#include <filesystem>
#include <vector>

#include "base/job_context.h"
#include "base/matrix_view.h"
#include "base/result.h"
#include "project/map_store.h"

namespace palimpsest::pipeline {

struct MapRequest {
    std::vector<int> layers; ///< empty: all that the project has in both models
    project::MapMethod method = project::MapMethod::Pca;
    bool again = false; ///< also those that are there
};

/// Layers, ascending.
struct MapReport {
    std::vector<int> computed;
    std::vector<int> reused;
};

/// Both models of a layer in one frame. Pca: the first two principal components of each; those of the
/// fine-tuned model are turned (or mirrored) onto those of the base by orthogonal Procrustes. Umap: the
/// fine-tuned layout starts from the base's and is held to it. Each layer is stored when it is ready.
/// Fails with NotFound (no such layer; the activations were deleted), WriteFailed, DiskFull, or Cancelled.
[[nodiscard]] base::Result<MapReport> mapLayers(
    const std::filesystem::path& projectPath, const MapRequest& request, const base::JobContext& ctx);

/// One layer from its activations, of which row i is the same occurrence in both.
[[nodiscard]] base::Result<project::MapPlaces> mapActivations(base::MatrixView base,
    base::MatrixView fineTuned, project::MapMethod method, const base::JobContext& ctx);

} // namespace palimpsest::pipeline
