#include <algorithm>
#include <set>

#include "base/mapped_file.h"
#include "corpus/columns.h"
#include "corpus/reader.h"
#include "corpus/records.h"

namespace palimpsest::corpus {

namespace {

using Row = std::vector<std::string>;

constexpr std::size_t kPreviewBytes = std::size_t{1} << 20;
/// More columns than a person can look through.
constexpr std::size_t kPreviewColumns = 256;

/// The start of the file up to its last whole line; a single longer line is cut between characters later.
std::string_view startOf(std::string_view text)
{
    if (text.size() <= kPreviewBytes)
        return text;
    text = text.substr(0, kPreviewBytes);
    const std::size_t lastLine = text.rfind('\n');
    if (lastLine != std::string_view::npos)
        return text.substr(0, lastLine + 1);
    // Drop the bytes of a character that the cut may have split.
    std::size_t end = text.size();
    while (end > 0 && (static_cast<unsigned char>(text[end - 1]) & 0xC0U) == 0x80)
        --end;
    return text.substr(0, end > 0 ? end - 1 : 0);
}

base::Result<std::vector<Row>> readRows(RecordReader& rows, bool cutOff)
{
    std::vector<Row> table;
    for (;;) {
        auto more = rows.next();
        // A quoted field that the cut left open is no fault of the file.
        if (!more && cutOff && !table.empty())
            break;
        if (!more)
            return more.error();
        if (!more.value())
            break;
        const auto& fields = rows.fields();
        const auto shown = static_cast<std::ptrdiff_t>(std::min(fields.size(), kPreviewColumns));
        table.emplace_back(fields.begin(), fields.begin() + shown);
    }
    return table;
}

const std::string& cell(const Row& row, std::size_t column)
{
    static const std::string kEmpty;
    return column < row.size() ? row[column] : kEmpty;
}

/// Few short values without spaces. `repeated`: and at least one of them comes twice.
bool looksLikeClasses(
    const std::vector<Row>& table, std::size_t firstRow, std::size_t column, bool repeated = false)
{
    constexpr std::size_t kMaxValues = 50;
    constexpr std::size_t kMaxBytes = 32;
    std::set<std::string_view> values;
    std::size_t rows = 0;
    for (std::size_t i = firstRow; i < table.size(); ++i) {
        if (table[i].size() < 2)
            continue;
        const std::string_view value = trimmed(cell(table[i], column));
        if (value.empty() || value.size() > kMaxBytes || value.find(' ') != std::string_view::npos)
            return false;
        values.insert(value);
        ++rows;
        if (values.size() > kMaxValues)
            return false;
    }
    if (repeated && values.size() == rows)
        return false;
    return rows > 0 && values.size() <= std::max<std::size_t>(2, rows / 2);
}

/// The column with most text.
std::size_t longestColumn(const std::vector<Row>& table, std::size_t firstRow, std::size_t columns)
{
    std::vector<std::size_t> bytes(columns, 0);
    for (std::size_t i = firstRow; i < table.size(); ++i) {
        for (std::size_t c = 0; c < columns; ++c)
            bytes[c] += cell(table[i], c).size();
    }
    return static_cast<std::size_t>(std::max_element(bytes.begin(), bytes.end()) - bytes.begin());
}

bool isColumnName(std::string_view name)
{
    constexpr std::size_t kMaxBytes = 40;
    name = trimmed(name);
    return !name.empty() && name.size() <= kMaxBytes && !columnNumber(name).has_value();
}

/// A first row that names the text column, or one of different names over a column of classes among which
/// its own name is not.
bool looksLikeHeader(const std::vector<Row>& table, const std::vector<std::string_view>& first)
{
    const std::set<std::string_view> different(first.begin(), first.end());
    if (!std::all_of(first.begin(), first.end(), isColumnName) || different.size() != first.size())
        return false;
    if (findTextColumn(first).has_value())
        return true;
    if (first.size() < 2 || table.size() < 3)
        return false;
    for (std::size_t c = 0; c < first.size(); ++c) {
        const bool again = std::any_of(table.begin() + 1, table.end(),
            [&](const Row& row) { return trimmed(cell(row, c)) == trimmed(first[c]); });
        if (!again && looksLikeClasses(table, 1, c, true) && first[c].find(' ') == std::string_view::npos)
            return true;
    }
    return false;
}

void suggestColumns(Preview& preview, const std::vector<Row>& table)
{
    const std::size_t firstRow = preview.hasHeader ? 1 : 0;
    const std::size_t columns = preview.columns.size();
    const std::vector<std::string_view> first(table.front().begin(), table.front().end());
    std::size_t text = longestColumn(table, firstRow, columns);
    std::optional<std::size_t> label;
    if (preview.hasHeader) {
        text = findTextColumn(first).value_or(text);
        label = findColumn(first, "label");
    }
    for (std::size_t c = 0; c < columns && !label.has_value(); ++c) {
        if (c != text && looksLikeClasses(table, firstRow, c))
            label = c;
    }
    preview.suggestedTextColumn = preview.columns[text];
    if (label.has_value() && label != text)
        preview.suggestedLabelColumn = preview.columns[*label];
}

Preview describe(FileKind kind, std::vector<Row> table, std::size_t rowCount)
{
    Preview preview;
    preview.kind = kind;
    const std::vector<std::string_view> first(table.front().begin(), table.front().end());
    preview.hasHeader = kind != FileKind::PlainText && looksLikeHeader(table, first);
    for (std::size_t c = 0; c < first.size(); ++c)
        preview.columns.push_back(preview.hasHeader ? std::string(trimmed(first[c])) : std::to_string(c + 1));
    if (kind != FileKind::PlainText)
        suggestColumns(preview, table);
    const std::size_t begin = preview.hasHeader ? 1 : 0;
    const std::size_t end = begin + std::min(rowCount, table.size() - begin);
    for (std::size_t i = begin; i < end; ++i) {
        table[i].resize(first.size());
        preview.rows.push_back(std::move(table[i]));
    }
    return preview;
}

} // namespace

base::Result<Preview> previewCorpus(const std::filesystem::path& path, std::size_t rowCount)
{
    PALIMPSEST_TRY(file, base::MappedFile::open(path));
    const auto bytes = file.bytes();
    const std::string_view whole(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const std::string_view start = startOf(whole);
    PALIMPSEST_CHECK(checkUtf8(start, path, base::JobContext()));
    const std::string_view text = withoutByteOrderMark(start);

    const FileKind kind = resolveKind(FileKind::ByExtension, path);
    RecordReader rows(text, kind, path);
    PALIMPSEST_TRY(table, readRows(rows, start.size() < whole.size()));
    if (countWords(text, 1) == 0) {
        return base::Error{base::ErrorCode::TooFewRows,
            "There is no word in " + path.string() + "; give a file with sentences"};
    }
    return describe(kind, std::move(table), rowCount);
}

} // namespace palimpsest::corpus
