#pragma once
// The part of Python's pickle format that a state dict needs, read as data. Nothing is ever called: the few
// globals that torch.save writes have a meaning here, all others are refused by name.
// Thread: reentrant; values view the bytes that were read.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace palimpsest::model {

/// One value of a pickle. Values refer to each other by index, since a pickle may tie knots.
struct PickleValue {
    enum class Kind : std::uint8_t {
        Other, ///< None, floats and what else cannot be part of a tensor's description
        Integer, ///< also True and False
        LongInteger, ///< more than 64 bits: `text` has the little-endian bytes
        Text,
        Tuple,
        List,
        Dict, ///< `items` are key, value, key, value, …
        Global, ///< `text` is the module, `name` the name in it
        Storage, ///< `items`: "storage", the storage's Global, key, location, number of elements
        Tensor, ///< `items`: Storage, offset, sizes, strides
    };

    Kind kind = Kind::Other;
    std::int64_t integer = 0;
    std::string_view text;
    std::string_view name;
    std::vector<std::uint32_t> items;
};

struct PickleDocument {
    std::vector<PickleValue> values;
    std::uint32_t root = 0;
    std::size_t end = 0; ///< bytes that were read
};

/// Reads one pickle (protocols 2 to 5) at the start of `bytes`; more may follow. `fileName` is for messages.
/// Fails with Malformed, TooLarge (more than 4 million values) or Unsupported (an unknown global or
/// instruction).
[[nodiscard]] base::Result<PickleDocument> readPickle(
    std::span<const std::byte> bytes, const std::string& fileName);

} // namespace palimpsest::model
