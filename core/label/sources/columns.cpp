// One word a line with its labels in columns, a blank line between sentences: CoNLL-2000, CoNLL-2003, tsv.

#include <array>
#include <charconv>
#include <filesystem>
#include <string>
#include <utility>

#include "label/file_alignment.h"
#include "label/source_parts.h"
#include "label/sources/sources.h"
#include "label/text.h"
#include "label/text_lines.h"

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::array kColumnsOptions{
    OptionDescriptor{"file", "",
        "A file with one word a line, its labels in columns (tabs or spaces) and a blank line after each "
        "sentence"},
    OptionDescriptor{
        "column", "2", "Column with the label, from 1; the word is column 1; 0: the last column"},
    OptionDescriptor{"name", "", "Name of the label set (default: the file's name and the column)"},
};

constexpr std::string_view kDocumentMark = "-DOCSTART-"; // CoNLL-2003

class ColumnsSource : public LabelSource {
public:
    ColumnsSource(std::string name, std::string path, std::string text, std::size_t column)
        : m_name(std::move(name))
        , m_path(std::move(path))
        , m_text(std::move(text))
        , m_column(column)
    {
    }

    base::Result<std::shared_ptr<const LabelTable>> label(
        const corpus::TokenTable& tokens, const base::JobContext& ctx) const override
    {
        // Tabs anywhere make tabs the separator, since words of such files may hold spaces of other kinds.
        const bool tabs = m_text.find('\t') != std::string::npos;
        LabelFile file{m_path, "line", {}};
        LineReader lines(m_text);
        bool open = false;
        while (lines.next()) {
            if (lines.line().find_first_not_of(" \t") == std::string_view::npos) {
                open = false;
                continue;
            }
            const auto fields = tabs ? split(lines.line(), "\t") : splitAtBlanks(lines.line());
            if (fields[0] == kDocumentMark)
                continue;
            const std::size_t column = m_column == 0 ? fields.size() : m_column;
            if (fields.size() < 2 || column > fields.size()) {
                return Error{ErrorCode::Malformed,
                    place(m_path, lines.number()) + " has " + std::to_string(fields.size())
                        + (fields.size() == 1 ? " column" : " columns") + " and no label in column "
                        + std::to_string(m_column) + "; choose another column or correct the line"};
            }
            if (!open)
                file.sentences.push_back({lines.number(), {}});
            open = true;
            LabelledWord word{fields[0], {}};
            if (!fields[column - 1].empty() && fields[column - 1] != "_")
                word.labels = split(fields[column - 1], "|||");
            file.sentences.back().words.push_back(std::move(word));
        }
        return labelByPlace(m_name, file, tokens, ctx);
    }

private:
    std::string m_name;
    std::string m_path;
    std::string m_text;
    std::size_t m_column;
};

base::Result<std::unique_ptr<LabelSource>> makeColumns(const SourceSetup& setup)
{
    constexpr std::size_t kMostColumns = 1000;
    PALIMPSEST_TRY(file, requiredOption(setup, kColumnsOptions, "file"));
    PALIMPSEST_TRY(column, countOption(setup, kColumnsOptions, "column", 0, kMostColumns));
    if (column == 1) {
        return Error{ErrorCode::InvalidArgument,
            "Column 1 holds the words; choose a column from 2, or 0 for the last"};
    }
    PALIMPSEST_TRY(text, readTextFile(file));
    std::string name = optionOf(setup, kColumnsOptions, "name");
    if (name.empty()) {
        name = std::filesystem::path(file).stem().string();
        if (column != 2)
            name += column == 0 ? ":last" : ":" + std::to_string(column);
    }
    return std::unique_ptr<LabelSource>(
        std::make_unique<ColumnsSource>(std::move(name), file, std::move(text), column));
}

} // namespace

const SourceDescriptor kColumns{
    "columns", "Words and labels in columns (CoNLL, .tsv)", kColumnsOptions, makeColumns};

} // namespace palimpsest::label
