#pragma once
// The activations of one model over one corpus on disk: a folder with one mapped file per layer,
// `layer_<L>.safetensors` with the float32 or float16 tensor `layer_<L>` [rows, hidden].
// Thread: an opened store may be read from any thread; a writer belongs to one thread.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "activation/extraction.h"
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

    /// Valid as long as the store. A float16 layer is widened into memory of its own when first asked for.
    /// Fails with NotFound for a layer that was not opened; the message lists them.
    [[nodiscard]] base::Result<base::MatrixView> layer(int layer) const;

private:
    struct Layer;

    std::vector<int> m_layers;
    std::vector<std::shared_ptr<Layer>> m_files;
};

/// Writes a store. Files appear under their names only when all of them are complete.
class ActivationStoreWriter {
public:
    /// Makes `folder` if need be and reserves the files of all layers, as `type` F32 or F16. Rows hold zeros,
    /// or what a writer of the same store left that was killed or kept its parts: extractActivations with a
    /// progress file knows which are of use. Fails with DiskFull, NotFound (no parent folder) or WriteFailed.
    [[nodiscard]] static base::Result<ActivationStoreWriter> create(const std::filesystem::path& folder,
        std::vector<int> layers, std::size_t rows, std::size_t hidden,
        tensorfile::ElementType type = tensorfile::ElementType::F32);

    /// One [rows, hidden] matrix per layer, in the order of `layers`: what extractActivations takes.
    [[nodiscard]] std::vector<Destination> destinations();

    /// Without commit(), the unfinished files stay for the next writer.
    void keepParts();

    /// Without it and without keepParts(), nothing is left behind.
    [[nodiscard]] base::Status commit();

private:
    std::vector<int> m_layers;
    tensorfile::ElementType m_type = tensorfile::ElementType::F32;
    std::vector<tensorfile::SafetensorsWriter> m_writers;
};

} // namespace palimpsest::activation
