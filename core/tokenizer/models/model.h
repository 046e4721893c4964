#pragma once
// The step that turns one pre-token into vocabulary entries.
// Thread: models are immutable.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "tokenizer/vocabulary.h"

namespace palimpsest::tokenizer {

/// A vocabulary entry and the bytes [begin, end) of the pre-token it stands for.
struct Piece {
    std::int32_t id = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    bool operator==(const Piece&) const = default;
};

class Model {
public:
    virtual ~Model() = default;
    /// Appends the pieces of `text` (valid UTF-8, not empty) to `pieces`, left to right.
    virtual void tokenize(std::string_view text, std::vector<Piece>& pieces) const = 0;
};

using ModelPtr = std::unique_ptr<const Model>;

/// A model and the spellings of its ids.
struct ModelAndVocabulary {
    ModelPtr model;
    Vocabulary vocabulary;
};

struct WordPieceOptions {
    std::string unknownToken = "[UNK]";
    std::string continuingPrefix = "##";
    std::size_t longestWord = 100; ///< in code points; a longer one is unknown
};

/// Greedy longest match from the left. Fails with Malformed if the unknown token is not in the vocabulary.
[[nodiscard]] base::Result<ModelPtr> makeWordPiece(
    const Vocabulary& vocabulary, const WordPieceOptions& options);

/// Whole words only. Fails with Malformed if the unknown token is not in the vocabulary.
[[nodiscard]] base::Result<ModelPtr> makeWordLevel(
    const Vocabulary& vocabulary, const std::string& unknownToken);

struct BpeOptions {
    std::string unknownToken; ///< empty: none
    std::string continuingPrefix;
    std::string endOfWordSuffix;
    bool fuseUnknown = false;
    bool byteFallback = false; ///< unknown characters become <0x..> pieces where all of them exist
    bool ignoreMerges = false; ///< a pre-token that is an entry is taken whole
    /// Pre-tokens are plain bytes although the vocabulary spells them in byte-level characters: the last
    /// pre-tokenizer is ByteLevel and leaves its mapping to the model, which is faster.
    bool rawBytes = false;
};

/// Merges in order of rank. Fails with Malformed if a merge or its result is not in the vocabulary.
[[nodiscard]] base::Result<ModelPtr> makeBpe(const Vocabulary& vocabulary,
    const std::vector<std::pair<std::string, std::string>>& merges, const BpeOptions& options);

struct UnigramOptions {
    std::int64_t unknownId = -1; ///< -1: none; then unknown characters give no piece
    bool byteFallback = false;
};

/// The best path through the lattice of pieces. `scores[id]` belongs to vocabulary.token(id).
/// Fails with Malformed for scores that are not finite or an unknown id outside the vocabulary.
[[nodiscard]] base::Result<ModelPtr> makeUnigram(
    const Vocabulary& vocabulary, std::vector<double> scores, const UnigramOptions& options);

/// Builds the component described by the `model` object of tokenizer.json. `rawBytes`: see BpeOptions.
/// `file` is named in messages. Fails with Malformed or Unsupported.
[[nodiscard]] base::Result<ModelAndVocabulary> readModel(
    const nlohmann::json& description, bool rawBytes, const std::string& file);

} // namespace palimpsest::tokenizer
