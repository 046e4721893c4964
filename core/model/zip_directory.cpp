#include "model/zip_directory.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>

namespace palimpsest::model {

using base::Error;
using base::ErrorCode;
using Bytes = std::span<const std::byte>;

namespace {

// Field places are those of PKWARE's APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12, 4.3.14, 4.3.15, 4.3.16
// and 4.5.3.
constexpr std::uint32_t kLocalHeader = 0x04034b50;
constexpr std::uint32_t kCentralHeader = 0x02014b50;
constexpr std::uint32_t kEndRecord = 0x06054b50;
constexpr std::uint32_t kEndRecord64 = 0x06064b50;
constexpr std::uint32_t kEndLocator64 = 0x07064b50;
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kLocatorSize = 20;
constexpr std::size_t kEnd64Size = 56;
constexpr std::size_t kCentralSize = 46;
constexpr std::size_t kLocalSize = 30;
constexpr std::uint32_t kIn64 = 0xffffffffU;

/// Little-endian number at `offset`, or 0 beyond the end; callers check sizes where 0 would mislead.
std::uint64_t number(Bytes bytes, std::uint64_t offset, std::size_t size)
{
    if (offset > bytes.size() || bytes.size() - offset < size)
        return 0;
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;)
        value = value << 8U | std::to_integer<std::uint64_t>(bytes[static_cast<std::size_t>(offset) + i]);
    return value;
}

struct Directory {
    std::uint64_t entries = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
};

std::optional<Directory> findDirectory(Bytes bytes)
{
    if (bytes.size() < kEndSize)
        return std::nullopt;
    const std::size_t last = bytes.size() - kEndSize;
    const std::size_t first = last > 0xffff ? last - 0xffff : 0;
    for (std::size_t at = last + 1; at-- > first;) {
        if (number(bytes, at, 4) != kEndRecord)
            continue;
        Directory directory{number(bytes, at + 10, 2), number(bytes, at + 12, 4), number(bytes, at + 16, 4)};
        if (at >= kLocatorSize && number(bytes, at - kLocatorSize, 4) == kEndLocator64) {
            const std::uint64_t end64 = number(bytes, at - kLocatorSize + 8, 8);
            if (end64 > bytes.size() || bytes.size() - end64 < kEnd64Size
                || number(bytes, end64, 4) != kEndRecord64)
                return std::nullopt;
            directory
                = {number(bytes, end64 + 32, 8), number(bytes, end64 + 40, 8), number(bytes, end64 + 48, 8)};
        }
        if (directory.offset > at || directory.size > at - directory.offset)
            return std::nullopt;
        return directory;
    }
    return std::nullopt;
}

struct Entry {
    std::string name;
    std::uint64_t flags = 0;
    std::uint64_t method = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint64_t local = 0;
};

/// Replaces sizes that did not fit into 32 bits by those of the zip64 extra field, in their fixed order.
bool readExtra64(Bytes extra, Entry& entry)
{
    std::size_t at = 0;
    while (extra.size() - at >= 4) {
        const auto id = number(extra, at, 2);
        const auto length = static_cast<std::size_t>(number(extra, at + 2, 2));
        at += 4;
        if (length > extra.size() - at)
            return false;
        if (id == 1) {
            const Bytes field = extra.subspan(at, length);
            std::size_t place = 0;
            for (std::uint64_t* value : {&entry.size, &entry.packed, &entry.local}) {
                if (*value != kIn64)
                    continue;
                if (field.size() - place < 8)
                    return false;
                *value = number(field, place, 8);
                place += 8;
            }
        }
        at += length;
    }
    return true;
}

std::optional<Bytes> contentOf(Bytes bytes, const Entry& entry)
{
    if (entry.local > bytes.size() || bytes.size() - entry.local < kLocalSize
        || number(bytes, entry.local, 4) != kLocalHeader)
        return std::nullopt;
    // The local name and extra field may be longer than those of the directory: torch pads there to align
    // data.
    const std::uint64_t begin
        = entry.local + kLocalSize + number(bytes, entry.local + 26, 2) + number(bytes, entry.local + 28, 2);
    if (begin > bytes.size() || entry.size > bytes.size() - begin || entry.packed != entry.size)
        return std::nullopt;
    return bytes.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(entry.size));
}

} // namespace

bool looksLikeZip(Bytes bytes)
{
    return bytes.size() >= 4 && number(bytes, 0, 4) == kLocalHeader;
}

base::Result<std::map<std::string, Bytes, std::less<>>> readZipDirectory(
    Bytes bytes, const std::string& fileName)
{
    const Error malformed{
        ErrorCode::Malformed, fileName + " is not a whole zip archive; it may be cut off, fetch it again"};
    const auto directory = findDirectory(bytes);
    if (!directory)
        return malformed;
    Bytes records = bytes.subspan(
        static_cast<std::size_t>(directory->offset), static_cast<std::size_t>(directory->size));
    std::map<std::string, Bytes, std::less<>> contents;
    for (std::uint64_t i = 0; i < directory->entries; ++i) {
        if (records.size() < kCentralSize || number(records, 0, 4) != kCentralHeader)
            return malformed;
        const auto nameSize = static_cast<std::size_t>(number(records, 28, 2));
        const auto extraSize = static_cast<std::size_t>(number(records, 30, 2));
        const auto commentSize = static_cast<std::size_t>(number(records, 32, 2));
        if (records.size() - kCentralSize < nameSize + extraSize + commentSize)
            return malformed;
        Entry entry;
        entry.name.assign(reinterpret_cast<const char*>(records.data()) + kCentralSize, nameSize);
        entry.flags = number(records, 8, 2);
        entry.method = number(records, 10, 2);
        entry.packed = number(records, 20, 4);
        entry.size = number(records, 24, 4);
        entry.local = number(records, 42, 4);
        if (!readExtra64(records.subspan(kCentralSize + nameSize, extraSize), entry))
            return malformed;
        if (entry.method != 0 || (entry.flags & 1U) != 0) {
            return Error{ErrorCode::Unsupported,
                fileName + " has the compressed or encrypted entry \"" + entry.name
                    + "\", which torch.save does not write; save the model again"};
        }
        const auto content = contentOf(bytes, entry);
        if (!content || !contents.emplace(entry.name, *content).second)
            return malformed;
        records = records.subspan(kCentralSize + nameSize + extraSize + commentSize);
    }
    return contents;
}

} // namespace palimpsest::model
