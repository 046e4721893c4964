#pragma once
// Reads the goldens of reference/tokenizers, made with Hugging Face's fast tokenizers (transformers 4.40.2,
// tokenizers 0.19.1; see the README there), and compares an encoding with them.
// Thread: values.

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tokenizer/tokenizer.h"

namespace palimpsest::testing {

/// One JSON object per line.
[[nodiscard]] std::vector<nlohmann::json> readJsonLines(const std::filesystem::path& path);

/// Nothing, or a sentence about the first difference: ids, tokens (where stored) and offsets of the raw text.
[[nodiscard]] std::string rawDifference(const tokenizer::Tokenizer& tokenizer, const nlohmann::json& golden);

/// The same for `golden[key]` ("split" or "space"): ids, word ids and offsets of the pre-split words.
[[nodiscard]] std::string wordsDifference(
    const tokenizer::Tokenizer& tokenizer, const nlohmann::json& golden, const char* key);

} // namespace palimpsest::testing
