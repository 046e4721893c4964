#pragma once
// pytorch_model.bin: the state dict that torch.save wrote, read without executing anything.
// Both layouts: a zip of stored entries (torch ≥ 1.6) and the older row of pickles followed by raw storages.
// Thread: may be read from any thread.

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/mapped_file.h"
#include "base/result.h"
#include "tensorfile/tensor_file.h"

namespace palimpsest::model {

/// A mapped archive. Contiguous tensors are views into it; others are copied in order.
class TorchArchive {
public:
    /// Fails with NotFound, Unreadable, Malformed, or Unsupported (a pickle that wants to call something that
    /// is not part of a state dict: the message names it; compressed entries; big-endian numbers).
    [[nodiscard]] static base::Result<TorchArchive> open(const std::filesystem::path& path);

    /// In byte order.
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }

    /// Null where there is no such tensor.
    [[nodiscard]] const tensorfile::TensorView* find(std::string_view name) const;

private:
    base::MappedFile m_file;
    std::vector<std::string> m_names;
    std::map<std::string, tensorfile::TensorView, std::less<>> m_tensors;
    std::vector<std::unique_ptr<std::byte[]>> m_copies;
};

} // namespace palimpsest::model
