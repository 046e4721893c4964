#include "pipeline/activation_files.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <vector>

#include "pipeline/run_study.h"
#include "pipeline/stage_keys.h"

namespace palimpsest::pipeline {

namespace fs = std::filesystem;

base::Result<tensorfile::MatrixFile> openActivations(
    const fs::path& projectPath, project::Side side, int layer, std::size_t rows)
{
    const fs::path cache = cacheFolder(projectPath);
    const std::string name = "layer_" + std::to_string(layer);
    std::vector<fs::path> folders;
    std::error_code code;
    for (fs::directory_iterator entry(cache, code), end; !code && entry != end; entry.increment(code)) {
        if (isActivationFolderName(entry->path().filename().string(), side))
            folders.push_back(entry->path());
    }
    std::sort(folders.begin(), folders.end());
    for (const fs::path& folder : folders) {
        auto matrix = tensorfile::openMatrix(folder / (name + ".safetensors"), name);
        if (matrix && matrix.value().view().rows == rows)
            return matrix;
    }
    return base::Error{base::ErrorCode::NotFound,
        cache.string() + " has no activations of layer " + std::to_string(layer) + " of the "
            + std::string(project::sideName(side)) + " model; run the study again to compute them"};
}

} // namespace palimpsest::pipeline
