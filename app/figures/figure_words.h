#pragma once
// Words as figures write them. Thread: the filter is set once at the start; reading is reentrant.

#include <QString>

#include <string_view>

#include "concepts/concept_set.h"

namespace palimpsest::app {

/// How words may be shown; the program's mask of offensive words sets itself here. Null: as they are.
void setFigureWordFilter(QString (*filter)(std::string_view utf8));
[[nodiscard]] QString figureWord(const corpus::TokenTable& tokens, base::WordId word);
/// The most frequent words of a concept: "good, great, best".
[[nodiscard]] QString figureConceptWords(
    const concepts::ConceptSet& concepts, base::ClusterId id, std::size_t most = 3);

} // namespace palimpsest::app
