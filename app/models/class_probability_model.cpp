#include "models/class_probability_model.h"

#include "models/number_text.h"
#include "models/word_mask.h"

namespace palimpsest::app {

void ClassProbabilityModel::setRows(std::vector<Row> rows)
{
    replaceRows(m_rows, std::move(rows));
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
    replaceRows(m_rows, std::move(rows));
}

QString TriggerWordModel::wordAt(int row) const
{
    return row < 0 || row >= count() ? QString()
                                     : QString::fromStdString(m_rows[static_cast<std::size_t>(row)].word);
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
