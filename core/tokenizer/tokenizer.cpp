#include "tokenizer/tokenizer.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>

#include "tokenizer/formats/readers.h"
#include "tokenizer/piece_cache.h"
#include "tokenizer/text/unicode_rules.h"
#include "tokenizer/tokenizer_parts.h"

namespace palimpsest::tokenizer {

namespace {

/// Room that one encode() call needs, kept for the next one.
struct Scratch {
    PieceCache cache;
    PreTokenized pre;
    std::vector<AddedTokenMatch> rawMatches;
    std::vector<AddedTokenMatch> normalizedMatches;
    AlignedText normalized;
    std::vector<Piece> pieces;
};

using Offset = std::array<std::uint32_t, 2>;

/// Spaces at one end of a piece: what ByteLevel counts as spaces when it trims offsets.
struct EdgeSpaces {
    std::uint32_t leading = 0;
    std::uint32_t trailing = 0;
};

EdgeSpaces edgeSpaces(std::string_view piece)
{
    EdgeSpaces spaces;
    bool onlySpaces = true;
    for (std::size_t at = 0; at < piece.size();) {
        const char32_t c = nextCodePoint(piece, at);
        const bool space = c == 0x120U || isWhitespace(c);
        onlySpaces = onlySpaces && space;
        spaces.leading += onlySpaces ? 1 : 0;
        spaces.trailing = space ? spaces.trailing + 1 : 0;
    }
    return spaces;
}

/// `process_offsets` of tokenizers 0.19.1.
void trimOffset(Offset& offset, EdgeSpaces spaces, bool mayHoldAddedSpace)
{
    if (spaces.leading > 0) {
        // More than one space cannot all have been added.
        const std::uint32_t shift = mayHoldAddedSpace && spaces.leading == 1 ? 0 : spaces.leading;
        offset[0] = std::min(offset[0] + shift, offset[1]);
    }
    if (spaces.trailing > 0 && offset[1] >= spaces.trailing)
        offset[1] = std::max(offset[1] - spaces.trailing, offset[0]);
}

} // namespace

struct Tokenizer::Impl {
    TokenizerParts parts;
    AddedTokenFinder rawFinder;
    AddedTokenFinder normalizedFinder;
    std::vector<std::int32_t> specialIds; ///< ascending
    std::optional<std::int32_t> cls;
    std::optional<std::int32_t> sep;
    std::optional<std::int32_t> unk;
    std::optional<std::int32_t> mask;
    std::int32_t pad = 0;

    mutable std::mutex scratchMutex;
    mutable std::vector<std::unique_ptr<Scratch>> idleScratch;

    explicit Impl(TokenizerParts given);

    void encodePart(std::string_view utf8, std::int32_t wordId, Scratch& scratch, Encoding& out) const;
    void addSpecials(Encoding& out, bool front) const;

    std::unique_ptr<Scratch> takeScratch() const
    {
        const std::lock_guard lock(scratchMutex);
        if (idleScratch.empty())
            return std::make_unique<Scratch>();
        auto scratch = std::move(idleScratch.back());
        idleScratch.pop_back();
        return scratch;
    }

