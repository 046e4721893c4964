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

base::Status readClsSep(const json& description, PostProcessor& result, const std::string& file)
{
    PALIMPSEST_TRY(cls, pairId(description, "cls", file));
    PALIMPSEST_TRY(sep, pairId(description, "sep", file));
    result.before.insert(result.before.begin(), cls);
    result.after.push_back(sep);
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

base::Status readTemplate(const json& description, PostProcessor& result, const std::string& file)
{
    const json& single = member(description, "single");
    const json& specials = member(description, "special_tokens");
    if (!single.is_array())
        return malformed(file, "the post-processor TemplateProcessing has no list \"single\"");
    std::vector<std::int32_t> before;
    std::vector<std::int32_t> after;
    int texts = 0;
    for (const json& part : single) {
        if (part.is_object() && part.contains("Sequence")) {
            ++texts;
            continue;
        }
        const json& name = member(member(part, "SpecialToken"), "id");
        if (!name.is_string())
            return malformed(
                file, "the post-processor TemplateProcessing has a part that is no token or text");
        const json& ids = member(member(specials, name.get_ref<const std::string&>().c_str()), "ids");
        if (!ids.is_array())
            return malformed(file, "the post-processor does not say the ids of " + name.get<std::string>());
        for (const json& value : ids) {
            PALIMPSEST_TRY(id, tokenId(value, file));
            (texts == 0 ? before : after).push_back(id);
        }
    }
    if (texts != 1)
        return malformed(file, "the post-processor's \"single\" has to hold the text exactly once");
    result.before.insert(result.before.begin(), before.begin(), before.end());
    result.after.insert(result.after.end(), after.begin(), after.end());
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
        return readClsSep(description, result, file);
    if (type == "ByteLevel")
        return readTrim(description, result, file);
    if (type == "RobertaProcessing") {
        PALIMPSEST_CHECK(readTrim(description, result, file));
        return readClsSep(description, result, file);
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
