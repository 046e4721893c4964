#pragma once
// Reads corpora: plain text with one sentence a line, tab- or comma-separated tables.
// Rules: UTF-8 (a byte-order mark is accepted), lines end at LF (a CR before it is dropped), words are
// separated by runs of space and tab and by nothing else (a line break inside a quoted field counts as a
// space). Empty lines are sentences without words and class, so that sentence numbers follow the file.
// Thread: reentrant; call from a worker.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/job_context.h"
#include "corpus/corpus.h"

namespace palimpsest::corpus {

enum class FileKind : std::uint8_t {
    ByExtension, ///< .tsv and .csv are tables, everything else is plain text
    PlainText,
    TabSeparated, ///< no quoting: a quotation mark is content
    CommaSeparated, ///< quoting by RFC 4180; a quoted field may span lines
};

struct ReadOptions {
    FileKind kind = FileKind::ByExtension;
    /// A name (then the first line is the header) or a number from 1 (no header); empty: see readCorpus.
    std::string textColumn;
    /// Likewise; empty: sentences have no class. Values are trimmed; an empty value is no class.
    std::string labelColumn;
    /// Sentences of fewer than this many words are kept (ConceptX, sentence_length.py).
    std::uint32_t maxWords = 300;
    /// As textColumn: the second text of sentence pairs (MNLI's hypothesis), whose words follow the first
    /// one's; empty: no pairs. `maxWords` counts both.
    std::string pairColumn{};
};

/// Reads the whole file. A table without `textColumn` uses a header column named sentence or text (any case)
/// and, with it, a column named label; else column 1 is text; what was chosen is a warning.
/// Dropped long sentences are reported by a warning with their number.
/// Fails with NotFound (no file; no such column, the sentence lists those there are; a column of plain text),
/// Malformed (not UTF-8, a row with too few columns, broken quoting; the sentence names the line),
/// InvalidArgument (one column for two of text, pair and label), TooFewRows (no word in the whole file),
/// TooLarge (more than kMaxClasses classes) or Cancelled.
[[nodiscard]] base::Result<std::shared_ptr<const Corpus>> readCorpus(
    const std::filesystem::path& path, const ReadOptions& options, const base::JobContext& ctx);

/// What a person sees before choosing columns.
struct Preview {
    FileKind kind = FileKind::PlainText;
    bool hasHeader = false; ///< a guess: names in the first row look like a header
    std::vector<std::string> columns; ///< names from the header, else "1", "2", …; one for plain text
    std::vector<std::vector<std::string>> rows; ///< the first rows, header left out
    std::string suggestedTextColumn; ///< fits ReadOptions::textColumn; empty for plain text
    std::string suggestedLabelColumn; ///< empty when no column looks like classes
};

/// Reads only the start of the file (at most 1 MiB). Fails as readCorpus does.
[[nodiscard]] base::Result<Preview> previewCorpus(const std::filesystem::path& path, std::size_t rowCount);

} // namespace palimpsest::corpus
