#include "models/concept_filter_model.h"

#include <algorithm>
#include <cmath>

#include "models/concept_text.h"

namespace palimpsest::app {

ConceptFilterModel::ConceptFilterModel(ConceptListModel& source, QObject* parent)
    : RowsModel(parent)
    , m_source(source)
{
    connect(&source, &QAbstractItemModel::modelReset, this, &ConceptFilterModel::sourceReset);
    connect(&source, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) { sourceChanged(roles); });
    connect(&source, &ConceptListModel::annotationsChanged, this, &ConceptFilterModel::annotationsChanged);
    connect(&source, &ConceptListModel::labelsChanged, this, &ConceptFilterModel::findLabels);
    list();
}

void ConceptFilterModel::list()
{
    const auto all = static_cast<int>(m_source.rows().size());
    std::vector<int> rows;
    std::vector<double> values;
    for (int row = 0; row < all; ++row) {
        values.push_back(sortValue(row));
        if (accepts(row))
            rows.push_back(row);
    }
    const auto value = [&values](int row) { return values[static_cast<std::size_t>(row)]; };
    if (m_descending)
        std::ranges::stable_sort(rows, std::ranges::greater{}, value);
    else
        std::ranges::stable_sort(rows, std::ranges::less{}, value);
    m_rowOf.assign(values.size(), -1);
    for (std::size_t at = 0; at < rows.size(); ++at)
        m_rowOf[static_cast<std::size_t>(rows[at])] = static_cast<int>(at);
    replaceRows(m_rows, std::move(rows));
    Q_EMIT listed();
}

void ConceptFilterModel::filterChangedBy()
{
    list();
    Q_EMIT filterChanged();
}

template <typename T>
void ConceptFilterModel::change(T& member, T value)
{
    if (member == value)
        return;
    member = std::move(value);
    filterChangedBy();
}

void ConceptFilterModel::sourceChanged(const QList<int>& roles)
{
    const auto decides = [](int role) {
        return role == ConceptListModel::StatusRole || role == ConceptListModel::LabelAlignedRole;
    };
    if (std::ranges::any_of(roles, decides))
        list();
    else if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1), roles);
}

void ConceptFilterModel::setShown(Selection::Shown shown)
{
    change(m_shown, shown);
}

void ConceptFilterModel::setText(const QString& text)
{
    if (text != m_text)
        m_wordsFound = false;
    change(m_text, text);
}

void ConceptFilterModel::setStatus(int status)
{
    change(m_status, status);
}

void ConceptFilterModel::setTaskClass(int taskClass)
{
    change(m_taskClass, taskClass);
}

std::size_t ConceptFilterModel::classCount() const
{
    const Comparison& comparison = m_source.snapshot();
    return comparison ? comparison->a->tokens().corpus().classNames().size() : 0;
}

void ConceptFilterModel::sourceReset()
{
    m_wordsFound = false; // the words that fit belong to a vocabulary
    // Another project may have other classes.
    if (m_taskClass >= 0 && static_cast<std::size_t>(m_taskClass) >= classCount())
        m_taskClass = AnyClass;
    list();
    findLabels();
    Q_EMIT choicesChanged();
    Q_EMIT filterChanged();
}

QStringList ConceptFilterModel::taskClassChoices() const
{
    QStringList choices{tr("Any class"), tr("Task concepts")};
    for (std::size_t i = 0; i < classCount(); ++i)
        choices.append(
            tr("Task %1").arg(classText(m_source.snapshot()->a->tokens().corpus(), static_cast<int>(i))));
    choices.append(tr("Other concepts"));
    return choices;
}

int ConceptFilterModel::taskClassChoice() const
{
    switch (m_taskClass) {
    case AnyClass:
        return 0;
    case TaskConcepts:
        return 1;
    case NoTaskConcepts:
        return static_cast<int>(classCount()) + 2;
    default:
        return m_taskClass + 2;
    }
}

void ConceptFilterModel::setTaskClassChoice(int choice)
{
    if (choice <= 0)
        setTaskClass(AnyClass);
    else if (choice == 1)
        setTaskClass(TaskConcepts);
    else
        setTaskClass(choice - 2 < static_cast<int>(classCount()) ? choice - 2 : NoTaskConcepts);
}

QStringList ConceptFilterModel::annotationChoices() const
{
    QStringList choices{tr("Any name"), tr("Not yet named"), tr("Named")};
    if (const Annotations* annotations = m_source.annotations())
        for (const QString& tag : annotations->tags())
            choices.append(tr("Tag %1").arg(tag));
    return choices;
}

