#include "models/concept_list_model.h"

#include <QList>

#include <algorithm>

#include "models/concept_text.h"

namespace palimpsest::app {

namespace {

ConceptListModel::Row makeRow(const align::LayerComparison& comparison, ConceptRef ref)
{
    const auto& concepts = conceptsOf(comparison, ref.side);
    const align::Match& match = matchOf(comparison, ref);
    ConceptListModel::Row row;
    row.ref = ref;
    row.size = static_cast<std::uint32_t>(concepts.size(ref.id));
    row.status = match.status;
    row.overlap = match.overlap;
    const auto counts = concepts.classCounts(ref.id);
    if (const auto largest = std::ranges::max_element(counts); largest != counts.end()) {
        row.polarity = *largest / static_cast<double>(row.size);
        row.largestClass = static_cast<int>(largest - counts.begin());
    }
    if (const auto task = countedTaskClass(comparison, ref))
        row.taskClass = static_cast<int>(*task);
    return row;
}

bool sameConcepts(const Comparison& left, const Comparison& right)
{
    return left && right && left->a == right->a && left->b == right->b && left->overlap == right->overlap;
}

} // namespace

void ConceptListModel::setAnnotations(Annotations* annotations)
{
    if (annotations == m_annotations)
        return;
    if (m_annotations)
        disconnect(m_annotations, nullptr, this, nullptr);
    m_annotations = annotations;
    const auto renamed = [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(
                index(0), index(count() - 1), {TitleRole, NumberTextRole, TagsTextRole, RatingRole});
        Q_EMIT annotationsChanged();
    };
    if (annotations)
        connect(annotations, &Annotations::changed, this, renamed);
    renamed();
}

void ConceptListModel::showWordsAgain()
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {WordsRole});
}

void ConceptListModel::setSnapshot(Comparison comparison)
{
    if (comparison == m_comparison)
        return;
    if (sameConcepts(comparison, m_comparison)) {
        m_comparison = std::move(comparison);
        m_rows = makeRows(*m_comparison);
        labelRows();
        Q_EMIT dataChanged(index(0), index(count() - 1),
            {StatusRole, StatusTextRole, StatusLetterRole, OverlapTextRole, TaskClassRole,
                TaskClassTextRole});
        return;
    }
    beginResetModel();
    m_comparison = std::move(comparison);
    m_rows = m_comparison ? makeRows(*m_comparison) : std::vector<Row>();
    labelRows();
    endResetModel();
    Q_EMIT countChanged();
}

void ConceptListModel::setLabels(std::shared_ptr<const LayerLabels> labels, std::size_t set)
{
    if (labels == m_labels && set == m_labelSet)
        return;
    m_labels = std::move(labels);
    m_labelSet = set;
    labelRows();
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {LabelTextRole, LabelAlignedRole});
    Q_EMIT labelsChanged();
}

bool ConceptListModel::labelsFit() const
{
    return m_labels && m_comparison && m_labels->concepts[0] == m_comparison->a
        && m_labels->concepts[1] == m_comparison->b && m_labelSet < m_labels->sets.size()
        && m_labels->sets[m_labelSet][0].counts;
}

std::shared_ptr<const label::LabelTable> ConceptListModel::labelTable() const
{
    return labelsFit() ? (*m_labels->labelSets)[m_labelSet].table : nullptr;
}

void ConceptListModel::labelRows()
{
    const bool fit = labelsFit();
    for (Row& row : m_rows) {
        const align::LabelMatch match = fit
            ? m_labels->sets[m_labelSet][static_cast<std::size_t>(row.ref.side)]
                  .matches[base::toIndex(row.ref.id)]
            : align::LabelMatch();
        row.label = match.best ? static_cast<int>(*match.best) : -1;
        row.labelShare = match.share;
        row.labelAligned = match.aligned;
    }
}

QString ConceptListModel::labelText(const Row& row) const
{
    if (row.label < 0 || !labelsFit())
        return {};
    return tr("%1 %2").arg(
        QString::fromStdString(labelTable()->labelName(static_cast<label::LabelId>(row.label))),
        percentText(row.labelShare));
}

