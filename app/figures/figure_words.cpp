#include "figures/figure_words.h"

#include <QStringList>

#include <algorithm>

#include "figures/word_writing.h"

namespace palimpsest::app {

QString figureWord(const corpus::TokenTable& tokens, base::WordId word)
{
    return WordWriting::instance().written(tokens.corpus().word(word));
}

QString figureConceptWords(const concepts::ConceptSet& concepts, base::ClusterId id, std::size_t most)
{
    QStringList words;
    const auto counts = concepts.words(id);
    for (std::size_t at = 0; at < std::min(most, counts.size()); ++at)
        words.append(figureWord(concepts.tokens(), counts[at].word));
    return words.join(QStringLiteral(", "));
}

} // namespace palimpsest::app
