// The list of pre-tokenizers of tokenizer.json.

#include "tokenizer/formats/json_reading.h"
#include "tokenizer/pre_tokenizers/pre_tokenizer.h"

namespace palimpsest::tokenizer {

namespace {

using nlohmann::json;

struct Context {
    const std::string& file;
    bool modelTakesBytes = false;
    bool last = true; ///< nothing follows this component
    int depth = 0;
};

base::Result<PreTokenizerAndFacts> read(const json& description, const Context& context);

base::Result<PreTokenizerAndFacts> plain(PreTokenizerPtr preTokenizer)
{
    return PreTokenizerAndFacts{std::move(preTokenizer), false};
}

base::Result<SeparatorRule> readRule(const json& description, const std::string& file)
{
    PALIMPSEST_TRY(name, stringField(description, "behavior", "Isolated", file));
    if (name == "Removed")
        return SeparatorRule::Removed;
    if (name == "Isolated")
        return SeparatorRule::Isolated;
    if (name == "MergedWithPrevious")
        return SeparatorRule::MergedWithPrevious;
    if (name == "MergedWithNext")
        return SeparatorRule::MergedWithNext;
    if (name == "Contiguous")
        return SeparatorRule::Contiguous;
    return malformed(file, "the splitting behavior \"" + name.substr(0, 80) + "\" is unknown");
}

base::Result<char32_t> readCharacter(
    const json& description, const char* key, std::string_view fallback, const std::string& file)
{
    PALIMPSEST_TRY(text, stringField(description, key, fallback, file));
    if (countCodePoints(text) != 1)
        return malformed(file, std::string("\"") + key + "\" has to be one character");
    std::size_t at = 0;
    return nextCodePoint(text, at);
}

base::Result<PreTokenizerAndFacts> readByteLevel(const json& description, const Context& context)
{
    PALIMPSEST_TRY(prefix, boolField(description, "add_prefix_space", true, context.file));
    PALIMPSEST_TRY(regex, boolField(description, "use_regex", true, context.file));
    const bool raw = context.last && context.modelTakesBytes;
    return PreTokenizerAndFacts{makeByteLevel({prefix, regex, !raw}), raw};
}

base::Result<PreTokenizerAndFacts> readMetaspace(const json& description, const Context& context)
{
    PALIMPSEST_TRY(replacement, readCharacter(description, "replacement", "\u2581", context.file));
    PALIMPSEST_TRY(split, boolField(description, "split", true, context.file));
    // Files written before tokenizers 0.15 know only this flag.
    PALIMPSEST_TRY(prefix, boolField(description, "add_prefix_space", true, context.file));
    PALIMPSEST_TRY(
        scheme, stringField(description, "prepend_scheme", prefix ? "always" : "never", context.file));
    if (scheme == "always")
        return plain(makeMetaspace(replacement, PrependScheme::Always, split));
    if (scheme == "first")
        return plain(makeMetaspace(replacement, PrependScheme::First, split));
    if (scheme == "never")
        return plain(makeMetaspace(replacement, PrependScheme::Never, split));
    return malformed(context.file, "the prepend_scheme \"" + scheme.substr(0, 80) + "\" is unknown");
}

base::Result<PreTokenizerAndFacts> readSplit(const json& description, const Context& context)
{
    PALIMPSEST_TRY(rule, readRule(description, context.file));
    PALIMPSEST_TRY(invert, boolField(description, "invert", false, context.file));
    const json& pattern = member(description, "pattern");
    if (const json& text = member(pattern, "String"); text.is_string())
        return plain(makeSplitText(text.get<std::string>(), rule, invert));
    const json& regex = member(pattern, "Regex");
    if (!regex.is_string())
        return malformed(context.file, "the pre-tokenizer Split has no pattern");
    auto made = makeSplitPattern(regex.get<std::string>(), rule, invert);
    if (!made)
        return malformed(context.file, made.error().message);
    return plain(std::move(made).value());
}

base::Result<PreTokenizerAndFacts> readSequence(const json& description, const Context& context)
{
    const json& list = member(description, "pretokenizers");
    if (!list.is_array() || context.depth >= kDeepestNesting)
        return malformed(context.file, "the pre-tokenizer Sequence has no usable list \"pretokenizers\"");
    std::vector<PreTokenizerPtr> parts;
    bool rawBytes = false;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const bool last = context.last && i + 1 == list.size();
        PALIMPSEST_TRY(part, read(list[i], {context.file, context.modelTakesBytes, last, context.depth + 1}));
        rawBytes = part.rawBytes;
        parts.push_back(std::move(part.preTokenizer));
    }
    return PreTokenizerAndFacts{makeSequence(std::move(parts)), rawBytes};
}

base::Result<PreTokenizerAndFacts> read(const json& description, const Context& context)
{
    if (description.is_null())
        return plain(nullptr);
    PALIMPSEST_TRY(type, componentType(description, "pre-tokenizer", context.file));
    if (type == "BertPreTokenizer")
        return plain(makeBertPreTokenizer());
    if (type == "ByteLevel")
        return readByteLevel(description, context);
    if (type == "CharDelimiterSplit") {
        PALIMPSEST_TRY(delimiter, readCharacter(description, "delimiter", "", context.file));
        return plain(makeCharDelimiterSplit(delimiter));
    }
    if (type == "Digits") {
        PALIMPSEST_TRY(individual, boolField(description, "individual_digits", false, context.file));
        return plain(makeDigits(individual));
    }
    if (type == "Metaspace")
        return readMetaspace(description, context);
    if (type == "Punctuation") {
        PALIMPSEST_TRY(rule, readRule(description, context.file));
        return plain(makePunctuation(rule));
    }
    if (type == "Sequence")
        return readSequence(description, context);
    if (type == "Split")
        return readSplit(description, context);
    if (type == "UnicodeScripts")
        return plain(makeUnicodeScripts());
    if (type == "Whitespace")
        return plain(makeWhitespace());
    if (type == "WhitespaceSplit")
        return plain(makeWhitespaceSplit());
    return unsupportedComponent(context.file, "pre-tokenizer", type,
        "BertPreTokenizer, ByteLevel, CharDelimiterSplit, Digits, Metaspace, Punctuation, Sequence, Split, "
        "UnicodeScripts, Whitespace, WhitespaceSplit");
}

} // namespace

base::Result<PreTokenizerAndFacts> readPreTokenizer(
    const json& description, bool modelTakesBytes, const std::string& file)
{
    return read(description, {file, modelTakesBytes, true, 0});
}

} // namespace palimpsest::tokenizer
