#pragma once
// The last step: which special tokens surround a text, and whether offsets are trimmed.
// Thread: values.

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"

namespace palimpsest::tokenizer {

/// A special token with the segment that it counts to.
struct TypedToken {
    std::int32_t id = 0;
    std::int32_t type = 0;
};

/// What surrounds two texts that are read together. Without a post-processor they follow each other.
struct PairForm {
    std::vector<TypedToken> before;
    std::vector<TypedToken> between;
    std::vector<TypedToken> after;
    std::int32_t firstType = 0;
    std::int32_t secondType = 1;
    /// False: the file's template for pairs holds something else than two texts in order. Single texts are not
    /// concerned.
    bool readable = true;
};

struct PostProcessor {
    std::vector<std::int32_t> before;
    std::vector<std::int32_t> after;
    PairForm pair;
    /// Offsets leave out the spaces inside a piece (ByteLevel, RobertaProcessing).
    bool trimOffsets = false;
    /// With trimOffsets: the space in front of the first piece was added and is not counted.
    bool addPrefixSpace = true;
};

/// Builds the component described by a `post_processor` object of tokenizer.json (null gives one that does
/// nothing). Fails with Malformed or Unsupported.
[[nodiscard]] base::Result<PostProcessor> readPostProcessor(
    const nlohmann::json& description, const std::string& file);

} // namespace palimpsest::tokenizer