std::vector<ConceptListModel::Row> ConceptListModel::makeRows(const align::LayerComparison& comparison)
{
    std::vector<Row> rows;
    rows.reserve(comparison.a->conceptCount() + comparison.b->conceptCount());
    for (const auto side : {Selection::Base, Selection::FineTuned})
        for (std::size_t i = 0; i < conceptsOf(comparison, side).conceptCount(); ++i)
            rows.push_back(makeRow(comparison, {side, base::toId<base::ClusterId>(i)}));
    return rows;
}

int ConceptListModel::rowOf(ConceptRef ref) const
{
    if (!m_comparison || base::toIndex(ref.id) >= conceptsOf(*m_comparison, ref.side).conceptCount())
        return -1;
    const std::size_t start = ref.side == Selection::Base ? 0 : m_comparison->a->conceptCount();
    return static_cast<int>(start + base::toIndex(ref.id));
}

int ConceptListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ConceptListModel::polarityText(const Row& row) const
{
    if (row.largestClass < 0)
        return QString();
    return tr("%1 %2").arg(
        percentText(row.polarity), classText(m_comparison->a->tokens().corpus(), row.largestClass));
}

QVariant ConceptListModel::classShares(const Row& row) const
{
    QList<double> shares;
    for (const std::uint32_t members : conceptsOf(*m_comparison, row.ref.side).classCounts(row.ref.id))
        shares.append(members / static_cast<double>(row.size));
    return QVariant::fromValue(shares);
}

QVariant ConceptListModel::annotationData(const Row& row, int role) const
{
    const int id = static_cast<int>(base::toIndex(row.ref.id));
    const auto shown = m_annotations ? m_annotations->on(row.ref.side, id) : std::nullopt;
    switch (role) {
    case NumberTextRole:
        return shown && !shown->annotation->name.empty() ? conceptTitle(row.ref.id) : QString();
    case TagsTextRole:
        return shown ? tagsText(*shown->annotation) : QString();
    case RatingRole:
        return shown ? shown->annotation->rating : 0;
    default:
        return {};
    }
}

QVariant ConceptListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return conceptTitle(m_annotations, row.ref);
    case SideRole:
        return static_cast<int>(row.ref.side);
    case SideTextRole:
        return sideText(row.ref.side);
    case ConceptIdRole:
        return static_cast<int>(base::toIndex(row.ref.id));
    case SizeTextRole:
        return occurrencesText(row.size);
    case WordsRole:
        return topWords(conceptsOf(*m_comparison, row.ref.side), row.ref.id, 3);
    case StatusRole:
        return static_cast<int>(row.status);
    case StatusTextRole:
        return statusText(row.status);
    case StatusLetterRole:
        return statusLetter(row.status);
    case OverlapTextRole:
        return percentText(row.overlap);
    case TaskClassRole:
        return row.taskClass;
    case TaskClassTextRole:
        return classText(m_comparison->a->tokens().corpus(), row.taskClass);
    case ClassSharesRole:
        return classShares(row);
    case PolarityTextRole:
        return polarityText(row);
    case LabelTextRole:
        return labelText(row);
    case LabelAlignedRole:
        return row.labelAligned;
    default:
        return annotationData(row, role);
    }
}

QHash<int, QByteArray> ConceptListModel::roleNames() const
{
    return {{SideRole, "side"}, {SideTextRole, "sideText"}, {ConceptIdRole, "conceptId"},
        {TitleRole, "title"}, {SizeTextRole, "sizeText"}, {WordsRole, "words"}, {StatusRole, "status"},
        {StatusTextRole, "statusText"}, {StatusLetterRole, "statusLetter"}, {OverlapTextRole, "overlapText"},
        {TaskClassRole, "taskClass"}, {TaskClassTextRole, "taskClassText"}, {ClassSharesRole, "classShares"},
        {PolarityTextRole, "polarityText"}, {NumberTextRole, "numberText"}, {TagsTextRole, "tagsText"},
        {RatingRole, "rating"}, {LabelTextRole, "labelText"}, {LabelAlignedRole, "labelAligned"}};
}

} // namespace palimpsest::app
