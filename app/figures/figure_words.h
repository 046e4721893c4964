#pragma once
// Words as figures write them (WordWriting). Thread: reentrant.

#include <QString>

#include "concepts/concept_set.h"

namespace palimpsest::app {

[[nodiscard]] QString figureWord(const corpus::TokenTable& tokens, base::WordId word);
/// The most frequent words of a concept: "good, great, best".
[[nodiscard]] QString figureConceptWords(
    const concepts::ConceptSet& concepts, base::ClusterId id, std::size_t most = 3);

} // namespace palimpsest::app
