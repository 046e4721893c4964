#include "tokenizer/formats/tokenizer_config.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "tokenizer/formats/json_reading.h"

namespace palimpsest::tokenizer {

namespace {

using nlohmann::json;

/// Larger values mean "no limit": transformers writes int(1e30).
constexpr double kLargestLength = 1e9;

/// An absent file is an empty object.
base::Result<json> readOptional(const std::filesystem::path& path, std::string& digest)
{
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        return json::object();
    PALIMPSEST_TRY(content, readJsonFile(path));
    digest += content.dump(-1, ' ', false, json::error_handler_t::replace);
    return std::move(content);
}

std::optional<bool> flag(const json& object, const char* key)
{
    const json& value = member(object, key);
    return value.is_boolean() ? std::optional(value.get<bool>()) : std::nullopt;
}

/// A token is written as text or, with its properties, as an object.
std::string tokenText(const json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    const json& content = member(value, "content");
    return content.is_string() ? content.get<std::string>() : std::string();
}

void readRoles(const json& object, SpecialTokens& tokens)
{
    const std::array<std::pair<const char*, std::string*>, 7> roles = {{
        {"bos_token", &tokens.bos},
        {"eos_token", &tokens.eos},
        {"unk_token", &tokens.unk},
        {"sep_token", &tokens.sep},
        {"pad_token", &tokens.pad},
        {"cls_token", &tokens.cls},
        {"mask_token", &tokens.mask},
    }};
    for (const auto& [key, target] : roles) {
        if (const std::string text = tokenText(member(object, key)); !text.empty() && target->empty())
            *target = text;
    }
    const json& additional = member(object, "additional_special_tokens");
    if (!additional.is_array() || !tokens.additional.empty())
        return;
    for (const json& item : additional) {
        if (const std::string text = tokenText(item); !text.empty())
            tokens.additional.push_back(text);
    }
}

void readAddedTokens(const json& object, std::vector<AddedToken>& tokens)
{
    const json& table = member(object, "added_tokens_decoder");
    if (!table.is_object())
        return;
    for (const auto& [key, value] : table.items()) {
        AddedToken token;
        token.content = tokenText(value);
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), token.id);
        if (token.content.empty() || error != std::errc{} || end != key.data() + key.size() || token.id < 0)
            continue;
        token.singleWord = flag(value, "single_word").value_or(false);
        token.lstrip = flag(value, "lstrip").value_or(false);
        token.rstrip = flag(value, "rstrip").value_or(false);
        token.special = flag(value, "special").value_or(false);
        token.normalized = flag(value, "normalized").value_or(!token.special);
        tokens.push_back(std::move(token));
    }
    std::sort(tokens.begin(), tokens.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
}

/// config.json's model_type → the tokenizer that AutoTokenizer takes for it.
std::string classOfModelType(std::string_view type)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kClasses = {{
        {"albert", "AlbertTokenizer"},
        {"bert", "BertTokenizer"},
        {"camembert", "CamembertTokenizer"},
        {"deberta", "DebertaTokenizer"},
        {"deberta-v2", "DebertaV2Tokenizer"},
        {"distilbert", "DistilBertTokenizer"},
        {"electra", "ElectraTokenizer"},
        {"gpt2", "GPT2Tokenizer"},
        {"llama", "LlamaTokenizer"},
        {"longformer", "LongformerTokenizer"},
        {"mistral", "LlamaTokenizer"},
        {"mobilebert", "MobileBertTokenizer"},
        {"mpnet", "MPNetTokenizer"},
        {"qwen2", "Qwen2Tokenizer"},
        {"roberta", "RobertaTokenizer"},
        {"t5", "T5Tokenizer"},
        {"xlm-roberta", "XLMRobertaTokenizer"},
        {"xlnet", "XLNetTokenizer"},
    }};
    for (const auto& [name, tokenizerClass] : kClasses) {
        if (name == type)
            return std::string(tokenizerClass);
    }
    return {};
}

