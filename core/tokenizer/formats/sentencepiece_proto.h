#pragma once
// The parts of a SentencePiece model file (a protobuf message) that a tokenizer needs.
// Field numbers: sentencepiece_model.proto of github.com/google/sentencepiece.
// Thread: values.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace palimpsest::tokenizer {

struct SentencePieceModel {
    enum class Type : std::int64_t { Unigram = 1, Bpe = 2, Word = 3, Char = 4 };

    struct Piece {
        std::string text;
        double score = 0.0;
    };

    std::vector<Piece> pieces;
    Type type = Type::Unigram;
    std::int64_t unknownId = 0;
    std::string unknownPiece = "<unk>";
    std::string charsmap; ///< compiled normalisation rules; may be empty
};

/// Fails with NotFound, Unreadable, TooLarge or Malformed.
[[nodiscard]] base::Result<SentencePieceModel> readSentencePieceModel(const std::filesystem::path& path);

} // namespace palimpsest::tokenizer
