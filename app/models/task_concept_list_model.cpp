#include "models/task_concept_list_model.h"

#include <algorithm>

#include "models/concept_text.h"
#include "models/number_text.h"

namespace palimpsest::app {

namespace {

constexpr std::size_t kListedWords = 6;

} // namespace

void TaskConceptListModel::setRows(
    Comparison comparison, QStringList classNames, int definition, std::vector<Row> rows)
{
    replaceRows(m_rows, std::move(rows), [&] {
        m_comparison = std::move(comparison);
        m_classNames = std::move(classNames);
        m_definition = definition;
    });
}

void TaskConceptListModel::setAnnotations(Annotations* annotations)
{
    followNames(*this, m_annotations, annotations, {TitleRole, DescriptionRole});
}

int TaskConceptListModel::rowOf(int side, int conceptId) const
{
    const auto found = std::ranges::find_if(m_rows, [&](const Row& row) {
        return row.ref.side == static_cast<Selection::Side>(side)
            && static_cast<int>(base::toIndex(row.ref.id)) == conceptId;
    });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

QString TaskConceptListModel::otherText(const Row& row) const
{
    const std::array names{tr("gold %1"), tr("predicted %1"), tr("where right %1")};
    QStringList parts;
    for (int definition = 0; definition < static_cast<int>(row.shares.size()); ++definition) {
        const double share = row.shares[static_cast<std::size_t>(definition)];
        if (definition != m_definition && share >= 0.0)
            parts.append(names[static_cast<std::size_t>(definition)].arg(percentText(share)));
    }
    return parts.join(QStringLiteral(", "));
}

QString TaskConceptListModel::description(const Row& row) const
{
    return tr("%1, %2 of its %3 are %4, 95 % interval %5, %6 by chance")
        .arg(conceptTitle(m_annotations, row.ref), percentText(row.polarity.share),
            occurrencesText(conceptsOf(*m_comparison, row.ref.side).size(row.ref.id)),
            m_classNames.value(static_cast<int>(row.classIndex)), intervalText(row.polarity.interval),
            percentText(row.polarity.chance));
}

QVariant TaskConceptListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const auto& concepts = conceptsOf(*m_comparison, row.ref.side);
    switch (role) {
    case ConceptIdRole:
        return static_cast<int>(base::toIndex(row.ref.id));
    case SideRole:
        return static_cast<int>(row.ref.side);
    case Qt::DisplayRole:
    case TitleRole:
        return conceptTitle(m_annotations, row.ref);
    case WordsRole:
        return topWords(concepts, row.ref.id, kListedWords);
    case SizeTextRole:
        return countText(concepts.size(row.ref.id));
    case ClassIndexRole:
        return static_cast<int>(row.classIndex);
    case ClassNameRole:
        return m_classNames.value(static_cast<int>(row.classIndex));
    case ShareRole:
        return row.polarity.share;
    case LowRole:
        return row.polarity.interval.low;
    case HighRole:
        return row.polarity.interval.high;
    case ChanceRole:
        return row.polarity.chance;
    case ShareTextRole:
        return percentText(row.polarity.share);
    case IntervalTextRole:
        return intervalText(row.polarity.interval);
    case CertainRole:
        return row.polarity.certain();
    case OtherTextRole:
        return otherText(row);
    case DescriptionRole:
        return description(row);
    default:
        return {};
    }
}

QHash<int, QByteArray> TaskConceptListModel::roleNames() const
{
    return {{ConceptIdRole, "conceptId"}, {SideRole, "side"}, {TitleRole, "title"},
        {WordsRole, "conceptWords"}, {SizeTextRole, "sizeText"}, {ClassIndexRole, "classIndex"},
        {ClassNameRole, "className"}, {ShareRole, "share"}, {LowRole, "low"}, {HighRole, "high"},
        {ChanceRole, "chance"}, {ShareTextRole, "shareText"}, {IntervalTextRole, "intervalText"},
        {CertainRole, "certain"}, {OtherTextRole, "otherText"}, {DescriptionRole, "description"}};
}

} // namespace palimpsest::app
