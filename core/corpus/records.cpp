#include "corpus/records.h"

#include <algorithm>

#include "base/utf8.h"

namespace palimpsest::corpus {

namespace {

std::size_t countLines(std::string_view text)
{
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::string_view withoutCarriageReturn(std::string_view line)
{
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    return line;
}

} // namespace

FileKind resolveKind(FileKind kind, const std::filesystem::path& path)
{
    if (kind != FileKind::ByExtension)
        return kind;
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (extension == ".tsv")
        return FileKind::TabSeparated;
    return extension == ".csv" ? FileKind::CommaSeparated : FileKind::PlainText;
}

std::string_view withoutByteOrderMark(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    return text;
}

base::Status checkUtf8(std::string_view text, const std::filesystem::path& path, const base::JobContext& ctx)
{
    constexpr std::size_t kPiece = std::size_t{1} << 22;
    const bool wide = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
    // A piece may end inside a character: the next one starts where the valid part ended.
    for (std::size_t position = 0; position < text.size();) {
        if (ctx.stopRequested())
            return base::cancelled();
        const std::size_t valid = base::validUtf8Prefix(text.substr(position, kPiece));
        if (valid == 0) {
            return base::Error{base::ErrorCode::Malformed,
                path.string() + ", line " + std::to_string(countLines(text.substr(0, position)) + 1)
                    + " is not UTF-8" + (wide ? " (the file looks like UTF-16)" : "")
                    + "; save the file as UTF-8 and try again"};
        }
        position += valid;
    }
    return {};
}

RecordReader::RecordReader(std::string_view text, FileKind kind, const std::filesystem::path& path)
    : m_text(text)
    , m_kind(kind)
    , m_path(path)
{
}

base::Result<bool> RecordReader::next()
{
    m_fields.clear();
    m_unescaped.clear();
    if (m_offset >= m_text.size())
        return false;
    m_line = m_nextLine;
    m_rowStart = m_offset;
    if (m_kind == FileKind::CommaSeparated) {
        PALIMPSEST_CHECK(readCommaSeparated());
        m_nextLine += std::max<std::size_t>(1, countLines(m_text.substr(m_rowStart, m_offset - m_rowStart)));
        return true;
    }
    const std::string_view line = takeLine();
    ++m_nextLine;
    m_emptyLine = line.empty();
    if (m_kind == FileKind::TabSeparated)
        splitAtTabs(line);
    else
        m_fields.push_back(line);
    return true;
}

std::string_view RecordReader::takeLine()
{
    const std::size_t end = std::min(m_text.find('\n', m_offset), m_text.size());
    const std::string_view line = m_text.substr(m_offset, end - m_offset);
    m_offset = std::min(end + 1, m_text.size());
    return withoutCarriageReturn(line);
}

void RecordReader::splitAtTabs(std::string_view line)
{
    std::size_t begin = 0;
    for (std::size_t tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t', begin)) {
        m_fields.push_back(line.substr(begin, tab - begin));
        begin = tab + 1;
    }
    m_fields.push_back(line.substr(begin));
}

base::Status RecordReader::readCommaSeparated()
{
    for (;;) {
        if (m_offset < m_text.size() && m_text[m_offset] == '"')
            PALIMPSEST_CHECK(readQuotedField());
        else
            readBareField();
        if (m_offset >= m_text.size() || m_text[m_offset] == '\n')
            break;
        ++m_offset;
    }
    const std::string_view row = m_text.substr(m_rowStart, m_offset - m_rowStart);
    m_emptyLine = withoutCarriageReturn(row).empty();
    m_offset = std::min(m_offset + 1, m_text.size());
    return {};
}

/// Leaves m_offset at the comma, line feed or end behind the field.
base::Status RecordReader::readQuotedField()
{
    const std::size_t opening = m_offset;
    std::size_t begin = opening + 1;
    std::string* unescaped = nullptr;
    for (;;) {
        const std::size_t quote = m_text.find('"', begin);
        if (quote == std::string_view::npos)
            return quotingError(opening, "a quotation mark is opened and never closed");
        const std::string_view piece = m_text.substr(begin, quote - begin);
        const bool doubled = quote + 1 < m_text.size() && m_text[quote + 1] == '"';
        if (doubled && unescaped == nullptr)
            unescaped = &m_unescaped.emplace_back();
        if (unescaped != nullptr)
            unescaped->append(piece);
        begin = quote + 1;
        if (doubled) {
            unescaped->push_back('"');
            ++begin;
            continue;
        }
        m_fields.push_back(unescaped != nullptr ? std::string_view(*unescaped) : piece);
        break;
    }
    m_offset = begin;
    if (m_text.substr(m_offset).starts_with("\r\n") || m_text.substr(m_offset) == "\r")
        ++m_offset;
    if (m_offset < m_text.size() && m_text[m_offset] != ',' && m_text[m_offset] != '\n')
        return quotingError(m_offset, "text follows a closing quotation mark");
    return {};
}

void RecordReader::readBareField()
{
    const std::size_t end = std::min(m_text.find_first_of(",\n", m_offset), m_text.size());
    const std::string_view field = m_text.substr(m_offset, end - m_offset);
    const bool lastOfRow = end == m_text.size() || m_text[end] == '\n';
    m_fields.push_back(lastOfRow ? withoutCarriageReturn(field) : field);
    m_offset = end;
}

base::Error RecordReader::quotingError(std::size_t offset, std::string_view what) const
{
    const std::size_t line = m_line + countLines(m_text.substr(m_rowStart, offset - m_rowStart));
    return {base::ErrorCode::Malformed,
        m_path.string() + ", line " + std::to_string(line) + ": " + std::string(what)
            + "; double the quotation marks inside a quoted field, or save the file with tabs (.tsv)"};
}

std::size_t countWords(std::string_view text, std::size_t limit)
{
    std::size_t count = 0;
    if (limit > 0)
        forEachWord(text, [&count, limit](std::string_view) { return ++count < limit; });
    return count;
}

std::string_view trimmed(std::string_view text)
{
    static constexpr std::string_view kBlank = " \t";
    const std::size_t begin = text.find_first_not_of(kBlank);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

} // namespace palimpsest::corpus