int ConceptFilterModel::annotationChoice() const
{
    if (m_tag.isEmpty())
        return m_named;
    const Annotations* annotations = m_source.annotations();
    return annotations ? static_cast<int>(annotations->tags().indexOf(m_tag)) + 3 : 0;
}

void ConceptFilterModel::setAnnotationChoice(int choice)
{
    const Annotations* annotations = m_source.annotations();
    m_tag = annotations && choice >= 3 ? annotations->tags().value(choice - 3) : QString();
    m_named = choice == 1 ? NotNamed : choice == 2 ? OnlyNamed : AnyName;
    filterChangedBy();
}

void ConceptFilterModel::annotationsChanged()
{
    const Annotations* annotations = m_source.annotations();
    const bool filtered = m_named != AnyName || !m_tag.isEmpty();
    // A tag that nobody uses any more would hide everything.
    if (!m_tag.isEmpty() && (!annotations || !annotations->tags().contains(m_tag)))
        m_tag.clear();
    if (filtered)
        list();
    Q_EMIT choicesChanged();
    Q_EMIT filterChanged();
}

bool ConceptFilterModel::fitsAnnotation(ConceptRef ref) const
{
    const Annotations* annotations = m_source.annotations();
    if (!annotations || (m_named == AnyName && m_tag.isEmpty()))
        return true;
    const auto shown = annotations->on(ref.side, static_cast<int>(base::toIndex(ref.id)));
    const bool named = shown && !shown->annotation->name.empty();
    if (m_named != AnyName && named != (m_named == OnlyNamed))
        return false;
    return m_tag.isEmpty()
        || (shown && std::ranges::binary_search(shown->annotation->tags, m_tag.toStdString()));
}

void ConceptFilterModel::setLabel(int label)
{
    change(m_label, label);
}

void ConceptFilterModel::findLabels()
{
    const auto table = m_source.labelTable();
    std::vector<int> carried;
    for (const auto& row : m_source.rows()) {
        if (row.labelAligned)
            carried.push_back(row.label);
    }
    std::ranges::sort(carried);
    const auto repeated = std::ranges::unique(carried);
    carried.erase(repeated.begin(), repeated.end());
    if (table) {
        std::ranges::sort(carried, {}, [&](int label) -> const std::string& {
            return table->labelName(static_cast<label::LabelId>(label));
        });
    }
    if (table == m_labelTable && carried == m_carried)
        return;
    // The id of another set's label is another label.
    const bool otherSet = table && m_labelTable && table != m_labelTable;
    if (table)
        m_labelTable = table;
    m_carried = std::move(carried);
    if (otherSet && m_label >= 0)
        setLabel(AnyLabel);
    Q_EMIT labelChoicesChanged();
    Q_EMIT filterChanged();
}

QStringList ConceptFilterModel::labelChoices() const
{
    if (!m_source.labelTable())
        return {};
    QStringList choices{tr("Any label"), tr("With a label"), tr("Without a label")};
    for (const int label : m_carried)
        choices.append(QString::fromStdString(m_labelTable->labelName(static_cast<label::LabelId>(label))));
    return choices;
}

int ConceptFilterModel::labelChoice() const
{
    if (m_label < 0)
        return AnyLabel - m_label;
    const auto found = std::ranges::find(m_carried, m_label);
    return found == m_carried.end() ? -1 : static_cast<int>(found - m_carried.begin()) + 3;
}

void ConceptFilterModel::setLabelChoice(int choice)
{
    if (choice < 3)
        setLabel(AnyLabel - std::max(0, choice));
    else if (static_cast<std::size_t>(choice - 3) < m_carried.size())
        setLabel(m_carried[static_cast<std::size_t>(choice - 3)]);
}

void ConceptFilterModel::setMinimumSize(int minimumSize)
{
    change(m_minimumSize, std::max(1, minimumSize));
}

bool ConceptFilterModel::isFiltered() const
{
    return !m_text.isEmpty() || m_status >= 0 || m_taskClass != AnyClass || m_label != AnyLabel
        || m_minimumSize > 1 || m_named != AnyName || !m_tag.isEmpty();
}

