#include "label/text_lines.h"

#include <algorithm>

#include "base/mapped_file.h"
#include "base/utf8.h"

namespace palimpsest::label {

base::Result<std::string> readTextFile(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(text, base::readFile(path, kMaxFileBytes));
    if (text.starts_with("\xEF\xBB\xBF"))
        text.erase(0, 3);
    const std::size_t valid = base::validUtf8Prefix(text);
    if (valid < text.size()) {
        const auto line
            = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(valid), '\n') + 1;
        return base::Error{base::ErrorCode::Malformed,
            place(path, static_cast<std::size_t>(line)) + " is not UTF-8; convert the file to UTF-8 first"};
    }
    return std::move(text);
}

bool LineReader::next()
{
    if (m_rest.empty())
        return false;
    const std::size_t end = m_rest.find('\n');
    m_line = m_rest.substr(0, end);
    m_rest = end == std::string_view::npos ? std::string_view() : m_rest.substr(end + 1);
    if (m_line.ends_with('\r'))
        m_line.remove_suffix(1);
    ++m_number;
    return true;
}

std::string place(const std::filesystem::path& path, std::size_t line)
{
    return path.string() + ", line " + std::to_string(line);
}

} // namespace palimpsest::label
