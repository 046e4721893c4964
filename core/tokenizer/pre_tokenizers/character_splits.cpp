// Pre-tokenizers that decide by looking at one character at a time, and Sequence.

#include <algorithm>

#include "tokenizer/pre_tokenizers/pre_tokenizer.h"
#include "tokenizer/pre_tokenizers/separators.h"
#include "tokenizer/text/unicode_rules.h"

namespace palimpsest::tokenizer {

namespace {

class BertPreTokenizer final : public PreTokenizer {
public:
    void apply(PreTokenized& text) const override
    {
        text.cutEach([](std::string_view part, auto emit) {
            std::size_t begin = 0;
            for (std::size_t at = 0; at < part.size();) {
                const std::size_t start = at;
                const char32_t c = nextCodePoint(part, at);
                const bool space = isWhitespace(c);
                if (!space && !isPunctuation(c))
                    continue;
                emit(begin, start);
                if (!space)
                    emit(start, at);
                begin = at;
            }
            emit(begin, part.size());
        });
    }
};

class WhitespaceSplit final : public PreTokenizer {
public:
    void apply(PreTokenized& text) const override
    {
        text.cutEach([](std::string_view part, auto emit) {
            std::size_t begin = 0;
            for (std::size_t at = 0; at < part.size();) {
                const std::size_t start = at;
                if (!isWhitespace(nextCodePoint(part, at)))
                    continue;
                emit(begin, start);
                begin = at;
            }
            emit(begin, part.size());
        });
    }
};

class Whitespace final : public PreTokenizer {
public:
    void apply(PreTokenized& text) const override
    {
        enum class Run { Space, Word, Other };
        text.cutEach([](std::string_view part, auto emit) {
            std::size_t begin = 0;
            Run open = Run::Space;
            for (std::size_t at = 0; at < part.size();) {
                const std::size_t start = at;
                const char32_t c = nextCodePoint(part, at);
                const Run kind = isWordCharacter(c) ? Run::Word : isWhitespace(c) ? Run::Space : Run::Other;
                if (kind == open)
                    continue;
                if (open != Run::Space)
                    emit(begin, start);
                begin = start;
                open = kind;
            }
            if (open != Run::Space)
                emit(begin, part.size());
        });
    }
};

/// Every character that `isSeparator` says yes to is a separator of its own.
template <typename IsSeparator>
class CharacterSplit final : public PreTokenizer {
public:
    CharacterSplit(IsSeparator isSeparator, SeparatorRule rule)
        : m_isSeparator(isSeparator)
        , m_rule(rule)
    {
    }

    void apply(PreTokenized& text) const override
    {
        text.cutEach([this](std::string_view part, auto emit) {
            std::vector<std::pair<std::size_t, std::size_t>> matches;
            for (std::size_t at = 0; at < part.size();) {
                const std::size_t start = at;
                if (m_isSeparator(nextCodePoint(part, at)))
                    matches.emplace_back(start, at);
            }
            for (const Segment& segment : applyRule(coverText(matches, part.size(), false), m_rule))
                emit(segment.begin, segment.end);
        });
    }

private:
    IsSeparator m_isSeparator;
    SeparatorRule m_rule;
};

template <typename IsSeparator>
PreTokenizerPtr makeCharacterSplit(IsSeparator isSeparator, SeparatorRule rule)
{
    return std::make_unique<CharacterSplit<IsSeparator>>(isSeparator, rule);
}

/// Cuts where the script changes; the Japanese scripts count as Han. Spaces and unassigned characters have no
/// script and stay with what is before them; where nothing is before them they are dropped, as by the
/// library.
class UnicodeScripts final : public PreTokenizer {
public:
    void apply(PreTokenized& text) const override
    {
        text.cutEach([](std::string_view part, auto emit) {
            std::size_t begin = part.size();
            int last = kNoScript;
            for (std::size_t at = 0; at < part.size();) {
                const std::size_t start = at;
                const int script = scriptOf(nextCodePoint(part, at));
                if (script == kNoScript || script == last)
                    continue;
                emit(begin, start);
                begin = start;
                last = script;
            }
            emit(begin, part.size());
        });
    }
};

class Sequence final : public PreTokenizer {
public:
    explicit Sequence(std::vector<PreTokenizerPtr> parts)
        : m_parts(std::move(parts))
    {
    }

    void apply(PreTokenized& text) const override
    {
        for (const PreTokenizerPtr& part : m_parts) {
            if (part)
                part->apply(text);
        }
    }

private:
    std::vector<PreTokenizerPtr> m_parts;
};

} // namespace

void PreTokenized::clear()
{
    buffer.clear();
    splits.clear();
}

PreTokenizerPtr makeBertPreTokenizer()
{
    return std::make_unique<BertPreTokenizer>();
}

PreTokenizerPtr makeWhitespaceSplit()
{
    return std::make_unique<WhitespaceSplit>();
}

PreTokenizerPtr makeWhitespace()
{
    return std::make_unique<Whitespace>();
}

PreTokenizerPtr makePunctuation(SeparatorRule rule)
{
    return makeCharacterSplit(isPunctuation, rule);
}

PreTokenizerPtr makeDigits(bool individual)
{
    return makeCharacterSplit(isNumeric, individual ? SeparatorRule::Isolated : SeparatorRule::Contiguous);
}

PreTokenizerPtr makeCharDelimiterSplit(char32_t delimiter)
{
    return makeCharacterSplit([delimiter](char32_t c) { return c == delimiter; }, SeparatorRule::Removed);
}

PreTokenizerPtr makeUnicodeScripts()
{
    return std::make_unique<UnicodeScripts>();
}

PreTokenizerPtr makeSequence(std::vector<PreTokenizerPtr> parts)
{
    return std::make_unique<Sequence>(std::move(parts));
}

} // namespace palimpsest::tokenizer
