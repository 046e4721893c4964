#pragma once
// What the readers of tokenizer files hand over to Tokenizer.
// Thread: values; owned by one thread until the tokenizer is made.

#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/fingerprint.h"
#include "base/result.h"
#include "tokenizer/added_tokens.h"
#include "tokenizer/models/model.h"
#include "tokenizer/normalizers/normalizer.h"
#include "tokenizer/post_processors/post_processor.h"
#include "tokenizer/pre_tokenizers/pre_tokenizer.h"

namespace palimpsest::tokenizer {

/// Spellings of the tokens with a role; empty: the model has none.
struct SpecialTokens {
    std::string bos;
    std::string eos;
    std::string unk;
    std::string sep;
    std::string pad;
    std::string cls;
    std::string mask;
    std::vector<std::string> additional;
};

struct TokenizerParts {
    NormalizerPtr normalizer;
    PreTokenizerPtr preTokenizer;
    ModelPtr model;
    Vocabulary vocabulary; ///< added tokens included
    std::vector<AddedToken> addedTokens;
    PostProcessor postProcessor;
    SpecialTokens specialTokens;
    std::size_t maxLength = std::numeric_limits<std::size_t>::max();
    base::Fingerprint fingerprint;
};

/// Adds `token` to the vocabulary and the list, or replaces the one of the same content.
[[nodiscard]] base::Status addToken(TokenizerParts& parts, AddedToken token);

} // namespace palimpsest::tokenizer
