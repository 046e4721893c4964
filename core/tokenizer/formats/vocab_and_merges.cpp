// Reads vocab.json and merges.txt as transformers' RobertaConverter, GPT2Converter, DebertaConverter and
// Qwen2Converter turn them into a fast tokenizer.

#include <algorithm>
#include <array>

#include "base/fingerprint.h"
#include "base/mapped_file.h"
#include "tokenizer/formats/json_reading.h"
#include "tokenizer/formats/readers.h"
#include "tokenizer/text/byte_characters.h"
#include "tokenizer/text/utf8.h"

namespace palimpsest::tokenizer {

namespace {

using nlohmann::json;
using Merges = std::vector<std::pair<std::string, std::string>>;

/// Qwen2's splitting rule.
constexpr const char* kQwenPattern
    = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

/// One pair per line; the first line holds a version.
base::Result<Merges> readMerges(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(text, base::readFile(path, kLargestTokenizerFile));
    if (!isValidUtf8(text))
        return malformed(path.string(), "the file is not UTF-8");
    Merges merges;
    std::size_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = std::string_view(text).substr(at, end - at);
        at = end + 1;
        ++number;
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (number == 1 || line.empty())
            continue;
        const std::size_t space = line.find(' ');
        if (space == 0 || space == std::string_view::npos || space + 1 == line.size()
            || line.find(' ', space + 1) != std::string_view::npos)
            return malformed(path.string(), "line " + std::to_string(number) + " is not a pair of pieces");
        merges.emplace_back(line.substr(0, space), line.substr(space + 1));
    }
    return merges;
}

base::Result<Vocabulary> readVocabulary(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(entries, readJsonFile(path));
    if (!entries.is_object() || entries.empty())
        return malformed(path.string(), "the file does not hold a table of tokens and ids");
    Vocabulary vocabulary;
    vocabulary.expect(entries.size());
    for (const auto& [token, id] : entries.items()) {
        if (!id.is_number_integer() || (id.is_number_unsigned() && id.get<std::uint64_t>() > INT32_MAX))
            return malformed(
                path.string(), "the id of \"" + token.substr(0, 80) + "\" is not a whole number");
        if (const auto status = vocabulary.set(token, id.get<std::int64_t>()); !status)
            return malformed(path.string(), status.error().message);
    }
    return vocabulary;
}

bool hasAllBytes(const Vocabulary& vocabulary)
{
    for (unsigned byte = 0; byte < 256; ++byte) {
        if (!vocabulary.id(byteSpelling(static_cast<unsigned char>(byte))))
            return false;
    }
    return true;
}

base::Status makePreTokenizer(
    const TokenizerConfig& config, bool prefixSpace, bool mapBytes, TokenizerParts& parts)
{
    if (config.tokenizerClass != "Qwen2Tokenizer") {
        parts.preTokenizer = makeByteLevel({prefixSpace, true, mapBytes});
        return {};
    }
    parts.normalizer = makeUnicodeForm(UnicodeForm::Nfc);
    PALIMPSEST_TRY(split, makeSplitPattern(kQwenPattern, SeparatorRule::Isolated, false));
    std::vector<PreTokenizerPtr> steps;
    steps.push_back(std::move(split));
    steps.push_back(makeByteLevel({prefixSpace, false, mapBytes}));
    parts.preTokenizer = makeSequence(std::move(steps));
    return {};
}

base::Status addSpecials(
    const TokenizerConfig& config, bool prefixSpace, TokenizerParts& parts, const std::string& file)
{
    const SpecialTokens& tokens = parts.specialTokens;
    const std::string& name = config.tokenizerClass;
    if (name == "GPT2Tokenizer")
        return surround(
            parts, config.addBosToken.value_or(false) ? tokens.bos : "", "", PairStyle::Repeated, file);
    if (name == "Qwen2Tokenizer")
        return {};
    if (name != "DebertaTokenizer") {
        parts.postProcessor.trimOffsets = true;
        parts.postProcessor.addPrefixSpace = prefixSpace;
    }
    return surround(parts, tokens.cls, tokens.sep,
        name == "DebertaTokenizer" ? PairStyle::Bert : PairStyle::Roberta, file);
}

} // namespace

base::Result<TokenizerParts> readVocabAndMerges(
    const std::filesystem::path& path, const TokenizerConfig& config)
{
    static constexpr std::array<std::string_view, 7> kSupported = {"BartTokenizer", "DebertaTokenizer",
        "GPT2Tokenizer", "LEDTokenizer", "LongformerTokenizer", "Qwen2Tokenizer", "RobertaTokenizer"};
    const std::string file = path.string();
    const std::string& name = config.tokenizerClass;
    if (!name.empty() && std::find(kSupported.begin(), kSupported.end(), name) == kSupported.end())
        return unsupportedComponent(file, "tokenizer", name,
            "BartTokenizer, DebertaTokenizer, GPT2Tokenizer, LEDTokenizer, LongformerTokenizer, "
            "Qwen2Tokenizer, "
            "RobertaTokenizer");
    TokenizerParts parts;
    PALIMPSEST_TRY(vocabulary, readVocabulary(path));
    PALIMPSEST_TRY(merges, readMerges(path.parent_path() / "merges.txt"));
    parts.vocabulary = std::move(vocabulary);
    BpeOptions options;
    options.rawBytes = hasAllBytes(parts.vocabulary);
    auto model = makeBpe(parts.vocabulary, merges, options);
    if (!model)
        return malformed(file, model.error().message);
    parts.model = std::move(model).value();

    const bool prefixSpace = config.addPrefixSpace.value_or(false);
    PALIMPSEST_CHECK(makePreTokenizer(config, prefixSpace, !options.rawBytes, parts));
    parts.specialTokens = config.specialTokens;
    if (name.empty() && parts.specialTokens.cls.empty())
        parts.specialTokens = defaultSpecialTokens("RobertaTokenizer");
    parts.maxLength = config.maxLength;
    PALIMPSEST_CHECK(addRoleTokens(parts, {.maskTakesSpace = true, .normalized = true}));
    PALIMPSEST_CHECK(addConfigTokens(config, parts));
    PALIMPSEST_CHECK(addSpecials(config, prefixSpace, parts, file));
    PALIMPSEST_TRY(content, base::fingerprintFile(path));
    PALIMPSEST_TRY(mergeContent, base::fingerprintFile(path.parent_path() / "merges.txt"));
    parts.fingerprint = base::FingerprintBuilder()
                            .add("vocab.json")
                            .add(content)
                            .add(mergeContent)
                            .add(config.digest)
                            .finish();
    return parts;
}

} // namespace palimpsest::tokenizer
