#pragma once
// Arrays as little-endian blobs, whatever the machine; private to this module.
// Thread: reentrant.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cluster/linkage.h"

namespace palimpsest::project {

using Bytes = std::vector<std::byte>;

[[nodiscard]] Bytes packNumbers(std::span<const std::uint32_t> numbers);
/// Nothing where the size is not a multiple of four.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> unpackNumbers(std::span<const std::byte> blob);

[[nodiscard]] Bytes packSigned(std::span<const std::int32_t> numbers);
[[nodiscard]] std::optional<std::vector<std::int32_t>> unpackSigned(std::span<const std::byte> blob);

/// Byte lengths of all strings; their bytes go one after the other into a blob of their own.
[[nodiscard]] Bytes packLengths(std::span<const std::string> strings);
[[nodiscard]] Bytes packCharacters(std::span<const std::string> strings);
/// Nothing where the lengths do not add up to the characters.
[[nodiscard]] std::optional<std::vector<std::string>> unpackStrings(
    std::span<const std::byte> lengths, std::span<const std::byte> characters);

/// 20 bytes a merge: left, right and size as int32, then the height as float64.
[[nodiscard]] Bytes packMerges(std::span<const cluster::Merge> merges);
/// Nothing where the size is not that of `count` merges or a height is not finite.
[[nodiscard]] std::optional<std::vector<cluster::Merge>> unpackMerges(
    std::span<const std::byte> blob, std::size_t count);

} // namespace palimpsest::project
