// Reads tokenizer.json.

#include "base/fingerprint.h"
#include "tokenizer/formats/json_reading.h"
#include "tokenizer/formats/readers.h"
#include "tokenizer/text/byte_characters.h"

namespace palimpsest::tokenizer {

namespace {

using nlohmann::json;

base::Result<AddedToken> readAddedToken(const json& description, const std::string& file)
{
    AddedToken token;
    PALIMPSEST_TRY(content, stringField(description, "content", "", file));
    PALIMPSEST_TRY(id, intField(description, "id", -1, file));
    PALIMPSEST_TRY(singleWord, boolField(description, "single_word", false, file));
    PALIMPSEST_TRY(lstrip, boolField(description, "lstrip", false, file));
    PALIMPSEST_TRY(rstrip, boolField(description, "rstrip", false, file));
    PALIMPSEST_TRY(normalized, boolField(description, "normalized", true, file));
    PALIMPSEST_TRY(special, boolField(description, "special", false, file));
    if (id < 0 || id > Vocabulary::kLargestId)
        return malformed(file, "the added token \"" + content.substr(0, 80) + "\" has no usable id");
    return AddedToken{
        content, static_cast<std::int32_t>(id), singleWord, lstrip, rstrip, normalized, special};
}

/// BertTokenizerFast and its relatives let tokenizer_config.json overrule the normalizer.
void overruleBertNormalizer(json& normalizer, const TokenizerConfig& config)
{
    if (!normalizer.is_object() || member(normalizer, "type") != "BertNormalizer")
        return;
    if (config.doLowerCase)
        normalizer["lowercase"] = *config.doLowerCase;
    if (config.stripAccents)
        normalizer["strip_accents"] = *config.stripAccents;
    if (config.tokenizeChineseChars)
        normalizer["handle_chinese_chars"] = *config.tokenizeChineseChars;
}

/// The byte-level tokenizers do the same for the space in front.
void overrulePrefixSpace(json& root, const TokenizerConfig& config)
{
    if (!config.addPrefixSpace)
        return;
    json& pre = root["pre_tokenizer"];
    if (pre.is_object() && member(pre, "type") == "ByteLevel")
        pre["add_prefix_space"] = *config.addPrefixSpace;
    json& post = root["post_processor"];
    if (post.is_object() && post.contains("add_prefix_space"))
        post["add_prefix_space"] = *config.addPrefixSpace;
}

/// Byte-level BPE may work on raw bytes where nothing but bytes decides about its pieces, and all of them are
/// known: without an unknown token the library drops a missing byte and shifts the offsets behind it.
bool modelTakesBytes(const json& model)
{
    const auto isSet = [&](const char* key) {
        const json& value = member(model, key);
        return (value.is_string() && !value.get_ref<const std::string&>().empty()) || value == true;
    };
    if (member(model, "type") != "BPE" || isSet("continuing_subword_prefix") || isSet("end_of_word_suffix")
        || isSet("byte_fallback"))
        return false;
    const json& vocabulary = member(model, "vocab");
    for (unsigned byte = 0; byte < 256; ++byte) {
        if (!vocabulary.contains(byteSpelling(static_cast<unsigned char>(byte))))
            return false;
    }
    return true;
}

} // namespace

base::Result<TokenizerParts> readTokenizerJson(
    const std::filesystem::path& path, const TokenizerConfig& config)
{
    const std::string file = path.string();
    PALIMPSEST_TRY(root, readJsonFile(path));
    if (!root.is_object())
        return malformed(file, "the file does not hold a tokenizer");
    overruleBertNormalizer(root["normalizer"], config);
    overrulePrefixSpace(root, config);

    TokenizerParts parts;
    PALIMPSEST_TRY(normalizer, readNormalizer(root["normalizer"], file));
    PALIMPSEST_TRY(
        preTokenizer, readPreTokenizer(root["pre_tokenizer"], modelTakesBytes(root["model"]), file));
    PALIMPSEST_TRY(model, readModel(root["model"], preTokenizer.rawBytes, file));
    PALIMPSEST_TRY(postProcessor, readPostProcessor(root["post_processor"], file));
    parts.normalizer = std::move(normalizer);
    parts.preTokenizer = std::move(preTokenizer.preTokenizer);
    parts.model = std::move(model.model);
    parts.vocabulary = std::move(model.vocabulary);
    parts.postProcessor = std::move(postProcessor);
    if (const json& tokens = root["added_tokens"]; tokens.is_array()) {
        for (const json& description : tokens) {
            PALIMPSEST_TRY(token, readAddedToken(description, file));
            PALIMPSEST_CHECK(addToken(parts, token));
        }
    }
    parts.specialTokens = config.specialTokens;
    parts.maxLength = config.maxLength;
    PALIMPSEST_CHECK(addConfigTokens(config, parts));
    PALIMPSEST_TRY(content, base::fingerprintFile(path));
    parts.fingerprint
        = base::FingerprintBuilder().add("tokenizer.json").add(content).add(config.digest).finish();
    return parts;
}

} // namespace palimpsest::tokenizer
