#include "models/overlap_list_model.h"

#include <algorithm>

#include "models/concept_text.h"

namespace palimpsest::app {

void OverlapListModel::setAnnotations(Annotations* annotations)
{
    followNames(*this, m_annotations, annotations, {TitleRole});
}

void OverlapListModel::setConcept(const Comparison& comparison, ConceptRef ref)
{
    const auto cells = cellsOf(*comparison, ref);
    std::vector<align::OverlapCell> rows(cells.begin(), cells.end());
    const auto size = [&comparison, side = otherSide(ref.side)](base::ClusterId id) {
        return measuredSize(*comparison, {side, id});
    };
    std::ranges::stable_sort(rows, [&size](const align::OverlapCell& left, const align::OverlapCell& right) {
        if (left.shared != right.shared)
            return left.shared > right.shared;
        // Equal numerators: the larger share is that of the smaller concept.
        return size(left.other) < size(right.other);
    });
    setRows(comparison, ref, std::move(rows));
}

void OverlapListModel::clear()
{
    if (m_comparison)
        setRows(nullptr, {}, {});
}

void OverlapListModel::setRows(Comparison comparison, ConceptRef ref, std::vector<align::OverlapCell> rows)
{
    replaceRows(m_rows, std::move(rows), [&] {
        m_comparison = std::move(comparison);
        m_ref = ref;
    });
}

int OverlapListModel::conceptIdAt(int row) const
{
    return row < 0 || row >= count()
        ? -1
        : static_cast<int>(base::toIndex(m_rows[static_cast<std::size_t>(row)].other));
}

QVariant OverlapListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const align::OverlapCell& cell = m_rows[static_cast<std::size_t>(index.row())];
    const ConceptRef other{otherSide(m_ref.side), cell.other};
    const double shareHere = cell.shared / static_cast<double>(measuredSize(*m_comparison, m_ref));
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return conceptTitle(m_annotations, other);
    case ConceptIdRole:
        return static_cast<int>(base::toIndex(cell.other));
    case WordsRole:
        return topWords(conceptsOf(*m_comparison, other.side), other.id, 3);
    case SharedTextRole:
        return countText(cell.shared);
    case ShareHereRole:
        return shareHere;
    case ShareHereTextRole:
        return percentText(shareHere);
    case ShareThereTextRole:
        return percentText(cell.shared / static_cast<double>(measuredSize(*m_comparison, other)));
    default:
        return {};
    }
}

QHash<int, QByteArray> OverlapListModel::roleNames() const
{
    return {{ConceptIdRole, "conceptId"}, {TitleRole, "title"}, {WordsRole, "words"},
        {SharedTextRole, "sharedText"}, {ShareHereRole, "shareHere"}, {ShareHereTextRole, "shareHereText"},
        {ShareThereTextRole, "shareThereText"}};
}

} // namespace palimpsest::app
