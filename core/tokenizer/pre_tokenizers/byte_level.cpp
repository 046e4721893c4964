// ByteLevel: GPT-2's splitting rule, then bytes as characters.

#include "tokenizer/normalizers/normalizer.h"
#include "tokenizer/pre_tokenizers/pre_tokenizer.h"
#include "tokenizer/text/byte_characters.h"
#include "tokenizer/text/unicode_rules.h"

namespace palimpsest::tokenizer {

namespace {

enum class Kind : std::uint8_t { Space, Letter, Number, Other };

Kind kindOf(char32_t c)
{
    if (isWhitespace(c))
        return Kind::Space;
    return isLetter(c) ? Kind::Letter : isNumber(c) ? Kind::Number : Kind::Other;
}

/// Length of 's 't 're 've 'm 'll 'd at the start of `text`, else 0.
std::size_t contractionLength(std::string_view text)
{
    if (text.size() < 2 || text[0] != '\'')
        return 0;
    const char c = text[1];
    if (c == 's' || c == 't' || c == 'm' || c == 'd')
        return 2;
    if (text.size() < 3)
        return 0;
    const char d = text[2];
    return (c == 'r' && d == 'e') || (c == 'v' && d == 'e') || (c == 'l' && d == 'l') ? 3 : 0;
}

/// Where a run of `kind` that goes on at `at` ends.
std::size_t runEnd(std::string_view text, std::size_t at, Kind kind)
{
    while (at < text.size()) {
        std::size_t next = at;
        if (kindOf(nextCodePoint(text, next)) != kind)
            break;
        at = next;
    }
    return at;
}

/// White space: all of a run but its last character if something follows (`\s+(?!\S)|\s+`).
std::size_t spaceEnd(std::string_view text, std::size_t begin)
{
    std::size_t at = begin;
    std::size_t lastStart = begin;
    while (at < text.size()) {
        std::size_t next = at;
        if (!isWhitespace(nextCodePoint(text, next)))
            break;
        lastStart = at;
        at = next;
    }
    return at == text.size() || lastStart == begin ? at : lastStart;
}

/// Where the match of GPT-2's pattern that starts at `begin` ends:
/// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
std::size_t matchEnd(std::string_view text, std::size_t begin)
{
    if (const std::size_t length = contractionLength(text.substr(begin)); length > 0)
        return begin + length;
    std::size_t at = begin;
    if (text[begin] == ' ' && begin + 1 < text.size())
        ++at;
    std::size_t next = at;
    const Kind kind = kindOf(nextCodePoint(text, next));
    return kind == Kind::Space ? spaceEnd(text, begin) : runEnd(text, next, kind);
}

class ByteLevel final : public PreTokenizer {
public:
    explicit ByteLevel(const ByteLevelOptions& options)
        : m_options(options)
        , m_mapping(makeByteLevelNormalizer())
    {
    }

    void apply(PreTokenized& text) const override
    {
        if (m_options.addPrefixSpace)
            addPrefixSpace(text);
        if (m_options.useRegex)
            text.cutEach([](std::string_view part, auto emit) {
                for (std::size_t at = 0; at < part.size();) {
                    const std::size_t end = matchEnd(part, at);
                    emit(at, end);
                    at = end;
                }
            });
        if (m_options.mapBytes)
            text.rewriteEach([this](AlignedText& piece) { m_mapping->apply(piece); });
    }

private:
    static void addPrefixSpace(PreTokenized& text)
    {
        for (const Split& split : text.splits) {
            if (split.addedToken < 0 && !text.text(split).starts_with(' ')) {
                text.rewriteEach([](AlignedText& piece) {
                    if (!piece.text.starts_with(' '))
                        piece.prepend(" ");
                });
                return;
            }
        }
    }

    ByteLevelOptions m_options;
    NormalizerPtr m_mapping;
};

} // namespace

PreTokenizerPtr makeByteLevel(const ByteLevelOptions& options)
{
    return std::make_unique<ByteLevel>(options);
}

} // namespace palimpsest::tokenizer
