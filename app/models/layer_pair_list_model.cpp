#include "models/layer_pair_list_model.h"

#include <algorithm>

#include "models/concept_text.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kPairWords = 5;

} // namespace

void LayerPairListModel::setAnnotations(Annotations* annotations)
{
    followNames(*this, m_annotations, annotations, {TitleRole, CounterpartRole});
}

void LayerPairListModel::setComparison(Comparison comparison, Selection::Side rows, Selection::Side columns)
{
    if (comparison == m_comparison)
        return;
    m_rowSide = rows;
    m_columnSide = columns;
    list(std::move(comparison));
    Q_EMIT countsChanged();
}

void LayerPairListModel::setStatus(int status)
{
    if (status == m_status)
        return;
    m_status = status;
    list(m_comparison);
    Q_EMIT statusChanged();
}

void LayerPairListModel::list(Comparison comparison)
{
    std::vector<base::ClusterId> rows;
    if (comparison) {
        const auto& concepts = *comparison->a;
        for (std::size_t i = 0; i < concepts.conceptCount(); ++i) {
            if (m_status < 0 || static_cast<int>(comparison->alignment.a[i].status) == m_status)
                rows.push_back(base::toId<base::ClusterId>(i));
        }
        std::ranges::stable_sort(
            rows, std::ranges::greater{}, [&concepts](base::ClusterId id) { return concepts.size(id); });
    }
    replaceRows(m_rows, std::move(rows), [&] { m_comparison = std::move(comparison); });
}

QStringList LayerPairListModel::statusLabels() const
{
    std::array<std::size_t, align::kStatusCount> counts{};
    std::size_t all = 0;
    if (m_comparison) {
        counts = align::countStatuses(m_comparison->alignment.a);
        all = m_comparison->alignment.a.size();
    }
    QStringList labels{tr("All %1").arg(countText(all))};
    for (const auto status :
        {align::Status::Kept, align::Status::Split, align::Status::Merged, align::Status::Vanished})
        labels.append(
            tr("%1 %2").arg(statusText(status), countText(counts[static_cast<std::size_t>(status)])));
    return labels;
}

int LayerPairListModel::conceptIdAt(int row) const
{
    return row < 0 || row >= count() ? -1
                                     : static_cast<int>(base::toIndex(m_rows[static_cast<std::size_t>(row)]));
}

QString LayerPairListModel::counterpartText(const align::Match& match) const
{
    const QString title = conceptTitle(
        m_annotations, m_comparison->layerB, m_comparison->b, {m_columnSide, match.counterpart});
    return title == conceptTitle(match.counterpart)
        ? tr("%1 in concept %2")
              .arg(percentText(match.overlap), QString::number(base::toIndex(match.counterpart)))
        : tr("%1 in “%2”").arg(percentText(match.overlap), title);
}

QVariant LayerPairListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const base::ClusterId id = m_rows[static_cast<std::size_t>(index.row())];
    const align::Match& match = m_comparison->alignment.a[base::toIndex(id)];
    switch (role) {
    case ConceptIdRole:
        return conceptIdAt(index.row());
    case Qt::DisplayRole:
    case TitleRole:
        return tr("%1, %2").arg(
            conceptTitle(m_annotations, m_comparison->layerA, m_comparison->a, {m_rowSide, id}),
            occurrencesText(m_comparison->a->size(id)));
    case WordsRole:
        return topWords(*m_comparison->a, id, kPairWords);
    case StatusRole:
        return static_cast<int>(match.status);
    case StatusLetterRole:
        return statusLetter(match.status);
    case StatusTextRole:
        return statusText(match.status);
    case CounterpartRole:
        return counterpartText(match);
    case CounterpartWordsRole:
        return topWords(*m_comparison->b, match.counterpart, kPairWords);
    default:
        return {};
    }
}

QHash<int, QByteArray> LayerPairListModel::roleNames() const
{
    return {{ConceptIdRole, "conceptId"}, {TitleRole, "title"}, {WordsRole, "words"}, {StatusRole, "status"},
        {StatusLetterRole, "statusLetter"}, {StatusTextRole, "statusText"}, {CounterpartRole, "counterpart"},
        {CounterpartWordsRole, "counterpartWords"}};
}

} // namespace palimpsest::app
