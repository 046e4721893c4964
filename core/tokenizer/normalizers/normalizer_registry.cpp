// The list of normalizers of tokenizer.json.

#include "tokenizer/formats/json_reading.h"
#include "tokenizer/normalizers/normalizer.h"
#include "tokenizer/text/base64.h"

namespace palimpsest::tokenizer {

namespace {

using nlohmann::json;

base::Result<NormalizerPtr> read(const json& description, int depth, const std::string& file);

base::Result<NormalizerPtr> readBert(const json& description, const std::string& file)
{
    BertNormalizerOptions options;
    PALIMPSEST_TRY(clean, boolField(description, "clean_text", true, file));
    PALIMPSEST_TRY(chinese, boolField(description, "handle_chinese_chars", true, file));
    PALIMPSEST_TRY(lowercase, boolField(description, "lowercase", true, file));
    PALIMPSEST_TRY(strip, boolField(description, "strip_accents", lowercase, file));
    options.cleanText = clean;
    options.handleChineseChars = chinese;
    options.lowercase = lowercase;
    options.stripAccents = strip;
    return makeBertNormalizer(options);
}

base::Result<NormalizerPtr> readReplace(const json& description, const std::string& file)
{
    PALIMPSEST_TRY(content, stringField(description, "content", "", file));
    const json& pattern = member(description, "pattern");
    if (const json& text = member(pattern, "String"); text.is_string())
        return makeReplaceText(text.get<std::string>(), content);
    if (const json& regex = member(pattern, "Regex"); regex.is_string()) {
        auto made = makeReplacePattern(regex.get<std::string>(), content);
        if (!made)
            return malformed(file, made.error().message);
        return made;
    }
    return malformed(file, "the normalizer Replace has no pattern");
}

base::Result<NormalizerPtr> readPrecompiled(const json& description, const std::string& file)
{
    PALIMPSEST_TRY(encoded, stringField(description, "precompiled_charsmap", "", file));
    // mBART and others carry an empty map, which means that nothing is replaced.
    if (encoded.empty())
        return NormalizerPtr();
    const auto charsmap = decodeBase64(encoded);
    if (!charsmap)
        return malformed(file, "\"precompiled_charsmap\" is not base64");
    auto made = makePrecompiled(*charsmap);
    if (!made)
        return malformed(file, made.error().message);
    return made;
}

base::Result<NormalizerPtr> readStrip(const json& description, const std::string& file)
{
    PALIMPSEST_TRY(left, boolField(description, "strip_left", true, file));
    PALIMPSEST_TRY(right, boolField(description, "strip_right", true, file));
    return makeStrip(left, right);
}

base::Result<NormalizerPtr> readSequence(const json& description, int depth, const std::string& file)
{
    const json& list = member(description, "normalizers");
    if (!list.is_array() || depth >= kDeepestNesting)
        return malformed(file, "the normalizer Sequence has no usable list \"normalizers\"");
    std::vector<NormalizerPtr> parts;
    for (const json& item : list) {
        PALIMPSEST_TRY(part, read(item, depth + 1, file));
        parts.push_back(std::move(part));
    }
    return makeSequence(std::move(parts));
}

base::Result<NormalizerPtr> read(const json& description, int depth, const std::string& file)
{
    if (description.is_null())
        return NormalizerPtr();
    PALIMPSEST_TRY(type, componentType(description, "normalizer", file));
    if (type == "BertNormalizer")
        return readBert(description, file);
    if (type == "ByteLevel")
        return makeByteLevelNormalizer();
    if (type == "Lowercase")
        return makeLowercase();
    if (type == "NFC")
        return makeUnicodeForm(UnicodeForm::Nfc);
    if (type == "NFD")
        return makeUnicodeForm(UnicodeForm::Nfd);
    if (type == "NFKC")
        return makeUnicodeForm(UnicodeForm::Nfkc);
    if (type == "NFKD")
        return makeUnicodeForm(UnicodeForm::Nfkd);
    if (type == "Nmt")
        return makeNmt();
    if (type == "Precompiled")
        return readPrecompiled(description, file);
    if (type == "Prepend") {
        PALIMPSEST_TRY(prefix, stringField(description, "prepend", "", file));
        return makePrepend(prefix);
    }
    if (type == "Replace")
        return readReplace(description, file);
    if (type == "Sequence")
        return readSequence(description, depth, file);
    if (type == "Strip")
        return readStrip(description, file);
    if (type == "StripAccents")
        return makeStripAccents();
    return unsupportedComponent(file, "normalizer", type,
        "BertNormalizer, ByteLevel, Lowercase, NFC, NFD, NFKC, NFKD, Nmt, Precompiled, Prepend, Replace, "
        "Sequence, Strip, StripAccents");
}

} // namespace

base::Result<NormalizerPtr> readNormalizer(const json& description, const std::string& file)
{
    return read(description, 0, file);
}

} // namespace palimpsest::tokenizer
