#include "corpus/columns.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/utf8.h"
#include "corpus/records.h"

namespace palimpsest::corpus {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// "sentence, label": at most 20 names of at most 40 bytes, so that a sentence about them stays readable.
std::string listColumns(const std::vector<std::string_view>& names)
{
    constexpr std::size_t kNames = 20;
    constexpr std::size_t kBytes = 40;
    std::string list;
    for (std::size_t i = 0; i < std::min(names.size(), kNames); ++i) {
        const std::string_view name = trimmed(names[i]);
        const std::string_view shown = name.substr(0, base::validUtf8Prefix(name.substr(0, kBytes)));
        list += (i == 0 ? "" : ", ") + std::string(shown) + (shown.size() < name.size() ? "…" : "");
    }
    if (names.size() > kNames)
        list += ", and " + std::to_string(names.size() - kNames) + " more";
    return list;
}

base::Error noSuchColumn(const std::string& column, const std::vector<std::string_view>& firstRow,
    const std::filesystem::path& path)
{
    const std::string start = path.string() + " has no column " + column;
    if (columnNumber(column).has_value()) {
        return {base::ErrorCode::NotFound,
            start + "; its first row has " + std::to_string(firstRow.size())
                + (firstRow.size() == 1 ? " column" : " columns") + ", counted from 1"};
    }
    return {base::ErrorCode::NotFound,
        start + "; its columns are: " + listColumns(firstRow)
            + " (if these are not names, give the column by its number)"};
}

base::Result<std::size_t> resolveColumn(const std::string& column,
    const std::vector<std::string_view>& firstRow, const std::filesystem::path& path)
{
    if (const auto number = columnNumber(column)) {
        if (*number < 1 || *number > firstRow.size())
            return noSuchColumn(column, firstRow, path);
        return *number - 1;
    }
    const std::string_view wanted = trimmed(column);
    for (std::size_t i = 0; i < firstRow.size(); ++i) {
        if (trimmed(firstRow[i]) == wanted)
            return i;
    }
    return noSuchColumn(column, firstRow, path);
}

std::string describeChoice(const Columns& columns, const std::vector<std::string_view>& firstRow,
    bool labelChosen, const std::filesystem::path& path)
{
    const auto name = [&](std::size_t index) {
        return columns.hasHeader ? listColumns({firstRow[index]}) : std::to_string(index + 1);
    };
    std::string sentence
        = "No text column was named: column " + name(columns.text) + " of " + path.string() + " was read";
    if (labelChosen && columns.label.has_value())
        sentence += ", with the classes in column " + name(*columns.label);
    return sentence;
}

} // namespace

bool equalIgnoringCase(std::string_view a, std::string_view b)
{
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::size_t> findColumn(const std::vector<std::string_view>& header, std::string_view name)
{
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (equalIgnoringCase(trimmed(header[i]), name))
            return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> findTextColumn(const std::vector<std::string_view>& header)
{
    const auto sentence = findColumn(header, "sentence");
    return sentence.has_value() ? sentence : findColumn(header, "text");
}

std::optional<std::size_t> columnNumber(std::string_view column)
{
    column = trimmed(column);
    const bool digits = !column.empty() && column.find_first_not_of("0123456789") == std::string_view::npos;
    if (!digits)
        return std::nullopt;
    std::size_t number = 0;
    const auto parsed = std::from_chars(column.data(), column.data() + column.size(), number);
    return parsed.ec == std::errc() ? number : std::numeric_limits<std::size_t>::max();
}

base::Result<Columns> chooseColumns(const std::vector<std::string_view>& firstRow, const ReadOptions& options,
    const std::filesystem::path& path)
{
    Columns columns;
    const bool labelNamed = !options.labelColumn.empty();
    if (options.textColumn.empty()) {
        const auto text = findTextColumn(firstRow);
        columns.hasHeader = text.has_value();
        columns.text = text.value_or(0);
        if (columns.hasHeader && !labelNamed)
            columns.label = findColumn(firstRow, "label");
    } else {
        PALIMPSEST_TRY(text, resolveColumn(options.textColumn, firstRow, path));
        columns.text = text;
        columns.hasHeader = !columnNumber(options.textColumn).has_value();
    }
    if (labelNamed) {
        PALIMPSEST_TRY(label, resolveColumn(options.labelColumn, firstRow, path));
        columns.label = label;
        columns.hasHeader = columns.hasHeader || !columnNumber(options.labelColumn).has_value();
    }
    if (!options.pairColumn.empty()) {
        PALIMPSEST_TRY(pair, resolveColumn(options.pairColumn, firstRow, path));
        columns.pair = pair;
        columns.hasHeader = columns.hasHeader || !columnNumber(options.pairColumn).has_value();
        if (pair == columns.text || columns.pair == columns.label) {
            return base::Error{base::ErrorCode::InvalidArgument,
                "Column " + std::to_string(pair + 1) + " of " + path.string()
                    + " cannot be the second text and the first one or the label at once; name three "
                      "columns"};
        }
    }
    if (columns.label == columns.text) {
        return base::Error{base::ErrorCode::InvalidArgument,
            "Column " + std::to_string(columns.text + 1) + " of " + path.string()
                + " cannot be text and label at once; name two columns"};
    }
    if (options.textColumn.empty())
        columns.warning = describeChoice(columns, firstRow, !labelNamed, path);
    return columns;
}

} // namespace palimpsest::corpus
