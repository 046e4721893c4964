#pragma once
// Finds the text and label columns of a table; private to core/corpus.
// Thread: reentrant.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "corpus/reader.h"

namespace palimpsest::corpus {

struct Columns {
    std::size_t text = 0; ///< from 0
    std::optional<std::size_t> label;
    std::optional<std::size_t> pair; ///< second text of sentence pairs
    bool hasHeader = false;
    std::string warning; ///< what was chosen without being asked for; empty if nothing was
};

/// True when both are equal but for the case of ASCII letters.
[[nodiscard]] bool equalIgnoringCase(std::string_view a, std::string_view b);

/// First column of `header` that is called `name` in any case.
[[nodiscard]] std::optional<std::size_t> findColumn(
    const std::vector<std::string_view>& header, std::string_view name);

/// The column that a header itself marks as text: sentence, else text.
[[nodiscard]] std::optional<std::size_t> findTextColumn(const std::vector<std::string_view>& header);

/// The number from 1 that `column` is, or nothing where it is a name.
[[nodiscard]] std::optional<std::size_t> columnNumber(std::string_view column);

/// `firstRow` is the first row of a table. Fails with NotFound or InvalidArgument (one column for both).
[[nodiscard]] base::Result<Columns> chooseColumns(const std::vector<std::string_view>& firstRow,
    const ReadOptions& options, const std::filesystem::path& path);

} // namespace palimpsest::corpus
