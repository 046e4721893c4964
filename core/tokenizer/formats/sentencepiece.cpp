// Turns a SentencePiece model into a tokenizer as the converters of transformers 4.40 do
// (convert_slow_tokenizer.py), one recipe per tokenizer class.

#include <algorithm>
#include <array>
#include <tuple>

#include "base/fingerprint.h"
#include "tokenizer/formats/json_reading.h"
#include "tokenizer/formats/readers.h"
#include "tokenizer/formats/sentencepiece_proto.h"

namespace palimpsest::tokenizer {

namespace {

using Pieces = std::vector<SentencePieceModel::Piece>;
using Merges = std::vector<std::pair<std::string, std::string>>;

enum class Family { Albert, Camembert, DebertaV2, Llama, T5, XlmRoberta };

constexpr char32_t kSpaceMark = 0x2581;
constexpr const char* kSpaceMarkText = "\u2581";

/// By the class, else by the name that the file usually has.
base::Result<Family> familyOf(const std::filesystem::path& path, const TokenizerConfig& config)
{
    static constexpr std::array<std::tuple<std::string_view, std::string_view, Family>, 6> kFamilies = {{
        {"AlbertTokenizer", "spiece.model", Family::Albert},
        {"CamembertTokenizer", "", Family::Camembert},
        {"DebertaV2Tokenizer", "spm.model", Family::DebertaV2},
        {"LlamaTokenizer", "tokenizer.model", Family::Llama},
        {"T5Tokenizer", "", Family::T5},
        {"XLMRobertaTokenizer", "sentencepiece.bpe.model", Family::XlmRoberta},
    }};
    std::string supported;
    for (const auto& [tokenizerClass, fileName, family] : kFamilies) {
        if (config.tokenizerClass.empty() ? path.filename() == fileName
                                          : config.tokenizerClass == tokenizerClass)
            return family;
        supported.append(supported.empty() ? "" : ", ").append(tokenizerClass);
    }
    return unsupportedComponent(path.string(), "SentencePiece tokenizer", config.tokenizerClass, supported);
}

std::string_view className(Family family)
{
    switch (family) {
    case Family::Albert:
        return "AlbertTokenizer";
    case Family::Camembert:
        return "CamembertTokenizer";
    case Family::DebertaV2:
        return "DebertaV2Tokenizer";
    case Family::Llama:
        return "LlamaTokenizer";
    case Family::T5:
        return "T5Tokenizer";
    case Family::XlmRoberta:
        return "XLMRobertaTokenizer";
    }
    return {};
}

/// "7," and the like: ALBERT makes pieces that end in a digit and a comma unattractive.
bool endsInDigitAndComma(std::string_view piece)
{
    return piece.size() >= 2 && piece.back() == ',' && piece[piece.size() - 2] >= '0'
        && piece[piece.size() - 2] <= '9';
}

/// The pieces in the order of their final ids.
Pieces arrangePieces(Family family, const Pieces& pieces)
{
    const auto from = [&](std::size_t first) {
        return pieces.begin() + static_cast<std::ptrdiff_t>(std::min(first, pieces.size()));
    };
    Pieces result;
    switch (family) {
    case Family::Albert:
        result = pieces;
        for (auto& piece : result)
            piece.score -= endsInDigitAndComma(piece.text) ? 100.0 : 0.0;
        return result;
    case Family::Camembert:
        result = {{"<s>NOTUSED", 0.0}, {"<pad>", 0.0}, {"</s>NOTUSED", 0.0}, {"<unk>", 0.0},
            {"<unk>NOTUSED", -100.0}};
        result.insert(result.end(), from(1), pieces.end());
        result.push_back({"<mask>", 0.0});
        return result;
    case Family::XlmRoberta:
        result = {{"<s>", 0.0}, {"<pad>", 0.0}, {"</s>", 0.0}, {"<unk>", 0.0}};
        result.insert(result.end(), from(3), pieces.end());
        result.push_back({"<mask>", 0.0});
        return result;
    case Family::T5:
        result = pieces;
        for (int i = 99; i >= 0; --i)
            result.push_back({"<extra_id_" + std::to_string(i) + ">", 0.0});
        return result;
    case Family::DebertaV2:
    case Family::Llama:
        return pieces;
    }
    return pieces;
}

base::Result<NormalizerPtr> makeNormalizer(
    Family family, const std::string& charsmap, const TokenizerConfig& config)
{
    std::vector<NormalizerPtr> parts;
    NormalizerPtr compiled;
    if (!charsmap.empty()) {
        PALIMPSEST_TRY(made, makePrecompiled(charsmap));
        compiled = std::move(made);
    }
    const auto collapseSpaces = [&](const char* content) -> base::Status {
        PALIMPSEST_TRY(made, makeReplacePattern(" {2,}", content));
        parts.push_back(std::move(made));
        return {};
    };
    if (family == Family::Llama) {
        if (config.addPrefixSpace.value_or(true))
            parts.push_back(makePrepend(kSpaceMarkText));
        parts.push_back(makeReplaceText(" ", kSpaceMarkText));
    } else if (family == Family::Albert) {
        parts.push_back(makeReplaceText("``", "\""));
        parts.push_back(makeReplaceText("''", "\""));
        if (!config.keepAccents.value_or(false)) {
            parts.push_back(makeUnicodeForm(UnicodeForm::Nfkd));
            parts.push_back(makeStripAccents());
        }
        if (config.doLowerCase.value_or(true))
            parts.push_back(makeLowercase());
        parts.push_back(std::move(compiled));
        PALIMPSEST_CHECK(collapseSpaces(" "));
    } else if (family == Family::DebertaV2) {
        if (config.doLowerCase.value_or(false))
            parts.push_back(makeLowercase());
        parts.push_back(makeStrip(true, true));
        parts.push_back(std::move(compiled));
        PALIMPSEST_CHECK(collapseSpaces(" "));
    } else {
        parts.push_back(std::move(compiled));
        parts.push_back(makeStrip(false, true));
        PALIMPSEST_CHECK(collapseSpaces(kSpaceMarkText));
    }
    return makeSequence(std::move(parts));
}

/// A BPE model keeps its merges implicitly: every way to cut a piece into two pieces is one. Llama orders
/// them by score, the others by id.
Merges deriveMerges(const Pieces& pieces, const Vocabulary& vocabulary, bool byScore)
{
    struct Candidate {
        std::string left;
        std::string right;
        double order = 0.0; ///< ascending
    };
    std::vector<Candidate> all;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::string& piece = pieces[i].text;
        std::vector<std::tuple<std::int32_t, std::int32_t, std::size_t>> cuts;
        for (std::size_t at = 1; at < piece.size(); ++at) {
            if (isContinuation(piece[at]))
                continue;
            const auto left = vocabulary.id(std::string_view(piece).substr(0, at));
            const auto right = vocabulary.id(std::string_view(piece).substr(at));
            if (left && right)
                cuts.emplace_back(*left, *right, at);
        }
        std::sort(cuts.begin(), cuts.end());
        for (const auto& [left, right, at] : cuts)
            all.push_back(
                {piece.substr(0, at), piece.substr(at), byScore ? -pieces[i].score : static_cast<double>(i)});
    }
    std::stable_sort(
        all.begin(), all.end(), [](const Candidate& a, const Candidate& b) { return a.order < b.order; });
    Merges merges;
    merges.reserve(all.size());
    for (Candidate& candidate : all)
        merges.emplace_back(std::move(candidate.left), std::move(candidate.right));
    return merges;
}

base::Result<ModelPtr> makeModel(
    Family family, const SentencePieceModel& source, const Pieces& pieces, const Vocabulary& vocabulary)
{
    if (source.type == SentencePieceModel::Type::Unigram) {
        std::vector<double> scores;
        scores.reserve(pieces.size());
        for (const auto& piece : pieces)
            scores.push_back(piece.score);
        UnigramOptions options;
        options.unknownId = family == Family::XlmRoberta || family == Family::Camembert ? 3
            : family == Family::Llama                                                   ? 0
                                                                                        : source.unknownId;
        options.byteFallback = family == Family::Llama;
        return makeUnigram(vocabulary, std::move(scores), options);
    }
    if (source.type == SentencePieceModel::Type::Bpe) {
        BpeOptions options;
        options.unknownToken = source.unknownPiece;
        options.fuseUnknown = true;
        options.byteFallback = family == Family::Llama;
        return makeBpe(vocabulary, deriveMerges(pieces, vocabulary, family == Family::Llama), options);
    }
    return base::Error{base::ErrorCode::Unsupported, "the SentencePiece model is neither Unigram nor BPE"};
}

base::Status addSpecials(
    Family family, const TokenizerConfig& config, TokenizerParts& parts, const std::string& file)
{
    const SpecialTokens& tokens = parts.specialTokens;
    switch (family) {
    case Family::Llama:
        return surround(parts, config.addBosToken.value_or(true) ? tokens.bos : "",
            config.addEosToken.value_or(false) ? tokens.eos : "", PairStyle::Repeated, file);
    case Family::T5:
        return surround(parts, "", "</s>", PairStyle::Bert, file);
    case Family::Camembert:
    case Family::XlmRoberta:
        return surround(parts, "<s>", "</s>", PairStyle::Roberta, file);
    case Family::Albert:
    case Family::DebertaV2:
        return surround(parts, "[CLS]", "[SEP]", PairStyle::Bert, file);
    }
    return {};
}

void nameSpecialTokens(Family family, const TokenizerConfig& config, TokenizerParts& parts)
{
    parts.specialTokens = config.specialTokens;
    if (parts.specialTokens.unk.empty())
        parts.specialTokens = defaultSpecialTokens(className(family));
    if (family == Family::Camembert && parts.specialTokens.additional.empty())
        parts.specialTokens.additional = {"<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED"};
    if (family == Family::T5 && parts.specialTokens.additional.empty()) {
        for (int i = 0; i < 100; ++i)
            parts.specialTokens.additional.push_back("<extra_id_" + std::to_string(i) + ">");
    }
}

} // namespace

