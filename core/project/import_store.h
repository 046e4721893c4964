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

class ImportStore {
public:
    explicit ImportStore(ProjectFile& file)
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

    /// `name` is the file's name without folders.
    [[nodiscard]] base::Status writeFile(
        Side side, int layer, std::string_view name, std::string_view content);
    /// Names and contents, by name; empty where nothing was imported.
    [[nodiscard]] base::Result<std::vector<std::pair<std::string, std::string>>> files(
        Side side, int layer) const;

private:
    ProjectFile& m_file;
};

} // namespace palimpsest::project
