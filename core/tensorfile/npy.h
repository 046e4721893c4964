#pragma once
// Reading and writing of NumPy's .npy files (numpy.lib.format, versions 1 to 3).
// Thread: a file object may be read from any thread.

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

#include "base/mapped_file.h"
#include "base/result.h"
#include "tensorfile/tensor_file.h"

namespace palimpsest::tensorfile {

/// A mapped array; the view is valid as long as the object and survives its move.
class NpyFile {
public:
    /// Takes little-endian f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8 and bool in C order.
    /// Fails with NotFound, Unreadable, Malformed, or Unsupported (big-endian, Fortran order, other types).
    [[nodiscard]] static base::Result<NpyFile> open(const std::filesystem::path& path);

    [[nodiscard]] const TensorView& array() const { return m_array; }
    [[nodiscard]] const std::filesystem::path& path() const { return m_file.path(); }

private:
    base::MappedFile m_file;
    TensorView m_array;
};

/// Writes one array as version 1.0, the data at a multiple of 64 bytes as NumPy does.
/// Fails with InvalidArgument (`array.bytes` does not fit its shape, or BF16, which NumPy lacks), DiskFull,
/// NotFound (no such folder) or WriteFailed.
[[nodiscard]] base::Status writeNpy(const std::filesystem::path& path, const TensorView& array);

} // namespace palimpsest::tensorfile
