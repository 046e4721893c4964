#pragma once
// Splits the text of a corpus file into rows of fields; private to core/corpus.
// Thread: a reader belongs to one thread; the text must outlive it and its fields.

#include <cstddef>
#include <deque>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/job_context.h"
#include "base/result.h"
#include "corpus/reader.h"

namespace palimpsest::corpus {

/// The kind that ByExtension stands for; any other kind as it is.
[[nodiscard]] FileKind resolveKind(FileKind kind, const std::filesystem::path& path);

/// `text` without a byte-order mark at its start.
[[nodiscard]] std::string_view withoutByteOrderMark(std::string_view text);

/// Malformed with the line of the first byte that is not UTF-8; Cancelled.
[[nodiscard]] base::Status checkUtf8(
    std::string_view text, const std::filesystem::path& path, const base::JobContext& ctx);

class RecordReader {
public:
    /// `kind` must be resolved. Messages name `path`.
    RecordReader(std::string_view text, FileKind kind, const std::filesystem::path& path);

    /// Moves to the next row; false at the end. Fails with Malformed where a quoted field breaks RFC 4180.
    [[nodiscard]] base::Result<bool> next();

    /// Fields of the current row, at least one; valid until next().
    [[nodiscard]] const std::vector<std::string_view>& fields() const { return m_fields; }
    /// The row's first line, from 1.
    [[nodiscard]] std::size_t line() const { return m_line; }
    /// Bytes read so far.
    [[nodiscard]] std::size_t offset() const { return m_offset; }
    /// True for a line without any character.
    [[nodiscard]] bool emptyLine() const { return m_emptyLine; }

private:
    [[nodiscard]] std::string_view takeLine();
    void splitAtTabs(std::string_view line);
    [[nodiscard]] base::Status readCommaSeparated();
    [[nodiscard]] base::Status readQuotedField();
    void readBareField();
    [[nodiscard]] base::Error quotingError(std::size_t offset, std::string_view what) const;

    std::string_view m_text;
    FileKind m_kind;
    const std::filesystem::path& m_path;
    std::size_t m_offset = 0;
    std::size_t m_line = 0;
    std::size_t m_nextLine = 1;
    std::size_t m_rowStart = 0;
    bool m_emptyLine = false;
    std::vector<std::string_view> m_fields;
    std::deque<std::string> m_unescaped; ///< quoted fields that hold doubled quotes; a deque keeps addresses
};

/// Calls `sink` with each word of `text`; words are separated by spaces, tabs and, inside a quoted field, by
/// line breaks.
template <typename Sink>
void forEachWord(std::string_view text, Sink&& sink)
{
    static constexpr std::string_view kSeparators = " \t\n";
    std::size_t begin = text.find_first_not_of(kSeparators);
    while (begin != std::string_view::npos) {
        std::size_t end = text.find_first_of(kSeparators, begin);
        if (end == std::string_view::npos)
            end = text.size();
        std::size_t length = end - begin;
        // The CR of a line end inside a quoted field.
        if (end < text.size() && text[end] == '\n' && text[end - 1] == '\r')
            --length;
        if (length > 0 && !sink(text.substr(begin, length)))
            return;
        begin = text.find_first_not_of(kSeparators, end);
    }
}

/// Number of words of `text`, counted up to `limit`.
[[nodiscard]] std::size_t countWords(std::string_view text, std::size_t limit);

/// Without spaces and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

} // namespace palimpsest::corpus
