#include "models/layer_table_model.h"

#include "models/number_text.h"

namespace palimpsest::app {

namespace {

// Columns before those of the classes, which come in pairs: base, fine-tuned.
enum Column { Layer, KeptShare, Kept, Split, Merged, Vanished, New, FirstClass };

} // namespace

void LayerTableModel::setSummaries(std::vector<align::LayerSummary> summaries, const QStringList& classNames)
{
    const bool sameShape = summaries.size() == m_summaries.size() && classNames == m_classNames;
    if (!sameShape)
        beginResetModel();
    m_summaries = std::move(summaries);
    m_classNames = classNames;
    if (!sameShape)
        endResetModel();
    else if (!m_summaries.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

QString LayerTableModel::asText() const
{
    QStringList lines;
    QStringList cells;
    for (int column = 0; column < columnCount(); ++column)
        cells.append(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    lines.append(cells.join(QLatin1Char('\t')));
    for (int row = 0; row < rowCount(); ++row) {
        cells.clear();
        for (int column = 0; column < columnCount(); ++column)
            cells.append(text(row, column));
        lines.append(cells.join(QLatin1Char('\t')));
    }
    return lines.join(QLatin1Char('\n'));
}

int LayerTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_summaries.size());
}

int LayerTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FirstClass + 2 * static_cast<int>(m_classNames.size());
}

QVariant LayerTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case TextRole:
        return text(index.row(), index.column());
    case LayerRole:
        return m_summaries[static_cast<std::size_t>(index.row())].layer;
    case EmphasizedRole:
        return index.column() == KeptShare;
    default:
        return {};
    }
}

QVariant LayerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columnCount())
        return {};
    switch (section) {
    case Layer:
        return tr("Layer");
    case KeptShare:
        return tr("Kept share");
    case Kept:
        return tr("Kept");
    case Split:
        return tr("Split");
    case Merged:
        return tr("Merged");
    case Vanished:
        return tr("Vanished");
    case New:
        return tr("New");
    default:
        break;
    }
    const int at = section - FirstClass;
    const QString& name = m_classNames[at / 2];
    return at % 2 == 0 ? tr("Task %1, base").arg(name) : tr("Task %1, fine-tuned").arg(name);
}

QHash<int, QByteArray> LayerTableModel::roleNames() const
{
    return {{TextRole, "display"}, {LayerRole, "layerNumber"}, {EmphasizedRole, "emphasized"}};
}

QString LayerTableModel::text(int row, int column) const
{
    const align::LayerSummary& summary = m_summaries[static_cast<std::size_t>(row)];
    const auto ofBase
        = [&](align::Status status) { return countText(summary.statusA[static_cast<std::size_t>(status)]); };
    switch (column) {
    case Layer:
        return QString::number(summary.layer);
    case KeptShare:
        return percentText(summary.keptShare());
    case Kept:
        return ofBase(align::Status::Kept);
    case Split:
        return ofBase(align::Status::Split);
    case Merged:
        return ofBase(align::Status::Merged);
    case Vanished:
        return ofBase(align::Status::Vanished);
    case New:
        return countText(summary.statusB[static_cast<std::size_t>(align::Status::New)]);
    default:
        break;
    }
    const int at = column - FirstClass;
    const auto& tasks = at % 2 == 0 ? summary.taskA : summary.taskB;
    const auto which = static_cast<std::size_t>(at / 2);
    return which < tasks.size() ? countText(tasks[which]) : QString();
}

} // namespace palimpsest::app
