#include "tensorfile/safetensors_header.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

namespace palimpsest::tensorfile {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kMostAxes = 32;

/// Takes the events of the parser and refuses all that a header does not have. A document object model would
/// let a hostile header of 100 MB grow to gigabytes; this grows only by what belongs to a tensor.
class HeaderSink {
public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    [[nodiscard]] const std::string& problem() const { return m_problem; }
    [[nodiscard]] ErrorCode code() const { return m_code; }
    [[nodiscard]] SafetensorsHeader take() { return std::move(m_header); }

    bool null() { return refuse("holds null " + where()); }
    bool boolean(bool) { return refuse("holds true or false " + where()); }
    bool number_float(number_float_t, const string_t&) { return refuse("holds a fraction " + where()); }
    bool binary(binary_t&) { return refuse("holds binary data " + where()); }
    bool number_integer(number_integer_t) { return refuse("holds a negative number " + where()); }

    bool number_unsigned(number_unsigned_t number)
    {
        if (m_place == Place::Shape) {
            if (m_entry.shape.size() == kMostAxes)
                return refuse("gives more than " + std::to_string(kMostAxes) + " axes " + where());
            m_entry.shape.push_back(static_cast<std::size_t>(number));
            return true;
        }
        if (m_place == Place::Offsets && m_offsetCount < 2) {
            m_offsets[m_offsetCount++] = static_cast<std::size_t>(number);
            return true;
        }
        return refuse("holds a number where none belongs " + where());
    }

    bool string(string_t& text)
    {
        if (m_place == Place::Metadata) {
            m_header.metadata[m_field] = std::move(text);
            return true;
        }
        if (m_place != Place::Entry || m_field != "dtype")
            return refuse("holds a text where none belongs " + where());
        const auto type = elementTypeFromName(text);
        if (!type) {
            m_code = ErrorCode::Unsupported;
            return refuse("has elements of type \"" + text + "\" " + where());
        }
        m_entry.type = *type;
        m_hasType = true;
        return true;
    }

    bool start_object(std::size_t)
    {
        if (m_place == Place::Start) {
            m_place = Place::Root;
            return true;
        }
        if (m_place != Place::Root)
            return refuse("nests objects " + where());
        m_place = m_name == "__metadata__" ? Place::Metadata : Place::Entry;
        m_entry = {};
        m_hasType = m_hasShape = m_hasOffsets = false;
        return true;
    }

    bool key(string_t& name)
    {
        if (m_place == Place::Root) {
            if (m_header.tensors.count(name) != 0)
                return refuse("names tensor \"" + name + "\" twice");
            m_name = std::move(name);
        }
        m_field = m_place == Place::Root ? std::string() : std::move(name);
        return true;
    }

    bool end_object()
    {
        if (m_place == Place::Entry) {
            if (!m_hasType || !m_hasShape || !m_hasOffsets)
                return refuse("lacks dtype, shape or data_offsets " + where());
            m_header.tensors.emplace(m_name, std::move(m_entry));
        }
        m_place = m_place == Place::Root ? Place::End : Place::Root;
        m_field.clear();
        return true;
    }

    bool start_array(std::size_t)
    {
        if (m_place != Place::Entry)
            return refuse("holds an array where none belongs " + where());
        if (m_field == "shape" && !m_hasShape) {
            m_place = Place::Shape;
            return true;
        }
        if (m_field == "data_offsets" && !m_hasOffsets) {
            m_place = Place::Offsets;
            m_offsetCount = 0;
            return true;
        }
        return refuse("holds an unexpected array " + where());
    }

    bool end_array()
    {
        if (m_place == Place::Offsets) {
            if (m_offsetCount != 2)
                return refuse("does not give two data_offsets " + where());
            m_entry.begin = m_offsets[0];
            m_entry.end = m_offsets[1];
            m_hasOffsets = true;
        } else {
            m_hasShape = true;
        }
        m_place = Place::Entry;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&)
    {
        return refuse("is not JSON at byte " + std::to_string(position));
    }

private:
    enum class Place { Start, Root, Entry, Metadata, Shape, Offsets, End };

    bool refuse(std::string problem)
    {
        if (m_problem.empty())
            m_problem = std::move(problem);
        return false;
    }

    [[nodiscard]] std::string where() const { return "at \"" + m_name.substr(0, 200) + "\""; }

    SafetensorsHeader m_header;
    Place m_place = Place::Start;
    std::string m_name;
    std::string m_field;
    SafetensorsEntry m_entry;
    std::array<std::size_t, 2> m_offsets = {};
    std::size_t m_offsetCount = 0;
    bool m_hasType = false;
    bool m_hasShape = false;
    bool m_hasOffsets = false;
    std::string m_problem;
    ErrorCode m_code = ErrorCode::Malformed;
};

Error malformed(const std::string& fileName, const std::string& problem)
{
    return {
        ErrorCode::Malformed, "The header of " + fileName + " " + problem + "; fetch or save the file again"};
}

/// Every tensor has the bytes that its shape needs, and all together are the data, end to end.
base::Status checkLayout(const SafetensorsHeader& header, std::size_t dataSize, const std::string& fileName)
{
    std::vector<std::pair<std::size_t, std::size_t>> ranges;
    ranges.reserve(header.tensors.size());
    for (const auto& [name, entry] : header.tensors) {
        if (entry.begin > entry.end || entry.end > dataSize)
            return malformed(fileName, "places tensor \"" + name + "\" outside the file");
        const auto needed = tensorByteCount(entry.type, entry.shape);
        if (!needed || *needed != entry.end - entry.begin) {
            return malformed(fileName,
                "gives tensor \"" + name + "\" of shape " + shapeText(entry.shape) + " "
                    + std::to_string(entry.end - entry.begin) + " bytes");
        }
        ranges.emplace_back(entry.begin, entry.end);
    }
    std::sort(ranges.begin(), ranges.end());
    std::size_t covered = 0;
    for (const auto& [begin, end] : ranges) {
        if (begin != covered)
            return malformed(fileName, "leaves a hole or overlaps tensors at byte " + std::to_string(begin));
        covered = end;
    }
    if (covered != dataSize) {
        return malformed(fileName,
            "describes " + std::to_string(covered) + " of " + std::to_string(dataSize) + " bytes of data");
    }
    return {};
}

} // namespace

base::Result<SafetensorsHeader> parseSafetensorsHeader(
    std::string_view json, std::size_t dataSize, const std::string& fileName)
{
    HeaderSink sink;
    if (!nlohmann::json::sax_parse(json.begin(), json.end(), &sink)) {
        const std::string problem = sink.problem().empty() ? "is not JSON" : sink.problem();
        if (sink.code() == ErrorCode::Unsupported)
            return Error{ErrorCode::Unsupported,
                fileName + " " + problem + "; convert them to one of F64, F32, F16, BF16 or an integer type"};
        return malformed(fileName, problem);
    }
    SafetensorsHeader header = sink.take();
    PALIMPSEST_CHECK(checkLayout(header, dataSize, fileName));
    return header;
}

} // namespace palimpsest::tensorfile
