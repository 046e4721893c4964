#include "models/class_share_model.h"

#include "models/concept_text.h"

namespace palimpsest::app {

void ClassShareModel::setConcept(const concepts::ConceptSet& concepts, base::ClusterId id)
{
    std::vector<Row> rows;
    const auto counts = concepts.classCounts(id);
    std::size_t withClass = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        rows.push_back(
            {classText(concepts.tokens().corpus(), static_cast<int>(i)), static_cast<int>(i), counts[i]});
        withClass += counts[i];
    }
    const std::size_t total = concepts.size(id);
    if (!rows.empty() && withClass < total)
        rows.push_back({tr("no class"), -1, total - withClass});
    setRows(std::move(rows), total);
}

void ClassShareModel::clear()
{
    if (!m_rows.empty())
        setRows({}, 0);
}

void ClassShareModel::setRows(std::vector<Row> rows, std::size_t total)
{
    replaceRows(m_rows, std::move(rows), [&] { m_total = total; });
}

QVariant ClassShareModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const double share = static_cast<double>(row.count) / static_cast<double>(m_total);
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return row.name;
    case ClassIndexRole:
        return row.classIndex;
    case CountTextRole:
        return countText(row.count);
    case ShareRole:
        return share;
    case ShareTextRole:
        return percentText(share);
    default:
        return {};
    }
}

QHash<int, QByteArray> ClassShareModel::roleNames() const
{
    return {{NameRole, "name"}, {ClassIndexRole, "classIndex"}, {CountTextRole, "countText"},
        {ShareRole, "share"}, {ShareTextRole, "shareText"}};
}

} // namespace palimpsest::app
