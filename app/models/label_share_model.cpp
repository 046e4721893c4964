#include "models/label_share_model.h"

#include "models/number_text.h"

namespace palimpsest::app {

void LabelShareModel::setRows(std::vector<Row> rows, std::size_t whole)
{
    if (rows == m_rows && whole == m_whole)
        return;
    replaceRows(m_rows, std::move(rows), [&] { m_whole = whole; });
}

QVariant LabelShareModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const double share = m_whole > 0 ? static_cast<double>(row.count) / static_cast<double>(m_whole) : 0.0;
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return row.name;
    case CountTextRole:
        return countText(row.count);
    case FractionRole:
        return share;
    case ShareTextRole:
        return percentText(share);
    case NoneRole:
        return row.none;
    default:
        return {};
    }
}

QHash<int, QByteArray> LabelShareModel::roleNames() const
{
    return {{NameRole, "name"}, {CountTextRole, "countText"}, {FractionRole, "fraction"},
        {ShareTextRole, "shareText"}, {NoneRole, "none"}};
}

} // namespace palimpsest::app