base::Result<TokenizerParts> readSentencePiece(
    const std::filesystem::path& path, const TokenizerConfig& config)
{
    const std::string file = path.string();
    PALIMPSEST_TRY(family, familyOf(path, config));
    PALIMPSEST_TRY(source, readSentencePieceModel(path));
    const Pieces pieces = arrangePieces(family, source.pieces);
    TokenizerParts parts;
    parts.vocabulary.expect(pieces.size());
    for (std::size_t i = 0; i < pieces.size(); ++i)
        PALIMPSEST_CHECK(parts.vocabulary.set(pieces[i].text, static_cast<std::int64_t>(i)));
    auto model = makeModel(family, source, pieces, parts.vocabulary);
    if (!model)
        return base::Error{model.error().code, file + ": " + model.error().message};
    parts.model = std::move(model).value();
    auto normalizer = makeNormalizer(family, source.charsmap, config);
    if (!normalizer)
        return malformed(file, normalizer.error().message);
    parts.normalizer = std::move(normalizer).value();
    if (family != Family::Llama) {
        const bool prepend = config.addPrefixSpace.value_or(true);
        const bool onlyFirst = !config.legacy.value_or(true);
        parts.preTokenizer = makeMetaspace(kSpaceMark,
            !prepend        ? PrependScheme::Never
                : onlyFirst ? PrependScheme::First
                            : PrependScheme::Always,
            true);
    }
    nameSpecialTokens(family, config, parts);
    parts.maxLength = config.maxLength;
    PALIMPSEST_CHECK(addRoleTokens(parts,
        {.maskTakesSpace = family != Family::DebertaV2, .unknownNormalized = family == Family::DebertaV2}));
    PALIMPSEST_CHECK(addConfigTokens(config, parts));
    PALIMPSEST_CHECK(addSpecials(family, config, parts, file));
    PALIMPSEST_TRY(content, base::fingerprintFile(path));
    parts.fingerprint = base::FingerprintBuilder()
                            .add("sentencepiece")
                            .add(className(family))
                            .add(content)
                            .add(config.digest)
                            .finish();
    return parts;
}

} // namespace palimpsest::tokenizer
