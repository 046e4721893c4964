#include "tensorfile/npy.h"

#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace palimpsest::tensorfile {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::string_view kMagic("\x93NUMPY", 6);
constexpr std::size_t kAlignment = 64;
constexpr std::size_t kMostNpyAxes = 64;

struct NpyType {
    std::string_view name; ///< without the mark of byte order
    ElementType type;
};

constexpr std::array kNpyTypes = {
    NpyType{"f8", ElementType::F64},
    NpyType{"f4", ElementType::F32},
    NpyType{"f2", ElementType::F16},
    NpyType{"i8", ElementType::I64},
    NpyType{"i4", ElementType::I32},
    NpyType{"i2", ElementType::I16},
    NpyType{"i1", ElementType::I8},
    NpyType{"u8", ElementType::U64},
    NpyType{"u4", ElementType::U32},
    NpyType{"u2", ElementType::U16},
    NpyType{"u1", ElementType::U8},
    NpyType{"b1", ElementType::Bool},
};

struct NpyHeader {
    std::string descr;
    bool fortranOrder = false;
    std::vector<std::size_t> shape;
};

/// The header is a Python literal: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }. This reads
/// that grammar and no other; structured types (a list as descr) are refused as text that does not fit.
class HeaderParser {
public:
    explicit HeaderParser(std::string_view text)
        : m_text(text)
    {
    }

    std::optional<NpyHeader> parse()
    {
        NpyHeader header;
        bool hasDescr = false;
        bool hasOrder = false;
        bool hasShape = false;
        if (!eat('{'))
            return std::nullopt;
        while (!eat('}')) {
            const auto key = quoted();
            if (!key || !eat(':'))
                return std::nullopt;
            if (*key == "descr" && !hasDescr)
                hasDescr = readDescr(header);
            else if (*key == "fortran_order" && !hasOrder)
                hasOrder = readOrder(header);
            else if (*key == "shape" && !hasShape)
                hasShape = readShape(header);
            else
                return std::nullopt;
            if (!eat(',') && peek() != '}')
                return std::nullopt;
        }
        return hasDescr && hasOrder && hasShape ? std::optional(header) : std::nullopt;
    }

private:
    char peek()
    {
        while (!m_text.empty() && (m_text.front() == ' ' || m_text.front() == '\n'))
            m_text.remove_prefix(1);
        return m_text.empty() ? '\0' : m_text.front();
    }

    bool eat(char expected)
    {
        if (peek() != expected)
            return false;
        m_text.remove_prefix(1);
        return true;
    }

    bool eatWord(std::string_view word)
    {
        peek();
        if (m_text.substr(0, word.size()) != word)
            return false;
        m_text.remove_prefix(word.size());
        return true;
    }

    std::optional<std::string> quoted()
    {
        const char quote = peek();
        if (quote != '\'' && quote != '"')
            return std::nullopt;
        const std::size_t end = m_text.find(quote, 1);
        if (end == std::string_view::npos)
            return std::nullopt;
        std::string text(m_text.substr(1, end - 1));
        m_text.remove_prefix(end + 1);
        return text;
    }

    bool readDescr(NpyHeader& header)
    {
        auto descr = quoted();
        if (descr)
            header.descr = std::move(*descr);
        return descr.has_value();
    }

    bool readOrder(NpyHeader& header)
    {
        header.fortranOrder = eatWord("True");
        return header.fortranOrder || eatWord("False");
    }

    bool readShape(NpyHeader& header)
    {
        if (!eat('('))
            return false;
        while (!eat(')')) {
            std::size_t extent = 0;
            peek();
            const auto [end, problem] = std::from_chars(m_text.data(), m_text.data() + m_text.size(), extent);
            if (problem != std::errc() || header.shape.size() == kMostNpyAxes)
                return false;
            m_text.remove_prefix(static_cast<std::size_t>(end - m_text.data()));
            eat('L'); // Python 2 wrote long integers so
            header.shape.push_back(extent);
            if (!eat(',') && peek() != ')')
                return false;
        }
        return true;
    }

    std::string_view m_text;
};

Error malformed(const std::filesystem::path& path, const std::string& problem)
{
    return {ErrorCode::Malformed, path.string() + " " + problem + "; save the array again"};
}

