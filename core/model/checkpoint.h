#pragma once
// The weights of a checkpoint folder by name, wherever they are: one safetensors file, shards with an index,
// or pytorch_model.bin. Thread: may be read from any thread.

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/fingerprint.h"
#include "base/mapped_file.h"
#include "base/result.h"
#include "tensorfile/tensor_file.h"

namespace palimpsest::model {

/// Views of all tensors of a folder, valid as long as the object or a copy of it.
class Checkpoint {
public:
    /// Looks for model.safetensors, model.safetensors.index.json, pytorch_model.bin and
    /// pytorch_model.bin.index.json, in this order. Fails with NotFound (none of them, or a shard is
    /// missing), Unreadable, Malformed or Unsupported.
    [[nodiscard]] static base::Result<Checkpoint> open(const std::filesystem::path& folder);

    /// Null where there is no such tensor.
    [[nodiscard]] const tensorfile::TensorView* find(std::string_view name) const;

    /// In byte order.
    [[nodiscard]] std::vector<std::string> names() const;

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }

    /// Files that hold the weights, sorted by name.
    [[nodiscard]] const std::vector<std::filesystem::path>& files() const { return m_files; }

private:
    base::Status addFile(const std::filesystem::path& path);
    base::Status addShards(const std::filesystem::path& index);

    std::filesystem::path m_folder;
    std::vector<std::filesystem::path> m_files;
    std::vector<std::shared_ptr<const void>> m_owners;
    std::map<std::string, tensorfile::TensorView, std::less<>> m_tensors;
};

/// Of config.json and of the weight files of a folder, by content. Fails with NotFound or Unreadable.
[[nodiscard]] base::Result<base::Fingerprint> fingerprintCheckpoint(const std::filesystem::path& folder);

} // namespace palimpsest::model
