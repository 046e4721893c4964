#pragma once
// A 2-D matrix of a .npy or .safetensors file as float32 rows, mapped where the file holds float32.
// Thread: may be read from any thread.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/matrix_view.h"
#include "base/result.h"

namespace palimpsest::tensorfile {

class MatrixFile {
public:
    /// Valid as long as this object or a copy of it.
    [[nodiscard]] base::MatrixView view() const { return m_view; }

    /// Name of the tensor; empty for .npy.
    [[nodiscard]] const std::string& tensorName() const { return m_tensorName; }

private:
    friend base::Result<MatrixFile> openMatrix(const std::filesystem::path&, std::optional<std::string_view>);

    std::shared_ptr<const void> m_owner;
    base::MatrixView m_view;
    std::string m_tensorName;
};

/// Opens the matrix of a .npy file, or tensor `tensorName` of a .safetensors file; without a name, the file's
/// only 2-D tensor. Other number types than float32 are converted into memory of their own.
/// Fails with NotFound (the file; the tensor, and the message lists those that are there), Unreadable,
/// Malformed, Unsupported (another suffix), ShapeMismatch (not 2-D) or InvalidArgument (several 2-D tensors
/// and no name: the message lists them; a name given for .npy).
[[nodiscard]] base::Result<MatrixFile> openMatrix(
    const std::filesystem::path& path, std::optional<std::string_view> tensorName = std::nullopt);

} // namespace palimpsest::tensorfile
