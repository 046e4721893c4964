#pragma once
// What tokenizer_config.json, special_tokens_map.json and config.json say about a tokenizer.
// Thread: values.

#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tokenizer/added_tokens.h"
#include "tokenizer/tokenizer_parts.h"

namespace palimpsest::tokenizer {

struct TokenizerConfig {
    /// Without "Fast": "BertTokenizer"; guessed from config.json's model_type where it is not said; may be
    /// empty.
    std::string tokenizerClass;
    std::optional<bool> doLowerCase;
    std::optional<bool> stripAccents;
    std::optional<bool> tokenizeChineseChars;
    std::optional<bool> addPrefixSpace;
    std::optional<bool> trimOffsets;
    std::optional<bool> keepAccents;
    std::optional<bool> addBosToken;
    std::optional<bool> addEosToken;
    std::optional<bool> legacy;
    SpecialTokens specialTokens; ///< the defaults of the class filled in
    std::vector<AddedToken> addedTokens; ///< of added_tokens_decoder, in order of id
    std::size_t maxLength = std::numeric_limits<std::size_t>::max();
    std::string digest; ///< the content of the files read, for the fingerprint
};

/// Missing files are no error. Fails with Malformed or Unreadable.
[[nodiscard]] base::Result<TokenizerConfig> readTokenizerConfig(const std::filesystem::path& modelDir);

/// The spellings that a class gives its special tokens when nothing else is said; empty for an unknown class.
[[nodiscard]] SpecialTokens defaultSpecialTokens(std::string_view tokenizerClass);

} // namespace palimpsest::tokenizer
