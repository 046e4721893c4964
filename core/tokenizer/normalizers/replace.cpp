// Replace and the byte-level normalizer.

#include <utility>

#include "tokenizer/normalizers/normalizer.h"
#include "tokenizer/text/byte_characters.h"
#include "tokenizer/text/regex.h"

namespace palimpsest::tokenizer {

namespace {

using Matches = std::vector<std::pair<std::size_t, std::size_t>>;

/// What is inserted is aligned with the last byte of what it replaces.
void replaceAll(AlignedText& text, const Matches& matches, std::string_view content)
{
    if (matches.empty())
        return;
    AlignedText result;
    result.text.reserve(text.text.size() + matches.size() * content.size());
    result.spans.reserve(text.text.size() + matches.size() * content.size());
    const auto copy = [&](std::size_t begin, std::size_t end) {
        result.append(std::string_view(text.text).substr(begin, end - begin),
            std::span<const Span>(text.spans).subspan(begin, end - begin));
    };
    std::size_t last = 0;
    for (const auto& [begin, end] : matches) {
        copy(last, begin);
        result.text.append(content);
        result.spans.resize(result.text.size(), text.spans[end - 1]);
        last = end;
    }
    copy(last, text.text.size());
    std::swap(text, result);
}

class ReplaceText final : public Normalizer {
public:
    ReplaceText(std::string needle, std::string content)
        : m_needle(std::move(needle))
        , m_content(std::move(content))
    {
    }

    void apply(AlignedText& text) const override
    {
        Matches matches;
        for (std::size_t at = text.text.find(m_needle); at != std::string::npos;
             at = text.text.find(m_needle, at + m_needle.size()))
            matches.emplace_back(at, at + m_needle.size());
        replaceAll(text, matches, m_content);
    }

private:
    std::string m_needle;
    std::string m_content;
};

/// The pattern ` {2,}`, which nearly every SentencePiece conversion has.
class ReplaceRunsOfSpaces final : public Normalizer {
public:
    explicit ReplaceRunsOfSpaces(std::string content)
        : m_content(std::move(content))
    {
    }

    void apply(AlignedText& text) const override
    {
        Matches matches;
        for (std::size_t at = text.text.find("  "); at != std::string::npos; at = text.text.find("  ", at)) {
            const std::size_t end = std::min(text.text.find_first_not_of(' ', at), text.text.size());
            matches.emplace_back(at, end);
            at = end;
        }
        replaceAll(text, matches, m_content);
    }

private:
    std::string m_content;
};

class ReplacePattern final : public Normalizer {
public:
    ReplacePattern(Regex regex, std::string content)
        : m_regex(std::move(regex))
        , m_content(std::move(content))
    {
    }

    void apply(AlignedText& text) const override { replaceAll(text, m_regex.findAll(text.text), m_content); }

private:
    Regex m_regex;
    std::string m_content;
};

class ByteLevelNormalizer final : public Normalizer {
public:
    void apply(AlignedText& text) const override
    {
        AlignedText mapped;
        mapped.text.reserve(text.text.size() * 2);
        mapped.spans.reserve(text.text.size() * 2);
        for (std::size_t i = 0; i < text.text.size(); ++i)
            mapped.append(byteCharacter(static_cast<unsigned char>(text.text[i])), text.spans[i]);
        std::swap(text, mapped);
    }
};

} // namespace

NormalizerPtr makeReplaceText(std::string needle, std::string content)
{
    if (needle.empty())
        return nullptr;
    return std::make_unique<ReplaceText>(std::move(needle), std::move(content));
}

base::Result<NormalizerPtr> makeReplacePattern(const std::string& pattern, std::string content)
{
    if (pattern == " {2,}")
        return NormalizerPtr(std::make_unique<ReplaceRunsOfSpaces>(std::move(content)));
    PALIMPSEST_TRY(regex, Regex::compile(pattern));
    return NormalizerPtr(std::make_unique<ReplacePattern>(std::move(regex), std::move(content)));
}

NormalizerPtr makeByteLevelNormalizer()
{
    return std::make_unique<ByteLevelNormalizer>();
}

} // namespace palimpsest::tokenizer
