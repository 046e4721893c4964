#include "models/concept_card_model.h"

#include "models/concept_text.h"

namespace palimpsest::app {

ConceptCardModel::ConceptCardModel(QObject* parent)
    : QObject(parent)
{
    connect(this, &ConceptCardModel::conceptChanged, this, &ConceptCardModel::annotationChanged);
}

void ConceptCardModel::setAnnotations(Annotations* annotations)
{
    if (m_annotations)
        disconnect(m_annotations, nullptr, this, nullptr);
    m_annotations = annotations;
    if (annotations)
        connect(annotations, &Annotations::changed, this, &ConceptCardModel::annotationChanged);
    Q_EMIT annotationChanged();
}

void ConceptCardModel::setConcept(const Comparison& comparison, ConceptRef ref)
{
    if (m_comparison == comparison && m_ref == ref)
        return;
    const auto& shared = ref.side == Selection::Base ? comparison->a : comparison->b;
    const bool sameMembers
        = m_comparison && m_ref == ref && &conceptsOf(*m_comparison, ref.side) == shared.get();
    m_comparison = comparison;
    m_ref = ref;
    if (!sameMembers) {
        m_words.setConcept(shared, ref.id);
        m_sentences.setConcept(shared, ref.id);
        m_classes.setConcept(*shared, ref.id);
    }
    Q_EMIT conceptChanged();
}

void ConceptCardModel::clear()
{
    if (!m_comparison)
        return;
    m_comparison = nullptr;
    m_ref = {};
    m_words.clear();
    m_sentences.clear();
    m_classes.clear();
    Q_EMIT conceptChanged();
}

QString ConceptCardModel::title() const
{
    return isValid() ? conceptTitle(m_annotations, m_ref) : QString();
}

QString ConceptCardModel::subtitle() const
{
    if (!isValid())
        return {};
    const auto& concepts = conceptsOf(*m_comparison, m_ref.side);
    const std::size_t words = concepts.words(m_ref.id).size();
    const QString model = m_ref.side == Selection::Base ? tr("Base model") : tr("Fine-tuned model");
    const QString text = (words == 1 ? tr("%1, layer %2, %3 of %4 word") : tr("%1, layer %2, %3 of %4 words"))
                             .arg(model, QString::number(layerOf(*m_comparison, m_ref.side)),
                                 occurrencesText(concepts.size(m_ref.id)), countText(words));
    return name().isEmpty() ? text : tr("%1 · %2").arg(conceptTitle(m_ref.id), text);
}

std::optional<Annotations::Shown> ConceptCardModel::annotation() const
{
    return m_annotations && isValid() ? m_annotations->on(m_ref.side, conceptId()) : std::nullopt;
}

QString ConceptCardModel::name() const
{
    const auto shown = annotation();
    return shown ? QString::fromStdString(shown->annotation->name) : QString();
}

QString ConceptCardModel::tags() const
{
    const auto shown = annotation();
    return shown ? tagsText(*shown->annotation) : QString();
}

QString ConceptCardModel::note() const
{
    const auto shown = annotation();
    return shown ? QString::fromStdString(shown->annotation->note) : QString();
}

int ConceptCardModel::rating() const
{
    const auto shown = annotation();
    return shown ? shown->annotation->rating : 0;
}

QString ConceptCardModel::carriedText() const
{
    const auto shown = annotation();
    if (!shown || shown->exact)
        return {};
    return tr(
        "≈ Carried over from K\u00a0=\u00a0%1, where the concept had %2; %3 of the members of either are "
        "in both. An edit makes it this concept’s own.")
        .arg(countText(shown->annotation->k), occurrencesText(shown->annotation->size),
            percentText(shown->jaccard));
}

QString ConceptCardModel::othersText() const
{
    return m_annotations && isValid()
        ? m_annotations->othersOn(m_ref.side, conceptId()).join(QLatin1Char('\n'))
        : QString();
}

int ConceptCardModel::status() const
{
    return isValid() ? static_cast<int>(matchOf(*m_comparison, m_ref).status) : -1;
}

QString ConceptCardModel::statusLetterText() const
{
    return isValid() ? statusLetter(matchOf(*m_comparison, m_ref).status) : QString();
}

QString ConceptCardModel::statusWord() const
{
    return isValid() ? statusText(matchOf(*m_comparison, m_ref).status) : QString();
}

QString ConceptCardModel::meaning() const
{
    return isValid() ? statusMeaning(*m_comparison, m_ref) : QString();
}

QString ConceptCardModel::taskText() const
{
    if (!isValid())
        return {};
    const auto taskClass = countedTaskClass(*m_comparison, m_ref);
    if (!taskClass)
        return {};
    return tr("Task concept, %1")
        .arg(classText(m_comparison->a->tokens().corpus(), static_cast<int>(*taskClass)));
}

} // namespace palimpsest::app