void fillDefaults(SpecialTokens& tokens, const SpecialTokens& defaults)
{
    const auto fill = [](std::string& target, const std::string& value) {
        if (target.empty())
            target = value;
    };
    fill(tokens.bos, defaults.bos);
    fill(tokens.eos, defaults.eos);
    fill(tokens.unk, defaults.unk);
    fill(tokens.sep, defaults.sep);
    fill(tokens.pad, defaults.pad);
    fill(tokens.cls, defaults.cls);
    fill(tokens.mask, defaults.mask);
}

} // namespace

SpecialTokens defaultSpecialTokens(std::string_view name)
{
    const auto oneOf = [name](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (oneOf({"BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer", "MobileBertTokenizer"}))
        return {"", "", "[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]", {}};
    if (oneOf({"RobertaTokenizer", "LongformerTokenizer", "XLMRobertaTokenizer", "CamembertTokenizer"}))
        return {"<s>", "</s>", "<unk>", "</s>", "<pad>", "<s>", "<mask>", {}};
    if (name == "AlbertTokenizer")
        return {"[CLS]", "[SEP]", "<unk>", "[SEP]", "<pad>", "[CLS]", "[MASK]", {}};
    if (oneOf({"DebertaTokenizer", "DebertaV2Tokenizer"}))
        return {"[CLS]", "[SEP]", "[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]", {}};
    if (name == "MPNetTokenizer")
        return {"<s>", "</s>", "[UNK]", "</s>", "<pad>", "<s>", "<mask>", {}};
    if (name == "GPT2Tokenizer")
        return {"<|endoftext|>", "<|endoftext|>", "<|endoftext|>", "", "", "", "", {}};
    if (name == "LlamaTokenizer")
        return {"<s>", "</s>", "<unk>", "", "", "", "", {}};
    if (name == "T5Tokenizer")
        return {"", "</s>", "<unk>", "", "<pad>", "", "", {}};
    if (name == "XLNetTokenizer")
        return {"<s>", "</s>", "<unk>", "<sep>", "<pad>", "<cls>", "<mask>", {}};
    return {};
}

base::Result<TokenizerConfig> readTokenizerConfig(const std::filesystem::path& modelDir)
{
    TokenizerConfig config;
    PALIMPSEST_TRY(settings, readOptional(modelDir / "tokenizer_config.json", config.digest));
    PALIMPSEST_TRY(map, readOptional(modelDir / "special_tokens_map.json", config.digest));
    if (const json& name = member(settings, "tokenizer_class"); name.is_string())
        config.tokenizerClass = name.get<std::string>();
    if (config.tokenizerClass.ends_with("Fast"))
        config.tokenizerClass.resize(config.tokenizerClass.size() - 4);
    if (config.tokenizerClass.empty()) {
        std::string modelConfig;
        PALIMPSEST_TRY(model, readOptional(modelDir / "config.json", modelConfig));
        if (const json& type = member(model, "model_type"); type.is_string())
            config.tokenizerClass = classOfModelType(type.get<std::string>());
        config.digest += config.tokenizerClass;
    }
    config.doLowerCase = flag(settings, "do_lower_case");
    config.stripAccents = flag(settings, "strip_accents");
    config.tokenizeChineseChars = flag(settings, "tokenize_chinese_chars");
    config.addPrefixSpace = flag(settings, "add_prefix_space");
    config.trimOffsets = flag(settings, "trim_offsets");
    config.keepAccents = flag(settings, "keep_accents");
    config.addBosToken = flag(settings, "add_bos_token");
    config.addEosToken = flag(settings, "add_eos_token");
    config.legacy = flag(settings, "legacy");
    readRoles(settings, config.specialTokens);
    readRoles(map, config.specialTokens);
    fillDefaults(config.specialTokens, defaultSpecialTokens(config.tokenizerClass));
    readAddedTokens(settings, config.addedTokens);
    if (const json& length = member(settings, "model_max_length"); length.is_number()) {
        const double value = length.get<double>();
        if (value >= 1.0 && value <= kLargestLength)
            config.maxLength = static_cast<std::size_t>(value);
    }
    return config;
}

} // namespace palimpsest::tokenizer
