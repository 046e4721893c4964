#include "models/lineage_list_model.h"

#include "models/concept_text.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kLineageWords = 5;

} // namespace

void LineageListModel::setLineage(Flow flow, Lineage lineage, std::size_t column)
{
    if (lineage == m_lineage)
        return;
    beginResetModel();
    m_flow = std::move(flow);
    m_lineage = std::move(lineage);
    m_column = column;
    endResetModel();
    Q_EMIT countChanged();
}

void LineageListModel::setAnnotations(Annotations* annotations)
{
    followNames(*this, m_annotations, annotations, {TitleRole});
}

int LineageListModel::layerAt(int row) const
{
    return m_flow->columns[static_cast<std::size_t>(row)].layer;
}

ConceptRef LineageListModel::conceptAt(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    return {
        m_flow->columns[at].fineTuned ? Selection::FineTuned : Selection::Base, m_lineage->steps[at].best};
}

QVariant LineageListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto at = static_cast<std::size_t>(index.row());
    const align::FlowColumn& column = m_flow->columns[at];
    const align::LineageStep& step = m_lineage->steps[at];
    switch (role) {
    case Qt::DisplayRole:
    case PlaceRole:
        return (column.fineTuned ? tr("Fine-tuned, layer %1") : tr("Base, layer %1")).arg(column.layer);
    case FineTunedRole:
        return column.fineTuned;
    case TitleRole:
        return conceptTitle(m_annotations, *column.comparison, conceptAt(index.row()));
    case WordsRole:
        return topWords(column.concepts(), step.best, kLineageWords);
    case ShareTextRole:
        if (at == m_column)
            return occurrencesText(step.shared);
        return tr("holds %1 of it, which is %2 of this concept")
            .arg(percentText(step.ofTraced), percentText(step.ofBest));
    case FractionRole:
        return step.ofTraced;
    case CurrentRole:
        return at == m_column;
    default:
        return {};
    }
}

QHash<int, QByteArray> LineageListModel::roleNames() const
{
    return {{PlaceRole, "place"}, {FineTunedRole, "fineTuned"}, {TitleRole, "title"}, {WordsRole, "words"},
        {ShareTextRole, "shareText"}, {FractionRole, "fraction"}, {CurrentRole, "current"}};
}

} // namespace palimpsest::app
