// Split: separators given as text or as a regular expression.

#include "tokenizer/pre_tokenizers/pre_tokenizer.h"
#include "tokenizer/pre_tokenizers/separators.h"
#include "tokenizer/text/regex.h"

namespace palimpsest::tokenizer {

namespace {

class SplitText final : public PreTokenizer {
public:
    SplitText(std::string needle, SeparatorRule rule, bool invert)
        : m_needle(std::move(needle))
        , m_rule(rule)
        , m_invert(invert)
    {
    }

    void apply(PreTokenized& text) const override
    {
        text.cutEach([this](std::string_view part, auto emit) {
            std::vector<std::pair<std::size_t, std::size_t>> matches;
            for (std::size_t at = part.find(m_needle); at != std::string_view::npos && !m_needle.empty();
                 at = part.find(m_needle, at + m_needle.size()))
                matches.emplace_back(at, at + m_needle.size());
            for (const Segment& segment : applyRule(coverText(matches, part.size(), m_invert), m_rule))
                emit(segment.begin, segment.end);
        });
    }

private:
    std::string m_needle;
    SeparatorRule m_rule;
    bool m_invert;
};

class SplitPattern final : public PreTokenizer {
public:
    SplitPattern(Regex regex, SeparatorRule rule, bool invert)
        : m_regex(std::move(regex))
        , m_rule(rule)
        , m_invert(invert)
    {
    }

    void apply(PreTokenized& text) const override
    {
        text.cutEach([this](std::string_view part, auto emit) {
            const auto segments = coverText(m_regex.findAll(part), part.size(), m_invert);
            for (const Segment& segment : applyRule(segments, m_rule))
                emit(segment.begin, segment.end);
        });
    }

private:
    Regex m_regex;
    SeparatorRule m_rule;
    bool m_invert;
};

} // namespace

PreTokenizerPtr makeSplitText(std::string needle, SeparatorRule rule, bool invert)
{
    return std::make_unique<SplitText>(std::move(needle), rule, invert);
}

base::Result<PreTokenizerPtr> makeSplitPattern(const std::string& pattern, SeparatorRule rule, bool invert)
{
    PALIMPSEST_TRY(regex, Regex::compile(pattern));
    return PreTokenizerPtr(std::make_unique<SplitPattern>(std::move(regex), rule, invert));
}

} // namespace palimpsest::tokenizer
