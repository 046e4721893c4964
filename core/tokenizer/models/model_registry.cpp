// The list of models of tokenizer.json.

#include "tokenizer/formats/json_reading.h"
#include "tokenizer/models/model.h"
#include "tokenizer/text/utf8.h"

namespace palimpsest::tokenizer {

namespace {

using nlohmann::json;

using Merges = std::vector<std::pair<std::string, std::string>>;

/// `{"token": id, …}`
base::Result<Vocabulary> readVocabulary(const json& description, const std::string& file)
{
    const json& entries = member(description, "vocab");
    if (!entries.is_object())
        return malformed(file, "the model has no table \"vocab\"");
    Vocabulary vocabulary;
    vocabulary.expect(entries.size());
    for (const auto& [token, id] : entries.items()) {
        if (!id.is_number_integer() || (id.is_number_unsigned() && id.get<std::uint64_t>() > INT32_MAX))
            return malformed(file, "the id of \"" + token.substr(0, 80) + "\" is not a whole number");
        if (const auto status = vocabulary.set(token, id.get<std::int64_t>()); !status)
            return malformed(file, status.error().message);
    }
    return vocabulary;
}

/// `"a b"` in older files, `["a", "b"]` in newer ones.
base::Result<Merges> readMerges(const json& description, const std::string& file)
{
    const json& list = member(description, "merges");
    if (!list.is_array())
        return malformed(file, "the model BPE has no list \"merges\"");
    Merges merges;
    merges.reserve(list.size());
    for (const json& item : list) {
        if (item.is_array() && item.size() == 2 && item[0].is_string() && item[1].is_string()) {
            merges.emplace_back(item[0].get<std::string>(), item[1].get<std::string>());
            continue;
        }
        const std::string text = item.is_string() ? item.get<std::string>() : std::string();
        const std::size_t space = text.find(' ');
        if (space == std::string::npos || text.find(' ', space + 1) != std::string::npos)
            return malformed(file, "merge " + std::to_string(merges.size() + 1) + " is not a pair of pieces");
        merges.emplace_back(text.substr(0, space), text.substr(space + 1));
    }
    return merges;
}

base::Result<ModelAndVocabulary> finish(
    base::Result<ModelPtr> model, Vocabulary vocabulary, const std::string& file)
{
    if (!model)
        return malformed(file, model.error().message);
    return ModelAndVocabulary{std::move(model).value(), std::move(vocabulary)};
}

base::Result<ModelAndVocabulary> readWordPiece(const json& description, const std::string& file)
{
    WordPieceOptions options;
    PALIMPSEST_TRY(vocabulary, readVocabulary(description, file));
    PALIMPSEST_TRY(unknown, stringField(description, "unk_token", options.unknownToken, file));
    PALIMPSEST_TRY(
        prefix, stringField(description, "continuing_subword_prefix", options.continuingPrefix, file));
    PALIMPSEST_TRY(longest, intField(description, "max_input_chars_per_word", 100, file));
    if (longest < 0)
        return malformed(file, "\"max_input_chars_per_word\" is negative");
    options = {unknown, prefix, static_cast<std::size_t>(longest)};
    return finish(makeWordPiece(vocabulary, options), vocabulary, file);
}

base::Result<ModelAndVocabulary> readWordLevel(const json& description, const std::string& file)
{
    PALIMPSEST_TRY(vocabulary, readVocabulary(description, file));
    PALIMPSEST_TRY(unknown, stringField(description, "unk_token", "<unk>", file));
    return finish(makeWordLevel(vocabulary, unknown), vocabulary, file);
}

base::Result<ModelAndVocabulary> readBpe(const json& description, bool rawBytes, const std::string& file)
{
    BpeOptions options;
    PALIMPSEST_TRY(vocabulary, readVocabulary(description, file));
    PALIMPSEST_TRY(merges, readMerges(description, file));
    PALIMPSEST_TRY(unknown, stringField(description, "unk_token", "", file));
    PALIMPSEST_TRY(prefix, stringField(description, "continuing_subword_prefix", "", file));
    PALIMPSEST_TRY(suffix, stringField(description, "end_of_word_suffix", "", file));
    PALIMPSEST_TRY(fuse, boolField(description, "fuse_unk", false, file));
    PALIMPSEST_TRY(fallback, boolField(description, "byte_fallback", false, file));
    PALIMPSEST_TRY(whole, boolField(description, "ignore_merges", false, file));
    // Dropout makes the result random; 0 and null are how the files say that there is none.
    if (const json& dropout = member(description, "dropout");
        dropout.is_number() && dropout.get<double>() > 0.0)
        return base::Error{
            base::ErrorCode::Unsupported, file + ": BPE with dropout is random; set \"dropout\" to null"};
    options = {unknown, prefix, suffix, fuse, fallback, whole, rawBytes};
    return finish(makeBpe(vocabulary, merges, options), vocabulary, file);
}

base::Result<ModelAndVocabulary> readUnigram(const json& description, const std::string& file)
{
    const json& entries = member(description, "vocab");
    if (!entries.is_array())
        return malformed(file, "the model Unigram has no list \"vocab\"");
    Vocabulary vocabulary;
    vocabulary.expect(entries.size());
    std::vector<double> scores;
    scores.reserve(entries.size());
    for (const json& entry : entries) {
        if (!entry.is_array() || entry.size() != 2 || !entry[0].is_string() || !entry[1].is_number())
            return malformed(file,
                "piece " + std::to_string(scores.size()) + " of the vocabulary is not a text and a score");
        const auto status = vocabulary.set(
            entry[0].get_ref<const std::string&>(), static_cast<std::int64_t>(scores.size()));
        if (!status)
            return malformed(file, status.error().message);
        scores.push_back(entry[1].get<double>());
    }
    UnigramOptions options;
    PALIMPSEST_TRY(unknown, intField(description, "unk_id", -1, file));
    PALIMPSEST_TRY(fallback, boolField(description, "byte_fallback", false, file));
    options = {unknown, fallback};
    return finish(makeUnigram(vocabulary, std::move(scores), options), vocabulary, file);
}

/// Files older than tokenizers 0.9 leave the type out.
std::string guessType(const json& description)
{
    if (description.contains("merges"))
        return "BPE";
    if (description.contains("continuing_subword_prefix"))
        return "WordPiece";
    return member(description, "vocab").is_array() ? "Unigram" : "WordLevel";
}

} // namespace

base::Result<ModelAndVocabulary> readModel(const json& description, bool rawBytes, const std::string& file)
{
    if (!description.is_object())
        return malformed(file, "there is no \"model\"");
    PALIMPSEST_TRY(type, stringField(description, "type", guessType(description), file));
    if (type == "BPE")
        return readBpe(description, rawBytes, file);
    if (type == "Unigram")
        return readUnigram(description, file);
    if (type == "WordLevel")
        return readWordLevel(description, file);
    if (type == "WordPiece")
        return readWordPiece(description, file);
    return unsupportedComponent(file, "model", type, "BPE, Unigram, WordLevel, WordPiece");
}

} // namespace palimpsest::tokenizer
