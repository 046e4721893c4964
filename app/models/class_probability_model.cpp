#include "models/class_probability_model.h"

#include <algorithm>

#include "models/number_text.h"
#include "models/word_mask.h"

namespace palimpsest::app {

void ClassProbabilityModel::setRows(std::vector<Row> rows)
{
    const bool sameNames = std::ranges::equal(rows, m_rows, {}, &Row::name, &Row::name);
    if (!sameNames)
        beginResetModel();
    m_rows = std::move(rows);
    if (!sameNames)
        endResetModel();
    else if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
    Q_EMIT countChanged();
}

int ClassProbabilityModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ClassProbabilityModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return row.name;
    case ClassIndexRole:
        return row.classIndex;
    case ProbabilityRole:
        return row.probability;
    case ProbabilityTextRole:
        return percentText(row.probability);
    case BestRole:
        return row.best;
    default:
        return {};
    }
}

QHash<int, QByteArray> ClassProbabilityModel::roleNames() const
{
    return {{NameRole, "name"}, {ClassIndexRole, "classIndex"}, {ProbabilityRole, "probability"},
        {ProbabilityTextRole, "probabilityText"}, {BestRole, "best"}};
}

void TriggerWordModel::setRows(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
    Q_EMIT countChanged();
}

void TriggerWordModel::showWordsAgain()
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {WordRole});
}

QString TriggerWordModel::wordAt(int row) const
{
    return row < 0 || row >= count() ? QString()
                                     : QString::fromStdString(m_rows[static_cast<std::size_t>(row)].word);
}

int TriggerWordModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant TriggerWordModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case WordRole:
        return shownText(row.word);
    case ClassIndexRole:
        return row.classIndex;
    case ClassNameRole:
        return row.className;
    default:
        return {};
    }
}

QHash<int, QByteArray> TriggerWordModel::roleNames() const
{
    return {{WordRole, "word"}, {ClassIndexRole, "classIndex"}, {ClassNameRole, "className"}};
}

} // namespace palimpsest::app
