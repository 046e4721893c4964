#include "models/concept_browser.h"

#include <algorithm>
#include <utility>

#include "models/number_text.h"
#include "models/word_mask.h"

namespace palimpsest::app {

namespace {

base::ClusterId toCluster(int id)
{
    return base::toId<base::ClusterId>(static_cast<std::size_t>(id));
}

bool holds(const align::LayerComparison& comparison, Selection::Side side, int id)
{
    return id >= 0 && static_cast<std::size_t>(id) < conceptsOf(comparison, side).conceptCount();
}

} // namespace

ConceptBrowser::ConceptBrowser(QObject* parent)
    : QObject(parent)
    , m_listTurn([this] { list(); })
    , m_labelsTurn([this] { showLabels(); })
    , m_cardTurn([this] { showSelected(); })
    , m_rowTurn([this] { Q_EMIT currentRowChanged(); })
    , m_filter(m_list)
{
    // The selected concept may stand in another row. Said later: a view that hears of the row before it hears
    // of the change behind it shows wrong rows.
    connect(&m_filter, &ConceptFilterModel::listed, this, [this] { m_rowTurn.ask(); });
    if (const WordMask* mask = WordMask::instance())
        connect(mask, &WordMask::changed, this, &ConceptBrowser::showWordsAgain);
}

void ConceptBrowser::setSession(StudySession* session)
{
    if (session == m_session)
        return;
    if (m_session)
        disconnect(m_session, nullptr, this, nullptr);
    m_session = session;
    if (session) {
        connect(session, &StudySession::comparisonChanged, this, [this] { take(m_session->comparison()); });
        connect(session, &StudySession::resultsChanged, this, [this] {
            take(m_session->comparison());
            Q_EMIT stateChanged();
        });
        connect(session, &StudySession::openingChanged, this, &ConceptBrowser::stateChanged);
        take(session->comparison());
    }
    Q_EMIT sessionChanged();
    Q_EMIT stateChanged();
}

void ConceptBrowser::setSelection(Selection* selection)
{
    if (selection == m_selection)
        return;
    if (m_selection)
        disconnect(m_selection, nullptr, this, nullptr);
    m_selection = selection;
    if (selection) {
        connect(selection, &Selection::conceptChanged, this, &ConceptBrowser::selectionMoved);
        const auto showSide = [this] { m_filter.setShown(m_selection->shown()); };
        connect(selection, &Selection::shownChanged, this, showSide);
        showSide();
    }
    Q_EMIT selectionChanged();
    moveSelection();
    m_listTurn.ask();
    if (!m_session) {
        m_listTurn.finish();
        m_cardTurn.finish();
    }
}

void ConceptBrowser::setAnnotations(Annotations* annotations)
{
    if (annotations == m_annotations)
        return;
    m_annotations = annotations;
    m_list.setAnnotations(annotations);
    m_card.setAnnotations(annotations);
    m_counterpart.setAnnotations(annotations);
    m_overlaps.setAnnotations(annotations);
    m_pair.setAnnotations(annotations);
    m_hoveredPair.setAnnotations(annotations);
    Q_EMIT annotationsChanged();
}

void ConceptBrowser::setLabels(LabelSession* labels)
{
    if (labels == m_labels)
        return;
    if (m_labels)
        disconnect(m_labels, nullptr, this, nullptr);
    m_labels = labels;
    if (labels) {
        connect(labels, &LabelSession::layersChanged, this, [this] { m_labelsTurn.ask(); });
        connect(labels, &LabelSession::currentChanged, this, [this] { m_labelsTurn.ask(); });
    }
    showLabels();
    Q_EMIT labelsChanged();
}

void ConceptBrowser::showLabels()
{
    const bool any = m_labels && m_labels->current() >= 0;
    m_list.setLabels(
        any ? m_labels->shownLayer() : nullptr, any ? static_cast<std::size_t>(m_labels->current()) : 0);
}

void ConceptBrowser::setActive(bool active)
{
    if (active == isActive())
        return;
    for (Turn* turn : {&m_listTurn, &m_labelsTurn, &m_cardTurn})
        turn->setActive(active);
    Q_EMIT activeChanged();
}

void ConceptBrowser::setSnapshot(Comparison comparison)
{
    take(std::move(comparison));
    m_listTurn.finish();
    m_cardTurn.finish();
}

void ConceptBrowser::take(Comparison comparison)
{
    if (comparison == m_next)
        return;
    m_next = std::move(comparison);
    m_listTurn.ask();
    if (m_next) {
        moveSelection();
    } else { // nothing of a closed project may be seen or kept
        m_listTurn.finish();
        m_cardTurn.finish();
    }
}

void ConceptBrowser::moveSelection()
{
    if (!m_next)
        return;
    const Comparison before = std::exchange(m_last, m_next);
    if (!m_selection)
        return;
    if (m_selection->conceptId() < 0) {
        // A first look should show something. The list does this where it is looked at.
        if (!isActive())
            selectLargest();
        return;
    }
    if (!before || (before->a == m_next->a && before->b == m_next->b))
        return;
    const auto moved = holds(*before, m_selection->side(), m_selection->conceptId())
        ? followConcept(*before, {m_selection->side(), toCluster(m_selection->conceptId())}, *m_next)
        : std::nullopt;
    if (moved)
        m_selection->selectConcept(moved->side, static_cast<int>(base::toIndex(moved->id)));
    else
        m_selection->clear();
}

void ConceptBrowser::selectLargest()
{
    std::optional<ConceptRef> largest;
    const auto sizeOf = [this](ConceptRef ref) { return conceptsOf(*m_next, ref.side).size(ref.id); };
    for (const auto side : {Selection::Base, Selection::FineTuned}) {
        const auto only = side == Selection::Base ? Selection::ShowBase : Selection::ShowFineTuned;
        if (m_selection->shown() != Selection::ShowBoth && m_selection->shown() != only)
            continue;
        for (std::size_t at = 0; at < conceptsOf(*m_next, side).conceptCount(); ++at) {
            const ConceptRef ref{side, base::toId<base::ClusterId>(at)};
            if (!largest || sizeOf(ref) > sizeOf(*largest))
                largest = ref;
        }
    }
    if (largest)
        m_selection->selectConcept(largest->side, static_cast<int>(base::toIndex(largest->id)));
}

void ConceptBrowser::selectionMoved()
{
    if (m_listTurn.isWaiting())
        return; // the id is one of concepts that the list does not show yet; the cards come after it
    m_cardTurn.ask();
    if (isActive())
        m_cardTurn.finish();
}

void ConceptBrowser::list()
{
    if (m_next != m_comparison) {
        // The same concepts at another θ: what was put beside the selected one stays there.
        if (m_next && m_comparison && m_next->overlap == m_comparison->overlap && m_counterpart.isValid())
            m_wantedBeside = m_counterpart.ref().id;
        m_comparison = m_next;
        m_hoveredPair.clear();
        m_list.setSnapshot(m_comparison);
        Q_EMIT snapshotChanged();
        Q_EMIT stateChanged();
    }
    if (m_comparison && m_selection && m_selection->conceptId() < 0 && m_filter.count() > 0) {
        const ConceptRef first = m_filter.conceptAt(0);
        m_selection->selectConcept(first.side, static_cast<int>(base::toIndex(first.id)));
    }
    // The id may be the same while the concept behind it is another one, or its numbers are new.
    m_cardTurn.ask();
}

ConceptBrowser::State ConceptBrowser::state() const
{
    if (m_comparison)
        return Ready;
    return m_session && (m_session->isOpen() || m_session->isOpening()) ? Computing : NothingOpen;
}

QString ConceptBrowser::thetaText() const
{
    return percentText(theta());
}

QStringList ConceptBrowser::classNames() const
{
    QStringList names;
    if (m_comparison)
        for (const std::string& name : m_comparison->a->tokens().corpus().classNames())
            names.append(QString::fromStdString(name));
    return names;
}

int ConceptBrowser::currentRow() const
{
    const auto ref = selected();
    return ref ? m_filter.rowOf(*ref) : -1;
}

std::optional<ConceptRef> ConceptBrowser::selected() const
{
    if (!m_comparison || !m_selection || !holds(*m_comparison, m_selection->side(), m_selection->conceptId()))
        return std::nullopt;
    return ConceptRef{m_selection->side(), toCluster(m_selection->conceptId())};
}

void ConceptBrowser::showSelected()
{
    const auto ref = selected();
    if (ref) {
        m_card.setConcept(m_comparison, *ref);
        m_overlaps.setConcept(m_comparison, *ref);
        showPair(std::exchange(m_wantedBeside, std::nullopt));
    } else {
        m_card.clear();
        m_overlaps.clear();
        clearPair();
    }
    Q_EMIT currentRowChanged();
}

void ConceptBrowser::showPair(std::optional<base::ClusterId> other)
{
    const ConceptRef ref = m_card.ref();
    const base::ClusterId beside = other.value_or(matchOf(*m_comparison, ref).counterpart);
    m_counterpart.setConcept(m_comparison, {otherSide(ref.side), beside});
    const base::ClusterId baseId = ref.side == Selection::Base ? ref.id : beside;
    const base::ClusterId fineTunedId = ref.side == Selection::Base ? beside : ref.id;
    m_pair.setPair(
        m_comparison, static_cast<int>(base::toIndex(baseId)), static_cast<int>(base::toIndex(fineTunedId)));
    WordDifference difference = compareWords(*m_comparison, baseId, fineTunedId);
    m_sharedWords.setWords(m_comparison->a, std::move(difference.shared));
    m_onlyBaseWords.setWords(m_comparison->a, std::move(difference.onlyBase));
    m_onlyFineTunedWords.setWords(m_comparison->a, std::move(difference.onlyFineTuned));
}

void ConceptBrowser::clearPair()
{
    m_counterpart.clear();
    m_pair.clear();
    for (WordTableModel* words : {&m_sharedWords, &m_onlyBaseWords, &m_onlyFineTunedWords})
        words->clear();
}

void ConceptBrowser::selectRow(int row)
{
    if (!m_selection || row < 0 || row >= m_filter.count())
        return;
    const ConceptRef ref = m_filter.conceptAt(row);
    m_selection->selectConcept(ref.side, static_cast<int>(base::toIndex(ref.id)));
}

void ConceptBrowser::step(int steps)
{
    if (m_filter.count() == 0)
        return;
    const int row = currentRow();
    selectRow(row < 0 ? 0 : std::clamp(row + steps, 0, m_filter.count() - 1));
}

bool ConceptBrowser::stepByKey(int key, int page)
{
    switch (key) {
    case Qt::Key_PageUp:
        step(-page);
        return true;
    case Qt::Key_PageDown:
        step(page);
        return true;
    case Qt::Key_Home:
        selectRow(0);
        return true;
    case Qt::Key_End:
        selectRow(m_filter.count() - 1);
        return true;
    default:
        return false;
    }
}

void ConceptBrowser::showWordsAgain()
{
    if (!m_comparison)
        return;
    m_wantedBeside = m_counterpart.isValid() ? std::optional(m_counterpart.ref().id) : std::nullopt;
    m_list.showWordsAgain();
    m_card.clear();
    m_counterpart.clear();
    m_overlaps.clear();
    m_pair.clear();
    m_hoveredPair.clear();
    showSelected();
    Q_EMIT snapshotChanged();
}

void ConceptBrowser::requestRename()
{
    m_listTurn.finish();
    m_cardTurn.finish();
    Q_EMIT renameRequested();
}

void ConceptBrowser::goToNextUnnamed()
{
    if (!m_annotations || !m_selection)
        return;
    const int next = m_annotations->nextUnnamed(m_selection->side(), m_selection->conceptId());
    if (next >= 0)
        m_selection->selectConcept(m_selection->side(), next);
}

void ConceptBrowser::selectPair(int baseId, int fineTunedId)
{
    if (!m_comparison || !m_selection || !holds(*m_comparison, Selection::Base, baseId)
        || !holds(*m_comparison, Selection::FineTuned, fineTunedId))
        return;
    if (m_selection->side() == Selection::Base && m_selection->conceptId() == baseId) {
        showPair(toCluster(fineTunedId));
        return;
    }
    m_wantedBeside = toCluster(fineTunedId);
    m_selection->selectConcept(Selection::Base, baseId);
}

void ConceptBrowser::showBeside(int otherId)
{
    if (m_card.isValid() && holds(*m_comparison, otherSide(m_card.side()), otherId))
        showPair(toCluster(otherId));
}

void ConceptBrowser::showOverlap(int row)
{
    showBeside(m_overlaps.conceptIdAt(row));
}

void ConceptBrowser::goToCounterpart()
{
    if (!m_counterpart.isValid() || !m_selection)
        return;
    const ConceptRef other = m_counterpart.ref();
    m_wantedBeside = m_card.ref().id;
    m_selection->selectConcept(other.side, static_cast<int>(base::toIndex(other.id)));
}

void ConceptBrowser::hoverPair(int baseId, int fineTunedId)
{
    m_hoveredPair.setPair(m_comparison, baseId, fineTunedId);
}

} // namespace palimpsest::app
