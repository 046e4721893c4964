#pragma once
// What a checkpoint's config.json says about its shape, under one set of names for all architectures.
// Thread: values.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace palimpsest::model {

enum class HeadKind : std::uint8_t { None, SequenceClassification, TokenClassification };

struct ModelConfig {
    std::string architecture; ///< "BertForSequenceClassification"; "BertModel" where config.json names none
    std::string modelType; ///< "bert": key of the architecture registry
    HeadKind head = HeadKind::None;
    bool isDecoder = false; ///< a piece sees only those before it

    std::size_t hiddenSize = 0; ///< columns of every hidden state
    std::size_t layerCount = 0; ///< there are layerCount + 1 hidden states; 0 is the embedding output
    std::size_t headCount = 0; ///< divides hiddenSize unless config.json gives "head_dim"
    std::size_t intermediateSize = 0;
    std::size_t vocabularySize = 0;
    std::size_t maxPositions = 0; ///< rows of the position table, or the length that a decoder was made for
    std::size_t typeVocabularySize = 0; ///< 0 where the architecture has no token types
    std::size_t embeddingSize = 0; ///< hiddenSize unless the embedding is factorised
    std::size_t layerGroupCount = 1; ///< ALBERT: groups of layers that share weights
    std::size_t layersPerGroup = 1; ///< ALBERT: inner_group_num
    std::int64_t paddingId = 0; ///< -1 for a decoder without one
    double layerNormEps = 1e-12;
    std::string activation = "gelu"; ///< as config.json names it

    std::vector<std::string> labels; ///< id2label in id order; empty without a head
    std::string
        problemType; ///< "single_label_classification", "multi_label_classification", "regression" or empty

    std::size_t maxPieces = 0; ///< longest sentence in pieces, special ones included
    std::string json; ///< config.json as it is, for the rare keys of one architecture
};

/// Reads `folder`/config.json. Fails with NotFound (no such folder, no config.json in it), Unreadable,
/// Malformed (not JSON; a key is missing, not a number or out of range: the message names it) or Unsupported
/// (an architecture that is not in the registry; the message lists those that are).
[[nodiscard]] base::Result<ModelConfig> readModelConfig(const std::filesystem::path& folder);

/// Model types that can be opened, sorted: "albert", "bert", …
[[nodiscard]] std::vector<std::string> knownModelTypes();

} // namespace palimpsest::model
