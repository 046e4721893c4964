#pragma once
// A tokenized sentence as the engine takes it: ids only, so that model and activation build without a
// tokenizer. Thread: values; the memory behind the spans must outlive them.

#include <cstdint>
#include <span>

namespace palimpsest::model {

struct SentencePieces {
    std::span<const std::int32_t> ids; ///< vocabulary ids, special ones included, no padding
    std::span<const std::int32_t>
        wordOfPiece; ///< 0-based word of each piece, -1 for special pieces; as long as ids
    std::span<const std::int32_t> types{}; ///< segment of each piece (of a pair: 0 or 1); empty: all 0
};

} // namespace palimpsest::model