void ConceptFilterModel::clearFilter()
{
    if (!isFiltered())
        return;
    m_text.clear();
    m_status = -1;
    m_taskClass = AnyClass;
    m_label = AnyLabel;
    m_minimumSize = 1;
    m_named = AnyName;
    m_tag.clear();
    filterChangedBy();
}

void ConceptFilterModel::setSortKey(SortKey key)
{
    if (key == m_sortKey)
        return;
    m_sortKey = key;
    list();
    Q_EMIT sortingChanged();
}

void ConceptFilterModel::setDescending(bool descending)
{
    if (descending == m_descending)
        return;
    m_descending = descending;
    list();
    Q_EMIT sortingChanged();
}

int ConceptFilterModel::total() const
{
    const Comparison& comparison = m_source.snapshot();
    if (!comparison)
        return 0;
    std::size_t total = 0;
    if (m_shown != Selection::ShowFineTuned)
        total += comparison->a->conceptCount();
    if (m_shown != Selection::ShowBase)
        total += comparison->b->conceptCount();
    return static_cast<int>(total);
}

QString ConceptFilterModel::summary() const
{
    const auto shown = static_cast<std::size_t>(count());
    const auto all = static_cast<std::size_t>(total());
    return shown == all ? tr("%1 concepts").arg(countText(all))
                        : tr("%1 of %2 concepts").arg(countText(shown), countText(all));
}

int ConceptFilterModel::rowOf(ConceptRef ref) const
{
    const auto row = static_cast<std::size_t>(m_source.rowOf(ref));
    return row < m_rowOf.size() ? m_rowOf[row] : -1;
}

ConceptRef ConceptFilterModel::conceptAt(int row) const
{
    const int sourceRow = m_rows[static_cast<std::size_t>(row)];
    return m_source.rows()[static_cast<std::size_t>(sourceRow)].ref;
}

QVariant ConceptFilterModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    return m_source.data(m_source.index(m_rows[static_cast<std::size_t>(index.row())]), role);
}

QHash<int, QByteArray> ConceptFilterModel::roleNames() const
{
    return m_source.roleNames();
}

const std::vector<bool>& ConceptFilterModel::fittingWords() const
{
    if (!m_wordsFound) {
        const auto& vocabulary = m_source.snapshot()->a->tokens().corpus().parts().vocabulary;
        m_wordFits.assign(vocabulary.size(), false);
        for (std::size_t i = 0; i < vocabulary.size(); ++i)
            m_wordFits[i] = QString::fromStdString(vocabulary[i]).contains(m_text, Qt::CaseInsensitive);
        m_wordsFound = true;
    }
    return m_wordFits;
}

bool ConceptFilterModel::holdsText(ConceptRef ref) const
{
    const auto words = conceptsOf(*m_source.snapshot(), ref.side).words(ref.id);
    const auto& fits = fittingWords();
    return std::ranges::any_of(
        words, [&fits](const concepts::WordCount& word) { return fits[base::toIndex(word.word)]; });
}

bool ConceptFilterModel::accepts(int sourceRow) const
{
    const auto& row = m_source.rows()[static_cast<std::size_t>(sourceRow)];
    if (m_shown != Selection::ShowBoth
        && (m_shown == Selection::ShowBase) != (row.ref.side == Selection::Base))
        return false;
    if (m_status >= 0 && static_cast<int>(row.status) != m_status)
        return false;
    if (m_taskClass == TaskConcepts && row.taskClass < 0)
        return false;
    if (m_taskClass == NoTaskConcepts && row.taskClass >= 0)
        return false;
    if (m_taskClass >= 0 && row.taskClass != m_taskClass)
        return false;
    if ((m_label == Labelled && !row.labelAligned) || (m_label == NotLabelled && row.labelAligned)
        || (m_label >= 0 && (!row.labelAligned || row.label != m_label)))
        return false;
    if (row.size < static_cast<std::uint32_t>(m_minimumSize))
        return false;
    if (!fitsAnnotation(row.ref))
        return false;
    return m_text.isEmpty() || holdsText(row.ref);
}

double ConceptFilterModel::sortValue(int sourceRow) const
{
    const auto& row = m_source.rows()[static_cast<std::size_t>(sourceRow)];
    switch (m_sortKey) {
    case BySize:
        return row.size;
    case ById:
        return static_cast<double>(base::toIndex(row.ref.id));
    case ByOverlap:
        return row.overlap;
    case ByLabelShare:
        return row.labelShare;
    case ByPolarity:
        break;
    }
    return row.polarity;
}

} // namespace palimpsest::app
