#pragma once
// The activations of one model over one corpus on disk: a folder with one mapped file per layer,
// `layer_<L>.safetensors` with the float32 tensor `layer_<L>` [rows, hidden].
// Thread: an opened store may be read from any thread; a writer belongs to one thread.

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

#include "base/matrix_view.h"
#include "base/result.h"
#include "tensorfile/safetensors.h"

namespace palimpsest::activation {

class ActivationStore {
public:
    /// Fails with NotFound (a layer's file is missing), Malformed, or ShapeMismatch (another number of rows
    /// or columns than expected). A store that fails here has to be computed anew.
    [[nodiscard]] static base::Result<ActivationStore> open(const std::filesystem::path& folder,
        std::span<const int> layers, std::size_t rows, std::size_t hidden);

    /// In the order in which they were opened.
    [[nodiscard]] const std::vector<int>& layers() const { return m_layers; }

    /// Valid as long as the store. Fails with NotFound for a layer that was not opened; the message lists
    /// them.
    [[nodiscard]] base::Result<base::MatrixView> layer(int layer) const;

private:
    std::vector<int> m_layers;
    std::vector<tensorfile::SafetensorsFile> m_files;
    std::vector<base::MatrixView> m_views;
};

/// Writes a store. Files appear under their names only when all of them are complete.
class ActivationStoreWriter {
public:
    /// Makes `folder` if need be and reserves the files of all layers. Fails with DiskFull, NotFound (no
    /// parent folder) or WriteFailed; nothing is left behind then.
    [[nodiscard]] static base::Result<ActivationStoreWriter> create(
        const std::filesystem::path& folder, std::vector<int> layers, std::size_t rows, std::size_t hidden);

    /// One [rows, hidden] matrix per layer, in the order of `layers`: what extractActivations takes.
    [[nodiscard]] std::vector<std::span<float>> destinations();

    [[nodiscard]] base::Status commit();

private:
    std::vector<int> m_layers;
    std::vector<tensorfile::SafetensorsWriter> m_writers;
};

} // namespace palimpsest::activation
