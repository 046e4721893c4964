#include "models/concept_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

#include "models/word_mask.h"

namespace palimpsest::app {

namespace {

/// Context of the translations of this file.
struct ConceptText {
    Q_DECLARE_TR_FUNCTIONS(ConceptText)
};

QString baseMeaning(align::Status status)
{
    switch (status) {
    case align::Status::Kept:
        return ConceptText::tr(
            "Kept: at least %1 of it is in one fine-tuned concept, and at least %1 of that one is here");
    case align::Status::Merged:
        return ConceptText::tr(
            "Merged: at least %1 of it went into one fine-tuned concept that holds much else");
    case align::Status::Split:
        return ConceptText::tr(
            "Split: no fine-tuned concept holds %1 of it, but at least one is a piece of it");
    case align::Status::New:
    case align::Status::Vanished:
        break;
    }
    return ConceptText::tr("Vanished: no fine-tuned concept holds %1 of it or is a piece of it");
}

QString fineTunedMeaning(align::Status status)
{
    switch (status) {
    case align::Status::Kept:
        return ConceptText::tr(
            "Kept: at least %1 of it is in one base concept, and at least %1 of that one is here");
    case align::Status::Merged:
        return ConceptText::tr(
            "Merged: no base concept holds %1 of it, but at least one base concept went into it");
    case align::Status::Split:
        return ConceptText::tr("Split: it is a piece of one base concept that held much else");
    case align::Status::New:
    case align::Status::Vanished:
        break;
    }
    return ConceptText::tr("New: no base concept holds %1 of it or went into it");
}

} // namespace

QString conceptTitle(base::ClusterId id)
{
    return ConceptText::tr("Concept %1").arg(base::toIndex(id));
}

QString conceptTitle(const Annotations* annotations, ConceptRef ref)
{
    return annotations ? annotations->titleOf(ref.side, static_cast<int>(base::toIndex(ref.id)))
                       : conceptTitle(ref.id);
}

QString conceptTitle(const Annotations* annotations, int layer,
    const std::shared_ptr<const concepts::ConceptSet>& concepts, ConceptRef ref)
{
    return annotations
        ? annotations->titleOf(layer, ref.side, concepts, static_cast<int>(base::toIndex(ref.id)))
        : conceptTitle(ref.id);
}

QString conceptTitle(const Annotations* annotations, const align::LayerComparison& comparison, ConceptRef ref)
{
    return conceptTitle(annotations, layerOf(comparison, ref.side),
        ref.side == Selection::Base ? comparison.a : comparison.b, ref);
}

QString conceptMention(const QString& title, base::ClusterId id)
{
    return title == conceptTitle(id) ? title.toLower() : ConceptText::tr("“%1”").arg(title);
}

void followNames(
    QAbstractItemModel& list, QPointer<Annotations>& kept, Annotations* annotations, const QList<int>& roles)
{
    if (annotations == kept)
        return;
    if (kept)
        QObject::disconnect(kept, nullptr, &list, nullptr);
    kept = annotations;
    const auto renamed = [&list, roles] {
        if (list.rowCount() > 0)
            Q_EMIT list.dataChanged(list.index(0, 0), list.index(list.rowCount() - 1, 0), roles);
    };
    if (annotations)
        QObject::connect(annotations, &Annotations::changed, &list, renamed);
    renamed();
}

QString sideText(Selection::Side side)
{
    return side == Selection::Base ? ConceptText::tr("Base") : ConceptText::tr("Fine-tuned");
}

QString modelText(Selection::Side side)
{
    return side == Selection::Base ? ConceptText::tr("base model") : ConceptText::tr("fine-tuned model");
}

QString occurrencesText(std::size_t count)
{
    return (count == 1 ? ConceptText::tr("%1 occurrence") : ConceptText::tr("%1 occurrences"))
        .arg(countText(count));
}

QString wordText(const concepts::ConceptSet& concepts, base::WordId word)
{
    return shownWord(concepts.tokens().corpus().word(word));
}

QString topWords(const concepts::ConceptSet& concepts, base::ClusterId id, std::size_t count)
{
    QStringList words;
    const auto all = concepts.words(id);
    for (const auto& [word, occurrences] : all.first(std::min(count, all.size())))
        words.append(wordText(concepts, word));
    return words.join(QStringLiteral(", "));
}

QString classText(const corpus::Corpus& corpus, int classIndex)
{
    const auto& names = corpus.classNames();
    if (classIndex < 0 || static_cast<std::size_t>(classIndex) >= names.size())
        return {};
    const QString name = QString::fromStdString(names[static_cast<std::size_t>(classIndex)]);
    bool isNumber = false;
    name.toDouble(&isNumber);
    return isNumber ? ConceptText::tr("class %1").arg(name) : name;
}

QString statusText(align::Status status)
{
    switch (status) {
    case align::Status::Kept:
        return ConceptText::tr("Kept");
    case align::Status::Split:
        return ConceptText::tr("Split");
    case align::Status::Merged:
        return ConceptText::tr("Merged");
    case align::Status::New:
        return ConceptText::tr("New");
    case align::Status::Vanished:
        break;
    }
    return ConceptText::tr("Vanished");
}

QString statusLetter(align::Status status)
{
    switch (status) {
    case align::Status::Kept:
        return QStringLiteral("K");
    case align::Status::Split:
        return QStringLiteral("S");
    case align::Status::Merged:
        return QStringLiteral("M");
    case align::Status::New:
        return QStringLiteral("N");
    case align::Status::Vanished:
        break;
    }
    return QStringLiteral("V");
}

QString statusMeaning(const align::LayerComparison& comparison, ConceptRef ref)
{
    const align::Status status = matchOf(comparison, ref).status;
    const QString sentence = ref.side == Selection::Base ? baseMeaning(status) : fineTunedMeaning(status);
    return QString(sentence).replace(QStringLiteral("%1"), percentText(comparison.alignment.theta));
}

} // namespace palimpsest::app
