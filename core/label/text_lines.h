#pragma once
// Text files line by line with the rules of the corpus reader; private to core/label.
// Thread: a reader belongs to one thread; the text must outlive it.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace palimpsest::label {

/// The largest label file, dictionary or list that is read.
inline constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30;

/// Reads a UTF-8 file without its byte-order mark. Fails with NotFound, Unreadable, TooLarge or Malformed
/// (the line of the first byte that is not UTF-8).
[[nodiscard]] base::Result<std::string> readTextFile(const std::filesystem::path& path);

class LineReader {
public:
    explicit LineReader(std::string_view text)
        : m_rest(text)
    {
    }

    /// Moves to the next line (LF ends it, a CR before is dropped); false at the end of the text.
    [[nodiscard]] bool next();
    [[nodiscard]] std::string_view line() const { return m_line; }
    [[nodiscard]] std::size_t number() const { return m_number; } ///< from 1

private:
    std::string_view m_rest;
    std::string_view m_line;
    std::size_t m_number = 0;
};

/// "file.tsv, line 7".
[[nodiscard]] std::string place(const std::filesystem::path& path, std::size_t line);

} // namespace palimpsest::label
