// The list of post-processors of tokenizer.json.

#include "tokenizer/formats/json_reading.h"
#include "tokenizer/post_processors/post_processor.h"
#include "tokenizer/vocabulary.h"

namespace palimpsest::tokenizer {

namespace {

using nlohmann::json;

base::Result<std::int32_t> tokenId(const json& value, const std::string& file)
{
    if (!value.is_number_integer() || value.get<std::int64_t>() < 0
        || value.get<std::int64_t>() > Vocabulary::kLargestId)
        return malformed(file, "the post-processor names a token id that is not one");
    return static_cast<std::int32_t>(value.get<std::int64_t>());
}

/// `["[SEP]", 102]`
base::Result<std::int32_t> pairId(const json& description, const char* key, const std::string& file)
{
    const json& pair = member(description, key);
    if (!pair.is_array() || pair.size() != 2)
        return malformed(
            file, std::string("the post-processor's \"") + key + "\" has to be a text and an id");
    return tokenId(pair[1], file);
}

/// `[CLS] A [SEP] B [SEP]` with segments 0 and 1, or RoBERTa's `<s> A </s> </s> B </s>` with one segment.
void surroundPair(PairForm& pair, std::int32_t cls, std::int32_t sep, bool roberta)
{
    const std::int32_t second = roberta ? 0 : 1;
    pair.before.insert(pair.before.begin(), {cls, 0});
    pair.between.push_back({sep, 0});
    if (roberta)
        pair.between.push_back({sep, 0});
    pair.after.push_back({sep, second});
    pair.secondType = second;
}

base::Status readClsSep(const json& description, PostProcessor& result, bool roberta, const std::string& file)
{
    PALIMPSEST_TRY(cls, pairId(description, "cls", file));
    PALIMPSEST_TRY(sep, pairId(description, "sep", file));
    result.before.insert(result.before.begin(), cls);
    result.after.push_back(sep);
    surroundPair(result.pair, cls, sep, roberta);
    return {};
}

base::Status readTrim(const json& description, PostProcessor& result, const std::string& file)
{
    PALIMPSEST_TRY(trim, boolField(description, "trim_offsets", true, file));
    PALIMPSEST_TRY(prefix, boolField(description, "add_prefix_space", true, file));
    result.trimOffsets = result.trimOffsets || trim;
    result.addPrefixSpace = prefix;
    return {};
}

/// One list of a TemplateProcessing: special tokens in front of, between and behind its texts.
struct Template {
    std::vector<std::vector<TypedToken>> specials{{}}; ///< one more than texts
    std::vector<std::int32_t> textTypes;
};

base::Result<std::int32_t> typeOf(const json& part, const std::string& file)
{
    const json& type = member(part, "type_id");
    return type.is_null() ? base::Result<std::int32_t>(0) : tokenId(type, file);
}

base::Result<Template> readList(
    const json& list, const json& specials, std::string_view secondName, const std::string& file)
{
    Template result;
    for (const json& part : list) {
        if (part.is_object() && part.contains("Sequence")) {
            const json& text = member(part, "Sequence");
            const json& id = member(text, "id");
            const bool isSecond = id.is_string() && id.get_ref<const std::string&>() == secondName;
            if (isSecond != (result.textTypes.size() == 1))
                return malformed(file, "the post-processor's template does not hold its texts in order");
            PALIMPSEST_TRY(type, typeOf(text, file));
            result.textTypes.push_back(type);
            result.specials.emplace_back();
            continue;
        }
        const json& name = member(member(part, "SpecialToken"), "id");
        if (!name.is_string())
            return malformed(
                file, "the post-processor TemplateProcessing has a part that is no token or text");
        const json& ids = member(member(specials, name.get_ref<const std::string&>().c_str()), "ids");
        if (!ids.is_array())
            return malformed(file, "the post-processor does not say the ids of " + name.get<std::string>());
        PALIMPSEST_TRY(type, typeOf(member(part, "SpecialToken"), file));
        for (const json& value : ids) {
            PALIMPSEST_TRY(id, tokenId(value, file));
            result.specials.back().push_back({id, type});
        }
    }
    return result;
}

base::Status readTemplate(const json& description, PostProcessor& result, const std::string& file)
{
    const json& single = member(description, "single");
    const json& specials = member(description, "special_tokens");
    if (!single.is_array())
        return malformed(file, "the post-processor TemplateProcessing has no list \"single\"");
    PALIMPSEST_TRY(one, readList(single, specials, "B", file));
    if (one.textTypes.size() != 1)
        return malformed(file, "the post-processor's \"single\" has to hold the text exactly once");
    std::vector<std::int32_t> before;
    for (const TypedToken& token : one.specials[0])
        before.push_back(token.id);
    result.before.insert(result.before.begin(), before.begin(), before.end());
    for (const TypedToken& token : one.specials[1])
        result.after.push_back(token.id);
    const json& pair = member(description, "pair");
    if (!pair.is_array())
        return {};
    const auto read = readList(pair, specials, "B", file);
    result.pair.readable = read && read.value().textTypes.size() == 2;
    if (!result.pair.readable)
        return {};
    const Template& two = read.value();
    result.pair.before.insert(result.pair.before.begin(), two.specials[0].begin(), two.specials[0].end());
    result.pair.between = two.specials[1];
    result.pair.after.insert(result.pair.after.end(), two.specials[2].begin(), two.specials[2].end());
    result.pair.firstType = two.textTypes[0];
    result.pair.secondType = two.textTypes[1];
    return {};
}

base::Status readInto(const json& description, PostProcessor& result, int depth, const std::string& file)
{
    if (description.is_null())
        return {};
    PALIMPSEST_TRY(type, componentType(description, "post-processor", file));
    if (type == "TemplateProcessing")
        return readTemplate(description, result, file);
    if (type == "BertProcessing")
        return readClsSep(description, result, false, file);
    if (type == "ByteLevel")
        return readTrim(description, result, file);
    if (type == "RobertaProcessing") {
        PALIMPSEST_CHECK(readTrim(description, result, file));
        return readClsSep(description, result, true, file);
    }
    if (type == "Sequence") {
        const json& parts = member(description, "processors");
        if (!parts.is_array() || depth >= kDeepestNesting)
            return malformed(file, "the post-processor Sequence has no usable list \"processors\"");
        for (const json& part : parts)
            PALIMPSEST_CHECK(readInto(part, result, depth + 1, file));
        return {};
    }
    return unsupportedComponent(file, "post-processor", type,
        "BertProcessing, ByteLevel, RobertaProcessing, Sequence, TemplateProcessing");
}

} // namespace

base::Result<PostProcessor> readPostProcessor(const json& description, const std::string& file)
{
    PostProcessor result;
    PALIMPSEST_CHECK(readInto(description, result, 0, file));
    return result;
}

} // namespace palimpsest::tokenizer
