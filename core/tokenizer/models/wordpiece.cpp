// WordPiece (Wu et al. 2016, arXiv:1609.08144) as BERT applies it: greedy, longest match first.

#include "tokenizer/models/model.h"
#include "tokenizer/text/byte_trie.h"
#include "tokenizer/text/utf8.h"

namespace palimpsest::tokenizer {

namespace {

class WordPiece final : public Model {
public:
    WordPiece(const Vocabulary& vocabulary, const WordPieceOptions& options, std::int32_t unknown)
        : m_unknown(unknown)
        , m_longestWord(options.longestWord)
    {
        for (std::size_t i = 0; i < vocabulary.size(); ++i) {
            const auto id = static_cast<std::int32_t>(i);
            const std::string_view token = vocabulary.token(id);
            // Of two ids with one spelling the vocabulary answers with one; follow it.
            if (token.empty() || vocabulary.id(token) != id)
                continue;
            m_initial.insert(token, id);
            if (token.starts_with(options.continuingPrefix))
                m_continuing.insert(token.substr(options.continuingPrefix.size()), id);
        }
    }

    void tokenize(std::string_view text, std::vector<Piece>& pieces) const override
    {
        const auto size = static_cast<std::uint32_t>(text.size());
        const std::size_t before = pieces.size();
        std::uint32_t begin = 0;
        if (text.size() <= m_longestWord || countCodePoints(text) <= m_longestWord) {
            while (begin < size) {
                Piece best;
                (begin == 0 ? m_initial : m_continuing)
                    .forEachPrefix(text.substr(begin), [&](std::size_t length, std::int32_t id) {
                        const auto end = begin + static_cast<std::uint32_t>(length);
                        // Entries made of broken UTF-8 cannot end inside a character: JSON has none.
                        best = {id, begin, end};
                    });
                if (best.end == 0)
                    break;
                pieces.push_back(best);
                begin = best.end;
            }
        }
        if (begin < size) {
            pieces.resize(before);
            pieces.push_back({m_unknown, 0, size});
        }
    }

private:
    ByteTrie m_initial;
    ByteTrie m_continuing;
    std::int32_t m_unknown;
    std::size_t m_longestWord;
};

class WordLevel final : public Model {
public:
    WordLevel(const Vocabulary& vocabulary, std::int32_t unknown)
        : m_vocabulary(vocabulary)
        , m_unknown(unknown)
    {
    }

    void tokenize(std::string_view text, std::vector<Piece>& pieces) const override
    {
        pieces.push_back(
            {m_vocabulary.id(text).value_or(m_unknown), 0, static_cast<std::uint32_t>(text.size())});
    }

private:
    Vocabulary m_vocabulary;
    std::int32_t m_unknown;
};

base::Result<std::int32_t> unknownId(const Vocabulary& vocabulary, const std::string& token)
{
    if (const auto id = vocabulary.id(token))
        return *id;
    return base::Error{base::ErrorCode::Malformed,
        "the unknown token \"" + token.substr(0, 80) + "\" is not in the vocabulary"};
}

} // namespace

base::Result<ModelPtr> makeWordPiece(const Vocabulary& vocabulary, const WordPieceOptions& options)
{
    PALIMPSEST_TRY(unknown, unknownId(vocabulary, options.unknownToken));
    return ModelPtr(std::make_unique<WordPiece>(vocabulary, options, unknown));
}

base::Result<ModelPtr> makeWordLevel(const Vocabulary& vocabulary, const std::string& unknownToken)
{
    PALIMPSEST_TRY(unknown, unknownId(vocabulary, unknownToken));
    return ModelPtr(std::make_unique<WordLevel>(vocabulary, unknown));
}

} // namespace palimpsest::tokenizer
