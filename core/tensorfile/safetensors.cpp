#include "tensorfile/safetensors.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

#include "tensorfile/safetensors_header.h"

namespace palimpsest::tensorfile {

using base::Error;
using base::ErrorCode;

namespace {

constexpr std::size_t kLengthSize = 8;
// The limit of the reference implementation; real headers of the largest models have a few megabytes.
constexpr std::uint64_t kLargestHeader = 100'000'000;

std::uint64_t readLength(std::span<const std::byte> bytes)
{
    std::uint64_t length = 0;
    for (std::size_t i = kLengthSize; i-- > 0;)
        length = length << 8U | std::to_integer<std::uint64_t>(bytes[i]);
    return length;
}

void writeLength(std::span<std::byte> bytes, std::uint64_t length)
{
    for (std::size_t i = 0; i < kLengthSize; ++i)
        bytes[i] = static_cast<std::byte>(length >> (8 * i) & 0xffU);
}

std::string headerText(const std::vector<TensorSpec>& tensors, const std::vector<std::size_t>& offsets,
    const std::map<std::string, std::string>& metadata)
{
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        header[tensors[i].name] = {{"dtype", elementTypeName(tensors[i].type)}, {"shape", tensors[i].shape},
            {"data_offsets", {offsets[i], offsets[i + 1]}}};
    }
    std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    text.resize((text.size() + 7) / 8 * 8, ' ');
    return text;
}

} // namespace

base::Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path)
{
    SafetensorsFile result;
    PALIMPSEST_TRY(file, base::MappedFile::open(path));
    result.m_file = std::move(file);
    const auto bytes = result.m_file.bytes();
    if (bytes.size() < kLengthSize)
        return Error{ErrorCode::Malformed, path.string() + " is too short to be a safetensors file"};
    const std::uint64_t length = readLength(bytes);
    if (length > kLargestHeader || length > bytes.size() - kLengthSize) {
        return Error{ErrorCode::Malformed,
            path.string() + " is not a safetensors file, or it is cut off: its header would have "
                + std::to_string(length) + " bytes"};
    }
    const auto headerSize = static_cast<std::size_t>(length);
    const std::string_view json(reinterpret_cast<const char*>(bytes.data()) + kLengthSize, headerSize);
    const auto data = bytes.subspan(kLengthSize + headerSize);
    PALIMPSEST_TRY(header, parseSafetensorsHeader(json, data.size(), path.string()));
    for (auto& [name, entry] : header.tensors) {
        result.m_names.push_back(name);
        result.m_tensors.emplace(name,
            TensorView{
                entry.type, std::move(entry.shape), data.subspan(entry.begin, entry.end - entry.begin)});
    }
    result.m_metadata = std::move(header.metadata);
    return result;
}

const TensorView* SafetensorsFile::find(std::string_view name) const
{
    const auto found = m_tensors.find(name);
    return found == m_tensors.end() ? nullptr : &found->second;
}

base::Result<SafetensorsWriter> SafetensorsWriter::create(const std::filesystem::path& path,
    std::vector<TensorSpec> tensors, const std::map<std::string, std::string>& metadata)
{
    return open(path, std::move(tensors), metadata, false);
}

base::Result<SafetensorsWriter> SafetensorsWriter::resume(
    const std::filesystem::path& path, std::vector<TensorSpec> tensors)
{
    return open(path, std::move(tensors), {}, true);
}

base::Result<SafetensorsWriter> SafetensorsWriter::open(const std::filesystem::path& path,
    std::vector<TensorSpec> tensors, const std::map<std::string, std::string>& metadata, bool resumes)
{
    std::sort(tensors.begin(), tensors.end(), [](const TensorSpec& a, const TensorSpec& b) {
        const std::size_t sizeA = elementSize(a.type);
        const std::size_t sizeB = elementSize(b.type);
        return sizeA != sizeB ? sizeA > sizeB : a.name < b.name;
    });
    SafetensorsWriter writer;
    std::vector<std::size_t> offsets = {0};
    for (const TensorSpec& tensor : tensors) {
        const auto size = tensorByteCount(tensor.type, tensor.shape);
        if (!size || *size > std::numeric_limits<std::size_t>::max() / 2 - offsets.back()) {
            return Error{ErrorCode::TooLarge,
                "Tensor \"" + tensor.name + "\" of shape " + shapeText(tensor.shape)
                    + " is too large for a file"};
        }
        const bool isNew
            = writer.m_places.emplace(tensor.name, Place{tensor.type, offsets.back(), *size}).second;
        if (!isNew || tensor.name == "__metadata__") {
            return Error{ErrorCode::InvalidArgument,
                "Tensor name \"" + tensor.name + "\" is reserved or given twice for " + path.string()};
        }
        offsets.push_back(offsets.back() + *size);
    }
    const std::string header = headerText(tensors, offsets, metadata);
    if (header.size() > kLargestHeader)
        return Error{ErrorCode::TooLarge, "The header of " + path.string() + " would be too large"};

    const std::size_t dataBegin = kLengthSize + header.size();
    const std::size_t fileSize = dataBegin + offsets.back();
    PALIMPSEST_TRY(output,
        resumes ? base::MappedOutput::resume(path, fileSize) : base::MappedOutput::create(path, fileSize));
    writer.m_output = std::move(output);
    const auto bytes = writer.m_output.bytes();
    writeLength(bytes, header.size());
    std::memcpy(bytes.data() + kLengthSize, header.data(), header.size());
    for (auto& [name, place] : writer.m_places)
        place.offset += dataBegin;
    return writer;
}

std::span<std::byte> SafetensorsWriter::tensor(std::string_view name)
{
    const auto found = m_places.find(name);
    const auto bytes = m_output.bytes();
    if (found == m_places.end() || bytes.empty())
        return {};
    return bytes.subspan(found->second.offset, found->second.size);
}

std::span<float> SafetensorsWriter::floats(std::string_view name)
{
    const auto found = m_places.find(name);
    if (found == m_places.end() || found->second.type != ElementType::F32)
        return {};
    // The layout keeps every tensor aligned to its elements, and maps start on a page.
    const auto bytes = tensor(name);
    return {reinterpret_cast<float*>(bytes.data()), bytes.size() / sizeof(float)};
}

base::Status SafetensorsWriter::commit()
{
    return m_output.commit();
}

} // namespace palimpsest::tensorfile
