// Character n-grams of words, and the pieces of the model's vocabulary that words contain.

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "label/source_parts.h"
#include "label/sources/sources.h"
#include "label/text.h"

namespace palimpsest::label {

using base::Error;
using base::ErrorCode;
using Made = base::Result<std::unique_ptr<LabelSource>>;

namespace {

constexpr std::size_t kLongestNgram = 20;

constexpr std::array kNgramOptions{
    OptionDescriptor{"min", "2", "Shortest n-gram in characters"},
    OptionDescriptor{"max", "5", "Longest n-gram in characters"},
    OptionDescriptor{"case", "no", "yes: capital letters differ from small ones"},
};

/// A word source whose longest label wins.
class NestedWordSource : public LabelSource {
public:
    explicit NestedWordSource(std::unique_ptr<LabelSource> words)
        : m_words(std::move(words))
    {
    }
    base::Result<std::shared_ptr<const LabelTable>> label(
        const corpus::TokenTable& tokens, const base::JobContext& ctx) const override
    {
        PALIMPSEST_TRY(table, m_words->label(tokens, ctx));
        LabelParts parts = table->parts();
        parts.longestWins = true;
        return LabelTable::fromParts(std::move(parts));
    }

private:
    std::unique_ptr<LabelSource> m_words;
};

Made nested(std::unique_ptr<LabelSource> source)
{
    return std::unique_ptr<LabelSource>(std::make_unique<NestedWordSource>(std::move(source)));
}

Made makeNgrams(const SourceSetup& setup)
{
    PALIMPSEST_TRY(shortest, countOption(setup, kNgramOptions, "min", 1, kLongestNgram));
    PALIMPSEST_TRY(longest, countOption(setup, kNgramOptions, "max", shortest, kLongestNgram));
    PALIMPSEST_TRY(caseSensitive, flagOption(setup, kNgramOptions, "case"));
    return nested(wordSource("CharacterNgrams",
        [shortest = shortest, longest = longest, caseSensitive = caseSensitive](
            std::string_view word, const LabelSink& sink) -> base::Status {
            const std::u32string characters = caseSensitive ? codePoints(word) : codePoints(lowerCase(word));
            for (std::size_t begin = 0; begin < characters.size(); ++begin) {
                const std::size_t most = std::min(longest, characters.size() - begin);
                for (std::size_t length = shortest; length <= most; ++length)
                    sink(toUtf8(std::u32string_view(characters).substr(begin, length)));
            }
            return {};
        }));
}

/// ##ing, Ġthe, ▁the: the piece without the mark of where it may stand.
std::string_view withoutMark(std::string_view piece)
{
    for (const std::string_view mark : {"##", "\xC4\xA0", "\xE2\x96\x81"}) {
        if (piece.starts_with(mark))
            return piece.substr(mark.size());
    }
    return piece;
}

/// Every piece by its text, with its first place in the vocabulary.
using Pieces = std::unordered_map<std::string, std::size_t>;

/// Pieces that are proper substrings of `word`, in order of the vocabulary. Substrings are tried by their
/// bytes between character borders: O(length²) look-ups instead of one search per piece.
std::vector<std::string> piecesIn(std::string_view word, const Pieces& pieces)
{
    constexpr std::size_t kLongestWord = 200;
    std::vector<std::pair<std::size_t, std::string>> found;
    if (word.size() > kLongestWord)
        word = word.substr(0, kLongestWord);
    const auto isBorder = [&](std::size_t at) {
        return at == word.size() || (static_cast<unsigned char>(word[at]) & 0xC0U) != 0x80U;
    };
    for (std::size_t begin = 0; begin < word.size(); ++begin) {
        if (!isBorder(begin))
            continue;
        for (std::size_t end = begin + 1; end <= word.size(); ++end) {
            if (!isBorder(end) || end - begin == word.size())
                continue;
            std::string part(word.substr(begin, end - begin));
            if (const auto piece = pieces.find(part); piece != pieces.end())
                found.emplace_back(piece->second, std::move(part));
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    std::vector<std::string> parts;
    for (auto& entry : found)
        parts.push_back(std::move(entry.second));
    return parts;
}

/// The word itself first, then what it contains; single characters only as ConceptX has them.
Made makeSubwords(const SourceSetup& setup)
{
    if (!setup.vocabulary || setup.vocabulary->empty()) {
        return Error{ErrorCode::InvalidArgument,
            "The label source subwords needs the vocabulary of a model; give the folder of one"};
    }
    const auto pieces = std::make_shared<Pieces>();
    for (std::size_t id = 0; id < setup.vocabulary->size(); ++id)
        pieces->emplace(withoutMark((*setup.vocabulary)[id]), id);
    pieces->erase("");
    return nested(wordSource(setup.asConceptX ? "Ngrams" : "Subwords",
        [pieces, all = setup.asConceptX](std::string_view word, const LabelSink& sink) -> base::Status {
            sink(word);
            for (const std::string& piece : piecesIn(word, *pieces)) {
                if (all || codePoints(piece).size() > 1)
                    sink(piece);
            }
            return {};
        }));
}

} // namespace

const SourceDescriptor kCharacterNgrams{"ngrams", "Character n-grams", kNgramOptions, makeNgrams};
const SourceDescriptor kSubwords{"subwords", "Subwords of the model's vocabulary", {}, makeSubwords};

} // namespace palimpsest::label