/// Offset and length of the header text, or nothing where the file is too short or of an unknown version.
std::optional<std::pair<std::size_t, std::size_t>> headerPlace(std::span<const std::byte> bytes)
{
    if (bytes.size() < 10 || std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0)
        return std::nullopt;
    const auto byteAt = [&](std::size_t i) { return std::to_integer<std::size_t>(bytes[i]); };
    const std::size_t version = byteAt(6);
    if (version < 1 || version > 3 || (version > 1 && bytes.size() < 12))
        return std::nullopt;
    const std::size_t begin = version == 1 ? 10 : 12;
    std::size_t length = byteAt(8) | byteAt(9) << 8U;
    if (version > 1)
        length |= byteAt(10) << 16U | byteAt(11) << 24U;
    if (length > bytes.size() - begin)
        return std::nullopt;
    return std::pair(begin, length);
}

base::Result<ElementType> elementTypeOf(const std::filesystem::path& path, const NpyHeader& header)
{
    const std::string_view descr = header.descr;
    const bool littleEndian = !descr.empty() && (descr.front() == '<' || descr.front() == '|');
    for (const NpyType& known : kNpyTypes) {
        if (littleEndian && descr.substr(1) == known.name)
            return known.type;
    }
    return Error{ErrorCode::Unsupported,
        path.string() + " holds numbers of type '" + header.descr
            + "'; save them with .astype('<f4') or '<f8'"};
}

} // namespace

base::Result<NpyFile> NpyFile::open(const std::filesystem::path& path)
{
    NpyFile result;
    PALIMPSEST_TRY(file, base::MappedFile::open(path));
    result.m_file = std::move(file);
    const auto bytes = result.m_file.bytes();
    const auto place = headerPlace(bytes);
    if (!place)
        return malformed(path, "is not a NumPy array file of version 1 to 3, or it is cut off");
    const auto [begin, length] = *place;
    const auto header
        = HeaderParser(std::string_view(reinterpret_cast<const char*>(bytes.data()) + begin, length)).parse();
    if (!header)
        return malformed(path, "has a header that does not describe one plain array");
    PALIMPSEST_TRY(type, elementTypeOf(path, *header));
    if (header->fortranOrder && header->shape.size() > 1) {
        return Error{ErrorCode::Unsupported,
            path.string() + " stores its array column by column; save numpy.ascontiguousarray(x) instead"};
    }
    const auto needed = tensorByteCount(type, header->shape);
    const auto data = bytes.subspan(begin + length);
    if (!needed || *needed != data.size()) {
        return malformed(path,
            "has " + std::to_string(data.size()) + " bytes of data, which do not make the shape "
                + shapeText(header->shape));
    }
    result.m_array = {type, header->shape, data};
    return result;
}

base::Status writeNpy(const std::filesystem::path& path, const TensorView& array)
{
    const auto needed = tensorByteCount(array.type, array.shape);
    if (!needed || *needed != array.bytes.size()) {
        return Error{ErrorCode::InvalidArgument,
            "The array for " + path.string() + " does not have the bytes of shape " + shapeText(array.shape)};
    }
    std::string descr;
    for (const NpyType& known : kNpyTypes) {
        if (known.type == array.type)
            descr = (elementSize(array.type) == 1 ? "|" : "<") + std::string(known.name);
    }
    if (descr.empty()) {
        return Error{ErrorCode::InvalidArgument,
            "NumPy has no type " + std::string(elementTypeName(array.type)) + "; " + path.string()
                + " is not written"};
    }
    std::string shape;
    for (const std::size_t extent : array.shape)
        shape.append(shape.empty() ? "" : ", ").append(std::to_string(extent));
    if (array.shape.size() == 1)
        shape += ",";
    std::string header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    const std::size_t prefix = kMagic.size() + 4;
    const std::size_t total = (prefix + header.size() + 1 + kAlignment - 1) / kAlignment * kAlignment;
    header.resize(total - prefix - 1, ' ');
    header += '\n';

    PALIMPSEST_TRY(output, base::MappedOutput::create(path, total + array.bytes.size()));
    auto* to = reinterpret_cast<char*>(output.bytes().data());
    std::memcpy(to, kMagic.data(), kMagic.size());
    to[6] = 1;
    to[7] = 0;
    to[8] = static_cast<char>(header.size() & 0xffU);
    to[9] = static_cast<char>(header.size() >> 8U);
    std::memcpy(to + prefix, header.data(), header.size());
    if (!array.bytes.empty())
        std::memcpy(to + total, array.bytes.data(), array.bytes.size());
    return output.commit();
}

} // namespace palimpsest::tensorfile
