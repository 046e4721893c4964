// The small normalizers: Lowercase, StripAccents, Strip, Prepend, Nmt, Sequence.

#include <algorithm>
#include <utility>

#include "tokenizer/normalizers/normalizer.h"
#include "tokenizer/text/unicode_rules.h"

namespace palimpsest::tokenizer {

namespace {

class Lowercase final : public Normalizer {
public:
    void apply(AlignedText& text) const override
    {
        if (isAscii(text.text)) {
            for (char& byte : text.text)
                byte = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
            return;
        }
        AlignedText lowered;
        lowered.text.reserve(text.text.size() + 8);
        lowered.spans.reserve(text.text.size() + 8);
        for (std::size_t at = 0; at < text.text.size();) {
            const Span span = text.spans[at];
            const LowerCase lower = lowerCase(nextCodePoint(text.text, at));
            lowered.append(lower.first, span);
            if (lower.second != 0)
                lowered.append(lower.second, span);
        }
        std::swap(text, lowered);
    }
};

class StripAccents final : public Normalizer {
public:
    void apply(AlignedText& text) const override { text.removeIf(isMark); }
};

class Strip final : public Normalizer {
public:
    Strip(bool left, bool right)
        : m_left(left)
        , m_right(right)
    {
    }

    void apply(AlignedText& text) const override
    {
        std::size_t begin = 0;
        while (m_left && begin < text.text.size()) {
            std::size_t next = begin;
            if (!isWhitespace(nextCodePoint(text.text, next)))
                break;
            begin = next;
        }
        std::size_t end = text.text.size();
        while (m_right && end > begin) {
            std::size_t start = end - 1;
            while (isContinuation(text.text[start]))
                --start;
            std::size_t next = start;
            if (!isWhitespace(nextCodePoint(text.text, next)))
                break;
            end = start;
        }
        text.text.resize(end);
        text.spans.resize(end);
        text.text.erase(0, begin);
        text.spans.erase(text.spans.begin(), text.spans.begin() + static_cast<std::ptrdiff_t>(begin));
    }

private:
    bool m_left;
    bool m_right;
};

class Prepend final : public Normalizer {
public:
    explicit Prepend(std::string prefix)
        : m_prefix(std::move(prefix))
    {
    }

    void apply(AlignedText& text) const override { text.prepend(m_prefix); }

private:
    std::string m_prefix;
};

/// The character rules of SentencePiece's "nmt" profile as the tokenizers library spells them out.
class Nmt final : public Normalizer {
public:
    void apply(AlignedText& text) const override
    {
        text.removeIf(isDropped);
        AlignedText mapped;
        mapped.text.reserve(text.text.size());
        mapped.spans.reserve(text.text.size());
        for (std::size_t at = 0; at < text.text.size();) {
            const Span span = text.spans[at];
            const char32_t c = nextCodePoint(text.text, at);
            mapped.append(isSpaceLike(c) ? U' ' : c, span);
        }
        std::swap(text, mapped);
    }

private:
    static bool isDropped(char32_t c)
    {
        return (c >= 0x01U && c <= 0x08U) || c == 0x0BU || (c >= 0x0EU && c <= 0x1FU) || c == 0x7FU
            || c == 0x8FU || c == 0x9FU;
    }

    static bool isSpaceLike(char32_t c)
    {
        return c == 0x09U || c == 0x0AU || c == 0x0CU || c == 0x0DU || c == 0x1680U
            || (c >= 0x200BU && c <= 0x200FU) || c == 0x2028U || c == 0x2029U || c == 0x2581U || c == 0xFEFFU
            || c == 0xFFFDU;
    }
};

class Sequence final : public Normalizer {
public:
    explicit Sequence(std::vector<NormalizerPtr> parts)
        : m_parts(std::move(parts))
    {
    }

    void apply(AlignedText& text) const override
    {
        for (const NormalizerPtr& part : m_parts) {
            if (part)
                part->apply(text);
        }
    }

private:
    std::vector<NormalizerPtr> m_parts;
};

} // namespace

NormalizerPtr makeLowercase()
{
    return std::make_unique<Lowercase>();
}

NormalizerPtr makeStripAccents()
{
    return std::make_unique<StripAccents>();
}

NormalizerPtr makeStrip(bool left, bool right)
{
    return std::make_unique<Strip>(left, right);
}

NormalizerPtr makePrepend(std::string prefix)
{
    return std::make_unique<Prepend>(std::move(prefix));
}

NormalizerPtr makeNmt()
{
    return std::make_unique<Nmt>();
}

NormalizerPtr makeSequence(std::vector<NormalizerPtr> parts)
{
    return std::make_unique<Sequence>(std::move(parts));
}

} // namespace palimpsest::tokenizer
