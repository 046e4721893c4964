#pragma once
// The last step: which special tokens surround a text, and whether offsets are trimmed.
// Thread: values.

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"

namespace palimpsest::tokenizer {

struct PostProcessor {
    std::vector<std::int32_t> before;
    std::vector<std::int32_t> after;
    /// Offsets leave out the spaces inside a piece (ByteLevel, RobertaProcessing).
    bool trimOffsets = false;
    /// With trimOffsets: the space in front of the first piece was added and is not counted.
    bool addPrefixSpace = true;
};

/// Builds the component described by a `post_processor` object of tokenizer.json, for one text without a pair
/// (null gives one that does nothing). Fails with Malformed or Unsupported.
[[nodiscard]] base::Result<PostProcessor> readPostProcessor(
    const nlohmann::json& description, const std::string& file);

} // namespace palimpsest::tokenizer
