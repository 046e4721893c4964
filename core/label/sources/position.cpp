// First and last word of a sentence.

#include <algorithm>

#include "label/source_parts.h"
#include "label/sources/sources.h"
#include "label/text.h"

namespace palimpsest::label {

namespace {

enum class End : std::uint8_t { First, Last };

class PositionSource : public LabelSource {
public:
    PositionSource(End end, bool asConceptX)
        : m_end(end)
        , m_asConceptX(asConceptX)
    {
    }

    base::Result<std::shared_ptr<const LabelTable>> label(
        const corpus::TokenTable& tokens, const base::JobContext& ctx) const override
    {
        const bool first = m_end == End::First;
        LabelTableBuilder builder(first ? "FirstWord" : "LastWord");
        const corpus::Corpus& corpus = tokens.corpus();
        const std::vector<std::uint8_t> isWord = wordsThatAreNoPunctuation(corpus);
        for (const corpus::Token& token : tokens.rows()) {
            if ((builder.rowCount() & 0xfffU) == 0 && ctx.stopRequested())
                return base::cancelled();
            const bool marked = token.position == markedPosition(corpus.wordsOf(token.sentence), isWord);
            if (m_asConceptX)
                builder.add(!marked ? "NO_UNK" : first ? "FW" : "LW");
            else if (marked)
                builder.add(first ? "first word" : "last word");
            builder.endRow();
        }
        return std::move(builder).finish();
    }

private:
    static std::vector<std::uint8_t> wordsThatAreNoPunctuation(const corpus::Corpus& corpus)
    {
        std::vector<std::uint8_t> isWord;
        for (const std::string& word : corpus.parts().vocabulary) {
            const std::u32string characters = codePoints(word);
            isWord.push_back(std::all_of(characters.begin(), characters.end(), isPunctuation) ? 0 : 1);
        }
        return isWord;
    }

    /// By definition a punctuation mark is no word; ConceptX takes the first and the last token whatever it
    /// is.
    std::size_t markedPosition(
        std::span<const std::uint32_t> words, const std::vector<std::uint8_t>& isWord) const
    {
        if (m_asConceptX)
            return m_end == End::First ? 0 : words.size() - 1;
        const auto test = [&](std::uint32_t word) { return isWord[word] != 0; };
        if (m_end == End::First)
            return static_cast<std::size_t>(std::find_if(words.begin(), words.end(), test) - words.begin());
        const auto last = std::find_if(words.rbegin(), words.rend(), test);
        return last == words.rend() ? words.size() : static_cast<std::size_t>(words.rend() - last) - 1;
    }

    End m_end;
    bool m_asConceptX;
};

template <End kEnd>
base::Result<std::unique_ptr<LabelSource>> makePosition(const SourceSetup& setup)
{
    return std::unique_ptr<LabelSource>(std::make_unique<PositionSource>(kEnd, setup.asConceptX));
}

} // namespace

const SourceDescriptor kFirstWord{"first-word", "First word of a sentence", {}, makePosition<End::First>};
const SourceDescriptor kLastWord{"last-word", "Last word of a sentence", {}, makePosition<End::Last>};

} // namespace palimpsest::label
