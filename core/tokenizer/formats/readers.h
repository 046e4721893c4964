#pragma once
// The readers of tokenizer files; Tokenizer::open() decides which one is used.
// Thread: reentrant.

#include <filesystem>
#include <string>

#include "base/result.h"
#include "tokenizer/formats/tokenizer_config.h"
#include "tokenizer/tokenizer_parts.h"

namespace palimpsest::tokenizer {

/// `tokenizer.json`. What tokenizer_config.json says otherwise about lower case, accents, Chinese characters,
/// the prefix space and added tokens counts more, as in transformers.
[[nodiscard]] base::Result<TokenizerParts> readTokenizerJson(
    const std::filesystem::path& path, const TokenizerConfig& config);

/// `vocab.txt`: BERT and its relatives.
[[nodiscard]] base::Result<TokenizerParts> readVocabTxt(
    const std::filesystem::path& path, const TokenizerConfig& config);

/// `vocab.json` with `merges.txt` beside it: RoBERTa, GPT-2 and their relatives.
[[nodiscard]] base::Result<TokenizerParts> readVocabAndMerges(
    const std::filesystem::path& path, const TokenizerConfig& config);

/// A SentencePiece model: ALBERT, XLM-RoBERTa, CamemBERT, DeBERTa-v2, Llama and others.
[[nodiscard]] base::Result<TokenizerParts> readSentencePiece(
    const std::filesystem::path& path, const TokenizerConfig& config);

/// Adds the tokens of added_tokens_decoder, or gives known ones the properties written there.
[[nodiscard]] base::Status addConfigTokens(const TokenizerConfig& config, TokenizerParts& parts);

struct RoleTokenOptions {
    bool maskTakesSpace = false; ///< the mask token takes the space before it
    bool normalized = false; ///< all but the mask are looked for in the normalised text
    bool unknownNormalized = false; ///< the unknown token is
};

/// Adds the tokens with a role as special tokens; one that the vocabulary lacks gets the next free id.
[[nodiscard]] base::Status addRoleTokens(TokenizerParts& parts, const RoleTokenOptions& options);

/// How two texts are read together where no tokenizer.json says it.
enum class PairStyle : std::uint8_t {
    Bert, ///< before A after B after, segments 0 and 1
    Roberta, ///< before A after after B after, one segment
    Repeated, ///< before A after before B after, segments 0 and 1
};

/// The ids of a post-processor `before text after`, by spelling. Fails with Malformed if one is missing.
[[nodiscard]] base::Status surround(TokenizerParts& parts, const std::string& before,
    const std::string& after, PairStyle style, const std::string& file);

} // namespace palimpsest::tokenizer
