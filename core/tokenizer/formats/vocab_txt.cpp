// Reads vocab.txt as transformers' BertConverter turns it into a fast tokenizer.

#include <algorithm>

#include "base/fingerprint.h"
#include "base/mapped_file.h"
#include "tokenizer/formats/json_reading.h"
#include "tokenizer/formats/readers.h"
#include "tokenizer/text/utf8.h"

namespace palimpsest::tokenizer {

namespace {

/// One entry per line; the number of the line is the id. Of equal lines the last counts.
base::Result<Vocabulary> readLines(const std::filesystem::path& path)
{
    PALIMPSEST_TRY(text, base::readFile(path, kLargestTokenizerFile));
    if (!isValidUtf8(text))
        return malformed(path.string(), "the file is not UTF-8");
    Vocabulary vocabulary;
    vocabulary.expect(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
    std::int64_t id = 0;
    for (std::size_t at = 0; at < text.size(); ++id) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = std::string_view(text).substr(at, end - at);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (const auto status = vocabulary.set(line, id); !status)
            return malformed(path.string(), status.error().message);
        at = end + 1;
    }
    if (vocabulary.size() == 0)
        return malformed(path.string(), "the vocabulary is empty");
    return vocabulary;
}

} // namespace

base::Result<TokenizerParts> readVocabTxt(const std::filesystem::path& path, const TokenizerConfig& config)
{
    const std::string file = path.string();
    TokenizerParts parts;
    PALIMPSEST_TRY(vocabulary, readLines(path));
    parts.vocabulary = std::move(vocabulary);
    parts.specialTokens = config.specialTokens;
    if (parts.specialTokens.cls.empty())
        parts.specialTokens = defaultSpecialTokens("BertTokenizer");

    WordPieceOptions options;
    options.unknownToken = parts.specialTokens.unk;
    auto model = makeWordPiece(parts.vocabulary, options);
    if (!model)
        return malformed(file, model.error().message);
    parts.model = std::move(model).value();

    BertNormalizerOptions normalizer;
    normalizer.lowercase = config.doLowerCase.value_or(true);
    normalizer.stripAccents = config.stripAccents.value_or(normalizer.lowercase);
    normalizer.handleChineseChars = config.tokenizeChineseChars.value_or(true);
    parts.normalizer = makeBertNormalizer(normalizer);
    parts.preTokenizer = makeBertPreTokenizer();
    parts.maxLength = config.maxLength;
    PALIMPSEST_CHECK(addRoleTokens(parts, {.maskTakesSpace = config.tokenizerClass == "MPNetTokenizer"}));
    PALIMPSEST_CHECK(addConfigTokens(config, parts));
    PALIMPSEST_CHECK(surround(parts, parts.specialTokens.cls, parts.specialTokens.sep,
        config.tokenizerClass == "MPNetTokenizer" ? PairStyle::Roberta : PairStyle::Bert, file));
    PALIMPSEST_TRY(content, base::fingerprintFile(path));
    parts.fingerprint = base::FingerprintBuilder().add("vocab.txt").add(content).add(config.digest).finish();
    return parts;
}

} // namespace palimpsest::tokenizer
