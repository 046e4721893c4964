#include "models/concept_pair.h"

#include "models/concept_text.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kWordsShown = 5;

bool has(const concepts::ConceptSet& concepts, int id)
{
    return id >= 0 && static_cast<std::size_t>(id) < concepts.conceptCount();
}

} // namespace

void ConceptPair::setAnnotations(Annotations* annotations)
{
    if (m_annotations)
        disconnect(m_annotations, nullptr, this, nullptr);
    m_annotations = annotations;
    if (annotations)
        connect(annotations, &Annotations::changed, this, &ConceptPair::pairChanged);
    Q_EMIT pairChanged();
}

void ConceptPair::setPair(const Comparison& comparison, int baseId, int fineTunedId)
{
    if (!comparison || !has(*comparison->a, baseId) || !has(*comparison->b, fineTunedId)) {
        clear();
        return;
    }
    if (comparison == m_comparison && baseId == m_baseId && fineTunedId == m_fineTunedId)
        return;
    m_comparison = comparison;
    m_baseId = baseId;
    m_fineTunedId = fineTunedId;
    m_shared = sharedCount(*comparison, baseRef().id, fineTunedRef().id);
    Q_EMIT pairChanged();
}

void ConceptPair::clear()
{
    if (!m_comparison)
        return;
    m_comparison = nullptr;
    m_baseId = m_fineTunedId = -1;
    m_shared = 0;
    Q_EMIT pairChanged();
}

ConceptRef ConceptPair::baseRef() const
{
    return {Selection::Base, base::toId<base::ClusterId>(static_cast<std::size_t>(m_baseId))};
}

ConceptRef ConceptPair::fineTunedRef() const
{
    return {Selection::FineTuned, base::toId<base::ClusterId>(static_cast<std::size_t>(m_fineTunedId))};
}

QString ConceptPair::titleOf(ConceptRef ref) const
{
    if (!isValid())
        return {};
    const auto& concepts = conceptsOf(*m_comparison, ref.side);
    const int id = static_cast<int>(base::toIndex(ref.id));
    if (m_annotations && !m_annotations->nameOn(ref.side, id).isEmpty()) {
        return (ref.side == Selection::Base ? tr("Base concept %1 “%2”, %3")
                                            : tr("Fine-tuned concept %1 “%2”, %3"))
            .arg(QString::number(id), m_annotations->titleOf(ref.side, id),
                occurrencesText(concepts.size(ref.id)));
    }
    return (ref.side == Selection::Base ? tr("Base concept %1, %2") : tr("Fine-tuned concept %1, %2"))
        .arg(QString::number(id), occurrencesText(concepts.size(ref.id)));
}

QString ConceptPair::wordsOf(ConceptRef ref) const
{
    return isValid() ? topWords(conceptsOf(*m_comparison, ref.side), ref.id, kWordsShown) : QString();
}

double ConceptPair::shareOf(ConceptRef ref) const
{
    return isValid() ? m_shared / static_cast<double>(measuredSize(*m_comparison, ref)) : 0.0;
}

QString ConceptPair::baseTitle() const
{
    return titleOf(baseRef());
}

QString ConceptPair::fineTunedTitle() const
{
    return titleOf(fineTunedRef());
}

QString ConceptPair::baseWords() const
{
    return wordsOf(baseRef());
}

QString ConceptPair::fineTunedWords() const
{
    return wordsOf(fineTunedRef());
}

double ConceptPair::shareOfBase() const
{
    return shareOf(baseRef());
}

double ConceptPair::shareOfFineTuned() const
{
    return shareOf(fineTunedRef());
}

QString ConceptPair::shareOfBaseText() const
{
    if (!isValid())
        return {};
    return tr("%1 of the base concept (%2 of %3)")
        .arg(percentText(shareOfBase()), countText(m_shared),
            countText(measuredSize(*m_comparison, baseRef())));
}

QString ConceptPair::shareOfFineTunedText() const
{
    if (!isValid())
        return {};
    return tr("%1 of the fine-tuned concept (%2 of %3)")
        .arg(percentText(shareOfFineTuned()), countText(m_shared),
            countText(measuredSize(*m_comparison, fineTunedRef())));
}

QString ConceptPair::verdict() const
{
    if (!isValid())
        return {};
    const double theta = m_comparison->alignment.theta;
    const bool baseInside = shareOfBase() >= theta;
    const bool fineTunedInside = shareOfFineTuned() >= theta;
    if (baseInside && fineTunedInside)
        return tr("Aligned both ways at θ\u00a0=\u00a0%1").arg(theta, 0, 'f', 2);
    if (baseInside)
        return tr("The base concept is aligned to the fine-tuned one at θ\u00a0=\u00a0%1")
            .arg(theta, 0, 'f', 2);
    if (fineTunedInside)
        return tr("The fine-tuned concept is aligned to the base one at θ\u00a0=\u00a0%1")
            .arg(theta, 0, 'f', 2);
    return m_shared == 0 ? tr("Nothing in common")
                         : tr("Not aligned at θ\u00a0=\u00a0%1").arg(theta, 0, 'f', 2);
}

} // namespace palimpsest::app
