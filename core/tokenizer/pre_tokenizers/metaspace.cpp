// Metaspace: SentencePiece's spaces, written as a visible character.

#include "tokenizer/pre_tokenizers/pre_tokenizer.h"

namespace palimpsest::tokenizer {

namespace {

class Metaspace final : public PreTokenizer {
public:
    Metaspace(char32_t replacement, PrependScheme scheme, bool split)
        : m_scheme(scheme)
        , m_split(split)
    {
        appendUtf8(m_replacement, replacement);
    }

    void apply(PreTokenized& text) const override
    {
        bool first = true;
        text.rewriteEach([&](AlignedText& piece) {
            replaceSpaces(piece);
            const bool prepend
                = m_scheme == PrependScheme::Always || (m_scheme == PrependScheme::First && first);
            if (prepend && !piece.text.starts_with(m_replacement)) {
                piece.prepend(m_replacement);
                first = false;
            }
        });
        if (!m_split)
            return;
        text.cutEach([this](std::string_view part, auto emit) {
            std::size_t begin = 0;
            for (std::size_t at = part.find(m_replacement); at != std::string_view::npos;
                 at = part.find(m_replacement, at + m_replacement.size())) {
                emit(begin, at);
                begin = at;
            }
            emit(begin, part.size());
        });
    }

private:
    void replaceSpaces(AlignedText& piece) const
    {
        AlignedText replaced;
        replaced.text.reserve(piece.text.size() * 2);
        replaced.spans.reserve(piece.text.size() * 2);
        for (std::size_t i = 0; i < piece.text.size(); ++i) {
            if (piece.text[i] == ' ')
                replaced.text.append(m_replacement);
            else
                replaced.text.push_back(piece.text[i]);
            replaced.spans.resize(replaced.text.size(), piece.spans[i]);
        }
        std::swap(piece, replaced);
    }

    std::string m_replacement;
    PrependScheme m_scheme;
    bool m_split;
};

} // namespace

PreTokenizerPtr makeMetaspace(char32_t replacement, PrependScheme scheme, bool split)
{
    return std::make_unique<Metaspace>(replacement, scheme, split);
}

} // namespace palimpsest::tokenizer
