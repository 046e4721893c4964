#include "models/preview_table_model.h"

namespace palimpsest::app {

void PreviewTableModel::setPreview(corpus::Preview preview)
{
    beginResetModel();
    m_preview = std::move(preview);
    endResetModel();
    Q_EMIT changed();
}

void PreviewTableModel::clear()
{
    setPreview({});
}

QStringList PreviewTableModel::columns() const
{
    QStringList names;
    for (const std::string& name : m_preview.columns)
        names.append(QString::fromStdString(name));
    return names;
}

int PreviewTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_preview.rows.size());
}

int PreviewTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_preview.columns.size());
}

QVariant PreviewTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const auto& row = m_preview.rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<std::size_t>(index.column());
    return column < row.size() ? QString::fromStdString(row[column]) : QString(); // rows may be ragged
}

QVariant PreviewTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || section < 0)
        return {};
    if (orientation == Qt::Vertical)
        return section + 1;
    const auto column = static_cast<std::size_t>(section);
    if (column >= m_preview.columns.size())
        return {};
    const QString name = QString::fromStdString(m_preview.columns[column]);
    return m_preview.hasHeader || !isTable() ? name : tr("Column %1").arg(name);
}

} // namespace palimpsest::app
