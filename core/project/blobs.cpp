#include "project/blobs.h"

#include <bit>
#include <cmath>
#include <cstring>

namespace palimpsest::project {

namespace {

constexpr std::size_t kMergeBytes = 20;

void put32(std::byte* out, std::uint32_t value)
{
    for (unsigned shift = 0; shift < 32; shift += 8)
        *out++ = static_cast<std::byte>((value >> shift) & 0xffU);
}

std::uint32_t get32(const std::byte* in)
{
    std::uint32_t value = 0;
    for (unsigned index = 0; index < 4; ++index)
        value |= std::to_integer<std::uint32_t>(in[index]) << (8 * index);
    return value;
}

} // namespace

Bytes packNumbers(std::span<const std::uint32_t> numbers)
{
    Bytes bytes(numbers.size() * 4);
    for (std::size_t index = 0; index < numbers.size(); ++index)
        put32(bytes.data() + index * 4, numbers[index]);
    return bytes;
}

std::optional<std::vector<std::uint32_t>> unpackNumbers(std::span<const std::byte> blob)
{
    if (blob.size() % 4 != 0)
        return std::nullopt;
    std::vector<std::uint32_t> numbers(blob.size() / 4);
    for (std::size_t index = 0; index < numbers.size(); ++index)
        numbers[index] = get32(blob.data() + index * 4);
    return numbers;
}

Bytes packSigned(std::span<const std::int32_t> numbers)
{
    Bytes bytes(numbers.size() * 4);
    for (std::size_t index = 0; index < numbers.size(); ++index)
        put32(bytes.data() + index * 4, static_cast<std::uint32_t>(numbers[index]));
    return bytes;
}

std::optional<std::vector<std::int32_t>> unpackSigned(std::span<const std::byte> blob)
{
    if (blob.size() % 4 != 0)
        return std::nullopt;
    std::vector<std::int32_t> numbers(blob.size() / 4);
    for (std::size_t index = 0; index < numbers.size(); ++index)
        numbers[index] = static_cast<std::int32_t>(get32(blob.data() + index * 4));
    return numbers;
}

Bytes packLengths(std::span<const std::string> strings)
{
    Bytes bytes(strings.size() * 4);
    for (std::size_t index = 0; index < strings.size(); ++index)
        put32(bytes.data() + index * 4, static_cast<std::uint32_t>(strings[index].size()));
    return bytes;
}

Bytes packCharacters(std::span<const std::string> strings)
{
    std::size_t total = 0;
    for (const std::string& string : strings)
        total += string.size();
    Bytes bytes(total);
    std::size_t offset = 0;
    for (const std::string& string : strings) {
        if (!string.empty())
            std::memcpy(bytes.data() + offset, string.data(), string.size());
        offset += string.size();
    }
    return bytes;
}

std::optional<std::vector<std::string>> unpackStrings(
    std::span<const std::byte> lengths, std::span<const std::byte> characters)
{
    const auto sizes = unpackNumbers(lengths);
    if (!sizes)
        return std::nullopt;
    std::vector<std::string> strings;
    strings.reserve(sizes->size());
    std::size_t offset = 0;
    for (const std::uint32_t size : *sizes) {
        if (size > characters.size() - offset)
            return std::nullopt;
        strings.emplace_back(reinterpret_cast<const char*>(characters.data()) + offset, size);
        offset += size;
    }
    if (offset != characters.size())
        return std::nullopt;
    return strings;
}

Bytes packMerges(std::span<const cluster::Merge> merges)
{
    Bytes bytes(merges.size() * kMergeBytes);
    std::byte* out = bytes.data();
    for (const cluster::Merge& merge : merges) {
        put32(out, static_cast<std::uint32_t>(merge.left));
        put32(out + 4, static_cast<std::uint32_t>(merge.right));
        put32(out + 8, static_cast<std::uint32_t>(merge.size));
        const auto height = std::bit_cast<std::uint64_t>(merge.height);
        put32(out + 12, static_cast<std::uint32_t>(height & 0xffffffffU));
        put32(out + 16, static_cast<std::uint32_t>(height >> 32));
        out += kMergeBytes;
    }
    return bytes;
}

std::optional<std::vector<cluster::Merge>> unpackMerges(std::span<const std::byte> blob, std::size_t count)
{
    if (blob.size() % kMergeBytes != 0 || blob.size() / kMergeBytes != count)
        return std::nullopt;
    std::vector<cluster::Merge> merges(count);
    const std::byte* in = blob.data();
    for (cluster::Merge& merge : merges) {
        merge.left = static_cast<std::int32_t>(get32(in));
        merge.right = static_cast<std::int32_t>(get32(in + 4));
        merge.size = static_cast<std::int32_t>(get32(in + 8));
        merge.height
            = std::bit_cast<double>(std::uint64_t{get32(in + 12)} | (std::uint64_t{get32(in + 16)} << 32));
        if (!std::isfinite(merge.height))
            return std::nullopt;
        in += kMergeBytes;
    }
    return merges;
}

} // namespace palimpsest::project