    void giveBack(std::unique_ptr<Scratch> scratch) const
    {
        const std::lock_guard lock(scratchMutex);
        idleScratch.push_back(std::move(scratch));
    }

private:
    void findRoles();
    void normalize(std::string_view utf8, Scratch& scratch) const;
    void appendNormalized(Scratch& scratch) const;
    void emit(
        std::int32_t id, Offset offset, std::string_view pieceText, std::int32_t wordId, Encoding& out) const;
};

Tokenizer::Impl::Impl(TokenizerParts given)
    : parts(std::move(given))
{
    AlignedText text;
    for (const AddedToken& token : parts.addedTokens) {
        if (!token.normalized) {
            rawFinder.add(token, token.content);
            continue;
        }
        text.assign(token.content, 0);
        if (parts.normalizer)
            parts.normalizer->apply(text);
        normalizedFinder.add(token, text.text);
    }
    findRoles();
}

void Tokenizer::Impl::findRoles()
{
    const SpecialTokens& tokens = parts.specialTokens;
    const auto find = [&](const std::string& token) -> std::optional<std::int32_t> {
        return token.empty() ? std::nullopt : parts.vocabulary.id(token);
    };
    const auto eos = find(tokens.eos);
    cls = find(tokens.cls);
    sep = find(tokens.sep);
    unk = find(tokens.unk);
    mask = find(tokens.mask);
    const auto padding = find(tokens.pad);
    pad = padding.value_or(eos.value_or(0));
    for (const auto& id : {find(tokens.bos), eos, unk, sep, padding, cls, mask}) {
        if (id)
            specialIds.push_back(*id);
    }
    for (const std::string& token : tokens.additional) {
        if (const auto id = find(token))
            specialIds.push_back(*id);
    }
    // Without any word about roles the flags of the added tokens are the next best source.
    if (specialIds.empty()) {
        for (const AddedToken& token : parts.addedTokens) {
            if (token.special)
                specialIds.push_back(token.id);
        }
    }
    std::sort(specialIds.begin(), specialIds.end());
    specialIds.erase(std::unique(specialIds.begin(), specialIds.end()), specialIds.end());
}

/// Appends the normalised text in scratch.normalized to the pre-tokens, cut at the added tokens in it.
void Tokenizer::Impl::appendNormalized(Scratch& scratch) const
{
    AlignedText& text = scratch.normalized;
    if (parts.normalizer)
        parts.normalizer->apply(text);
    PreTokenized& pre = scratch.pre;
    const auto base = static_cast<std::uint32_t>(pre.buffer.text.size());
    if (base == 0)
        std::swap(pre.buffer, text);
    else
        pre.buffer.append(text.text, text.spans);
    const auto size = static_cast<std::uint32_t>(pre.buffer.text.size());
    if (normalizedFinder.empty()) {
        if (base < size)
            pre.splits.push_back({base, size, -1});
        return;
    }
    scratch.normalizedMatches.clear();
    normalizedFinder.find(std::string_view(pre.buffer.text).substr(base), scratch.normalizedMatches);
    for (const AddedTokenMatch& match : scratch.normalizedMatches)
        pre.splits.push_back({base + static_cast<std::uint32_t>(match.begin),
            base + static_cast<std::uint32_t>(match.end), match.id});
}

void Tokenizer::Impl::normalize(std::string_view utf8, Scratch& scratch) const
{
    PreTokenized& pre = scratch.pre;
    pre.clear();
    scratch.rawMatches.clear();
    rawFinder.find(utf8, scratch.rawMatches);
    std::uint32_t codePoint = 0;
    for (const AddedTokenMatch& match : scratch.rawMatches) {
        const std::string_view text = utf8.substr(match.begin, match.end - match.begin);
        scratch.normalized.assign(text, codePoint);
        if (scratch.rawMatches.size() > 1)
            codePoint += static_cast<std::uint32_t>(countCodePoints(text));
        if (match.id < 0) {
            appendNormalized(scratch);
            continue;
        }
        const auto begin = static_cast<std::uint32_t>(pre.buffer.text.size());
        pre.buffer.append(scratch.normalized.text, scratch.normalized.spans);
        pre.splits.push_back({begin, static_cast<std::uint32_t>(pre.buffer.text.size()), match.id});
    }
}

void Tokenizer::Impl::emit(
    std::int32_t id, Offset offset, std::string_view pieceText, std::int32_t wordId, Encoding& out) const
{
    const PostProcessor& post = parts.postProcessor;
    if (post.trimOffsets) {
        const bool first = out.ids.size() == post.before.size() || offset[0] == 0;
        trimOffset(offset, edgeSpaces(pieceText), first && post.addPrefixSpace);
    }
    out.ids.push_back(id);
    out.wordIds.push_back(wordId);
    out.offsets.push_back(offset);
}

void Tokenizer::Impl::encodePart(
    std::string_view utf8, std::int32_t wordId, Scratch& scratch, Encoding& out) const
{
    std::string repaired;
    if (!isAscii(utf8) && !isValidUtf8(utf8)) {
        repaired = repairUtf8(utf8);
        utf8 = repaired;
    }
    normalize(utf8, scratch);
    PreTokenized& pre = scratch.pre;
    if (parts.preTokenizer)
        parts.preTokenizer->apply(pre);
    std::int32_t index = 0;
    for (const Split& split : pre.splits) {
        const std::int32_t word = wordId >= 0 ? wordId : index++;
        const std::span<const Span> spans(pre.buffer.spans.data() + split.begin, split.end - split.begin);
        if (split.addedToken >= 0) {
            const Span span = covering(spans);
            emit(split.addedToken, {span.begin, span.end}, pre.text(split), word, out);
            continue;
        }
        scratch.pieces.clear();
        scratch.cache.tokenize(*parts.model, pre.text(split), scratch.pieces);
        for (const Piece& piece : scratch.pieces) {
            const Span span = covering(spans.subspan(piece.begin, piece.end - piece.begin));
            const std::string_view text
                = parts.postProcessor.trimOffsets ? parts.vocabulary.token(piece.id) : std::string_view();
            emit(piece.id, {span.begin, span.end}, text, word, out);
        }
    }
}

void Tokenizer::Impl::addSpecials(Encoding& out, bool front) const
{
    for (const std::int32_t id : front ? parts.postProcessor.before : parts.postProcessor.after) {
        out.ids.push_back(id);
        out.wordIds.push_back(-1);
        out.offsets.push_back({0, 0});
    }
}

Tokenizer::Tokenizer(std::unique_ptr<const Impl> impl)
    : m_impl(std::move(impl))
{
}

Tokenizer::~Tokenizer() = default;

const PairForm& Tokenizer::pairForm() const
{
    return m_impl->parts.postProcessor.pair;
}

base::Result<std::shared_ptr<const Tokenizer>> Tokenizer::open(const std::filesystem::path& modelDir)
{
    using Reader = base::Result<TokenizerParts> (*)(const std::filesystem::path&, const TokenizerConfig&);
    static constexpr std::array<std::pair<const char*, Reader>, 7> kReaders = {{
        {"tokenizer.json", readTokenizerJson},
        {"vocab.txt", readVocabTxt},
        {"vocab.json", readVocabAndMerges},
        {"spiece.model", readSentencePiece},
        {"sentencepiece.bpe.model", readSentencePiece},
        {"spm.model", readSentencePiece},
        {"tokenizer.model", readSentencePiece},
    }};
    PALIMPSEST_TRY(config, readTokenizerConfig(modelDir));
    std::string names;
    for (const auto& [name, reader] : kReaders) {
        std::error_code error;
        names.append(names.empty() ? "" : ", ").append(name);
        if (!std::filesystem::exists(modelDir / name, error))
            continue;
        PALIMPSEST_TRY(parts, reader(modelDir / name, config));
        auto impl = std::make_unique<const Impl>(std::move(parts));
        return std::shared_ptr<const Tokenizer>(new Tokenizer(std::move(impl)));
    }
    return base::Error{base::ErrorCode::NotFound,
        "no tokenizer in " + modelDir.string() + ": looked for " + names
            + "; copy the tokenizer's files there"};
}

Encoding Tokenizer::encode(std::string_view utf8) const
{
    Encoding out;
    out.ids.reserve(utf8.size() / 4 + 4);
    out.wordIds.reserve(utf8.size() / 4 + 4);
    out.offsets.reserve(utf8.size() / 4 + 4);
    auto scratch = m_impl->takeScratch();
    m_impl->addSpecials(out, true);
    m_impl->encodePart(utf8, -1, *scratch, out);
    m_impl->addSpecials(out, false);
    m_impl->giveBack(std::move(scratch));
    return out;
}

Encoding Tokenizer::encodeWords(std::span<const std::string_view> words) const
{
    Encoding out;
    auto scratch = m_impl->takeScratch();
    m_impl->addSpecials(out, true);
    for (std::size_t i = 0; i < words.size(); ++i)
        m_impl->encodePart(words[i], static_cast<std::int32_t>(i), *scratch, out);
    m_impl->addSpecials(out, false);
    m_impl->giveBack(std::move(scratch));
    return out;
}

std::string_view Tokenizer::token(std::int32_t id) const
{
    return m_impl->parts.vocabulary.token(id);
}

std::optional<std::int32_t> Tokenizer::id(std::string_view token) const
{
    return m_impl->parts.vocabulary.id(token);
}

std::size_t Tokenizer::vocabularySize() const
{
    return m_impl->parts.vocabulary.size();
}

std::int32_t Tokenizer::padId() const
{
    return m_impl->pad;
}

std::optional<std::int32_t> Tokenizer::clsId() const
{
    return m_impl->cls;
}

std::optional<std::int32_t> Tokenizer::sepId() const
{
    return m_impl->sep;
}

std::optional<std::int32_t> Tokenizer::unkId() const
{
    return m_impl->unk;
}

std::optional<std::int32_t> Tokenizer::maskId() const
{
    return m_impl->mask;
}

bool Tokenizer::isSpecial(std::int32_t id) const
{
    return std::binary_search(m_impl->specialIds.begin(), m_impl->specialIds.end(), id);
}

std::size_t Tokenizer::maxLength() const
{
    return m_impl->parts.maxLength;
}

base::Fingerprint Tokenizer::fingerprint() const
{
    return m_impl->parts.fingerprint;
}

} // namespace palimpsest::tokenizer
