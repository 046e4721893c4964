#include "models/label_set_list_model.h"

#include <algorithm>

#include "bridge/study_session.h"
#include "figures/chance_text.h"
#include "label/label_source.h"
#include "models/number_text.h"

namespace palimpsest::app {

QString labelSourceTitle(const std::string& id)
{
    if (id == "tagger")
        return LabelSetListModel::tr("Tagger");
    if (id == "joint")
        return LabelSetListModel::tr("Joint labels");
    for (const label::SourceDescriptor& source : label::sources()) {
        if (source.id == id)
            return QString::fromUtf8(source.title.data(), static_cast<qsizetype>(source.title.size()));
    }
    return QString::fromStdString(id);
}

void LabelSetListModel::setLabels(LabelSession* labels)
{
    m_labels = labels;
    reset();
}

void LabelSetListModel::reset()
{
    auto sets = m_labels ? m_labels->sets() : nullptr;
    if (sets == m_sets)
        return;
    beginResetModel();
    m_sets = std::move(sets);
    endResetModel();
    Q_EMIT countChanged();
}

void LabelSetListModel::refreshNumbers()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {AlignedTextRole, ChanceTextRole});
}

int LabelSetListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_sets ? 0 : static_cast<int>(m_sets->size());
}

QString LabelSetListModel::alignedText(int row) const
{
    const auto layer = m_labels->shownLayer();
    if (!layer || layer->labelSets != m_sets || !(*m_sets)[static_cast<std::size_t>(row)].table)
        return {};
    const auto& both = layer->sets[static_cast<std::size_t>(row)];
    return tr("Base %1 · fine-tuned %2").arg(countText(both[0].aligned), countText(both[1].aligned));
}

QString LabelSetListModel::chanceText(int row) const
{
    const auto chance = m_labels->chance(row, m_labels->study().layer());
    return chance
        ? tr("by chance %1 · %2").arg(app::chanceText((*chance)[0].mean), app::chanceText((*chance)[1].mean))
        : QString();
}

QVariant LabelSetListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const LabelSet& set = (*m_sets)[static_cast<std::size_t>(index.row())];
    const std::size_t rows = set.table ? set.table->rowCount() : 0;
    const double coverage
        = rows > 0 ? static_cast<double>(set.labelledRows) / static_cast<double>(rows) : 0.0;
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return QString::fromStdString(set.entry.name);
    case SourceRole: {
        QString title = labelSourceTitle(set.entry.source);
        if (set.entry.asConceptX)
            title = tr("%1, as ConceptX").arg(title);
        return set.entry.fileName.empty()
            ? title
            : tr("%1, %2").arg(QString::fromStdString(set.entry.fileName), title);
    }
    case CoverageRole:
        return coverage;
    case CoverageTextRole:
        return set.table ? tr("%1 of words labelled, %2 labels")
                               .arg(percentText(coverage), countText(set.entry.labelCount))
                         : tr("Made for other sentences; attach it again");
    case FitsRole:
        return set.table != nullptr;
    case AlignedTextRole:
        return alignedText(index.row());
    case ChanceTextRole:
        return chanceText(index.row());
    default:
        return {};
    }
}

QHash<int, QByteArray> LabelSetListModel::roleNames() const
{
    return {{NameRole, "name"}, {SourceRole, "source"}, {CoverageRole, "coverage"},
        {CoverageTextRole, "coverageText"}, {FitsRole, "fits"}, {AlignedTextRole, "alignedText"},
        {ChanceTextRole, "chanceText"}};
}

} // namespace palimpsest::app
