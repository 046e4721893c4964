#pragma once
// What a project took over from files of other tools, beside the corpus and the linkage made of them: the
// numbers their clusters had, and the files byte for byte, so that they leave as they came.
// Thread: as the ProjectFile, which must outlive the store.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "project/project_file.h"

namespace palimpsest::project {

/// One file as it came.
struct ImportedFile {
    std::string name; ///< without folders
    std::size_t k = 0; ///< clusters in it; 0 for sentences and annotations
    std::string content;
};

class ImportStore {
public:
    /// The write functions need a file opened for writing.
    explicit ImportStore(const ProjectFile& file)
        : m_file(file)
    {
    }

    /// The original number of each of our concepts at this K, by concept id.
    [[nodiscard]] base::Status writeNumbers(
        Side side, int layer, std::size_t k, const std::vector<std::uint32_t>& numbers);
    /// Nothing where these concepts were not imported.
    [[nodiscard]] base::Result<std::optional<std::vector<std::uint32_t>>> numbers(
        Side side, int layer, std::size_t k) const;
    /// K of all imported clusterings of a layer, ascending.
    [[nodiscard]] base::Result<std::vector<std::size_t>> cuts(Side side, int layer) const;

    /// Forgets numbers and files of a layer.
    [[nodiscard]] base::Status clear(Side side, int layer);
    /// See ImportedFile for `name` and `k`.
    [[nodiscard]] base::Status writeFile(
        Side side, int layer, std::string_view name, std::size_t k, std::string_view content);
    /// By name; empty where nothing was imported.
    [[nodiscard]] base::Result<std::vector<ImportedFile>> files(Side side, int layer) const;

private:
    const ProjectFile& m_file;
};

} // namespace palimpsest::project
