#include "figures/figure_words.h"

#include <QStringList>

#include <algorithm>
#include <atomic>

namespace palimpsest::app {

namespace {

using WordFilter = QString (*)(std::string_view);

std::atomic<WordFilter>& wordFilter()
{
    static std::atomic<WordFilter> filter = nullptr;
    return filter;
}

} // namespace

void setFigureWordFilter(QString (*filter)(std::string_view utf8))
{
    wordFilter() = filter;
}

QString figureWord(const corpus::TokenTable& tokens, base::WordId word)
{
    const auto text = tokens.corpus().word(word);
    if (const WordFilter filter = wordFilter())
        return filter(text);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
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
