// BertNormalizer: clean, space out ideographs, strip accents, lower-case, in this order.

#include "tokenizer/normalizers/normalizer.h"
#include "tokenizer/text/unicode_rules.h"

namespace palimpsest::tokenizer {

namespace {

class BertNormalizer final : public Normalizer {
public:
    explicit BertNormalizer(const BertNormalizerOptions& options)
        : m_options(options)
        , m_decompose(makeUnicodeForm(UnicodeForm::Nfd))
        , m_lowercase(makeLowercase())
    {
    }

    void apply(AlignedText& text) const override
    {
        if (isAscii(text.text)) {
            applyToAscii(text);
            return;
        }
        if (m_options.cleanText)
            clean(text);
        if (m_options.handleChineseChars)
            spaceOutIdeographs(text);
        if (m_options.stripAccents) {
            m_decompose->apply(text);
            text.removeIf(isNonspacingMark);
        }
        if (m_options.lowercase)
            m_lowercase->apply(text);
    }

private:
    void applyToAscii(AlignedText& text) const
    {
        std::size_t out = 0;
        for (std::size_t i = 0; i < text.text.size(); ++i) {
            char byte = text.text[i];
            const auto c = static_cast<char32_t>(static_cast<unsigned char>(byte));
            if (m_options.cleanText) {
                if (c == 0 || isControl(c))
                    continue;
                if (isWhitespace(c))
                    byte = ' ';
            }
            if (m_options.lowercase && c >= 'A' && c <= 'Z')
                byte = static_cast<char>(byte + 32);
            text.text[out] = byte;
            text.spans[out] = text.spans[i];
            ++out;
        }
        text.text.resize(out);
        text.spans.resize(out);
    }

    static void clean(AlignedText& text)
    {
        text.removeIf([](char32_t c) { return c == 0 || c == 0xFFFDU || isControl(c); });
        AlignedText cleaned;
        cleaned.text.reserve(text.text.size());
        cleaned.spans.reserve(text.text.size());
        for (std::size_t at = 0; at < text.text.size();) {
            const Span span = text.spans[at];
            const char32_t c = nextCodePoint(text.text, at);
            cleaned.append(isWhitespace(c) ? U' ' : c, span);
        }
        std::swap(text, cleaned);
    }

    static void spaceOutIdeographs(AlignedText& text)
    {
        AlignedText spaced;
        spaced.text.reserve(text.text.size());
        spaced.spans.reserve(text.text.size());
        bool found = false;
        for (std::size_t at = 0; at < text.text.size();) {
            const Span span = text.spans[at];
            const char32_t c = nextCodePoint(text.text, at);
            const bool chinese = isChineseCharacter(c);
            found = found || chinese;
            if (chinese)
                spaced.append(U' ', span);
            spaced.append(c, span);
            if (chinese)
                spaced.append(U' ', span);
        }
        if (found)
            std::swap(text, spaced);
    }

    BertNormalizerOptions m_options;
    NormalizerPtr m_decompose;
    NormalizerPtr m_lowercase;
};

} // namespace

NormalizerPtr makeBertNormalizer(const BertNormalizerOptions& options)
{
    return std::make_unique<BertNormalizer>(options);
}

} // namespace palimpsest::tokenizer
