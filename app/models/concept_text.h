#pragma once
// How concepts and their numbers are put into words, the same in every view.
// Thread: GUI (translations).

#include <QAbstractItemModel>
#include <QPointer>
#include <QString>

#include <cstddef>

#include "bridge/annotations.h"
#include "models/concept_access.h"
#include "models/number_text.h"

namespace palimpsest::app {

/// "Concept 17".
[[nodiscard]] QString conceptTitle(base::ClusterId id);
/// The name given to a concept of the shown layer, with "≈ " before one carried over; else "Concept 17".
/// `annotations` may be null.
[[nodiscard]] QString conceptTitle(const Annotations* annotations, ConceptRef ref);
/// The same for a concept of any layer.
[[nodiscard]] QString conceptTitle(const Annotations* annotations, int layer,
    const std::shared_ptr<const concepts::ConceptSet>& concepts, ConceptRef ref);
[[nodiscard]] QString conceptTitle(
    const Annotations* annotations, const align::LayerComparison& comparison, ConceptRef ref);
/// `title`, as conceptTitle gives it, within a sentence: "concept 17", or the name between quotation marks.
[[nodiscard]] QString conceptMention(const QString& title, base::ClusterId id);
/// Lets `list` show `roles` again whenever names change. `kept`, a member of the list, is where they come
/// from; `annotations` may be null.
void followNames(
    QAbstractItemModel& list, QPointer<Annotations>& kept, Annotations* annotations, const QList<int>& roles);
/// "Base", "Fine-tuned".
[[nodiscard]] QString sideText(Selection::Side side);
/// "base model", "fine-tuned model": inside a sentence.
[[nodiscard]] QString modelText(Selection::Side side);
/// "1 occurrence", "212 occurrences".
[[nodiscard]] QString occurrencesText(std::size_t count);
/// The most frequent words, separated by commas.
[[nodiscard]] QString topWords(const concepts::ConceptSet& concepts, base::ClusterId id, std::size_t count);
/// As it may be shown: see word_mask.h.
[[nodiscard]] QString wordText(const concepts::ConceptSet& concepts, base::WordId word);

/// Name of a class; one that is a bare number reads "class 0". Empty for an index that is none.
[[nodiscard]] QString classText(const corpus::Corpus& corpus, int classIndex);

/// "Kept" …, and the one letter that stands for it where there is no room.
[[nodiscard]] QString statusText(align::Status status);
[[nodiscard]] QString statusLetter(align::Status status);
/// One sentence that says what the status of this concept means, with its numbers.
[[nodiscard]] QString statusMeaning(const align::LayerComparison& comparison, ConceptRef ref);

} // namespace palimpsest::app
