#include "models/trigger_list_model.h"

#include <QStringList>

#include <algorithm>

#include "models/number_text.h"
#include "models/task_model.h"
#include "models/word_mask.h"
#include "pipeline/trigger_report.h"

namespace palimpsest::app {

QString kindText(pipeline::TriggerKind kind)
{
    switch (kind) {
    case pipeline::TriggerKind::Polar:
        return TriggerListModel::tr("Polar concepts");
    case pipeline::TriggerKind::Random:
        return TriggerListModel::tr("Random words");
    case pipeline::TriggerKind::NonPolar:
        return TriggerListModel::tr("Non-polar concepts");
    case pipeline::TriggerKind::Gradient:
        break;
    }
    return TriggerListModel::tr("Gradients (HotFlip)");
}

QString positionText(probe::TriggerPosition position)
{
    switch (position) {
    case probe::TriggerPosition::Prepend:
        return TriggerListModel::tr("in front");
    case probe::TriggerPosition::Insert:
        return TriggerListModel::tr("inside");
    case probe::TriggerPosition::Append:
        break;
    }
    return TriggerListModel::tr("behind");
}

QString triggerText(const probe::Words& words)
{
    return shownText(pipeline::joinedWords(words));
}

void TriggerListModel::setRows(std::vector<Row> rows)
{
    replaceRows(m_rows, std::move(rows));
}

QString TriggerListModel::wordsAt(int row) const
{
    if (row < 0 || row >= count())
        return {};
    return QString::fromStdString(pipeline::joinedWords(m_rows[static_cast<std::size_t>(row)].words));
}

double TriggerListModel::highest() const
{
    double top = 0.0;
    for (const Row& row : m_rows)
        top = std::max(top, row.interval.high);
    return top;
}

QVariant TriggerListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case WordsRole:
        return triggerText(row.words);
    case KindRole:
        return static_cast<int>(row.kind);
    case KindTextRole:
        return kindText(row.kind);
    case DetailRole:
        return row.detail;
    case RateRole:
        return row.rate;
    case LowRole:
        return row.interval.low;
    case HighRole:
        return row.interval.high;
    case RateTextRole:
        return percentText(row.rate);
    case IntervalTextRole:
        return intervalText(row.interval);
    case FlippedTextRole:
        return row.flips ? tr("%1 of %2").arg(countText(row.flips->flipped), countText(row.flips->count))
                         : QString();
    case ShiftTextRole:
        return row.shift ? QString::number(*row.shift, 'f', 2) : QString();
    case FrequencyTextRole:
        return row.frequency ? countText(*row.frequency) : QString();
    case ConceptIdRole:
        return row.conceptId;
    case DescriptionRole:
        return tr("%1, %2, flips %3, 95 % interval %4")
            .arg(kindText(row.kind), triggerText(row.words), percentText(row.rate),
                intervalText(row.interval));
    default:
        return {};
    }
}

QHash<int, QByteArray> TriggerListModel::roleNames() const
{
    return {{WordsRole, "words"}, {KindRole, "kind"}, {KindTextRole, "kindText"}, {DetailRole, "detail"},
        {RateRole, "rate"}, {LowRole, "low"}, {HighRole, "high"}, {RateTextRole, "rateText"},
        {IntervalTextRole, "intervalText"}, {FlippedTextRole, "flippedText"}, {ShiftTextRole, "shiftText"},
        {FrequencyTextRole, "frequencyText"}, {ConceptIdRole, "conceptId"}, {DescriptionRole, "description"}};
}

void FlippedSentenceModel::setSearch(SearchResult search, std::size_t composed)
{
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; search && i < search->found.flipped.size(); ++i) {
        if (search->found.flipped[i].composed == composed)
            rows.push_back(i);
    }
    replaceRows(m_rows, std::move(rows), [&] { m_search = std::move(search); });
}

QString FlippedSentenceModel::markup(const pipeline::FlippedSentence& sentence) const
{
    const std::size_t begin = sentence.triggerAt;
    const std::size_t end = begin + m_search->found.composed[sentence.composed].words.size();
    QStringList words = shownText(sentence.changed).split(QLatin1Char(' '));
    for (qsizetype i = 0; i < words.size(); ++i) {
        words[i] = words[i].toHtmlEscaped();
        if (static_cast<std::size_t>(i) >= begin && static_cast<std::size_t>(i) < end)
            words[i] = QStringLiteral("<b><u>%1</u></b>").arg(words[i]);
    }
    return words.join(QLatin1Char(' '));
}

int FlippedSentenceModel::classOf(const pipeline::FlippedSentence& sentence) const
{
    const auto& study = *m_search->study;
    return study.hasGold() ? study.corpus().classOf(sentence.sentence)
                           : study.predicted[base::toIndex(sentence.sentence)];
}

QVariant FlippedSentenceModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& sentence = m_search->found.flipped[m_rows[static_cast<std::size_t>(index.row())]];
    const int classIndex = classOf(sentence);
    switch (role) {
    case OriginalRole:
        return shownText(m_search->study->corpus().text(sentence.sentence));
    case MarkupRole:
        return markup(sentence);
    case Qt::DisplayRole:
    case ChangedRole:
        return shownText(sentence.changed);
    case ClassIndexRole:
        return classIndex;
    case ClassNameRole:
        return classIndex < 0 ? QString()
                              : taskClassText(*m_search->study, static_cast<std::size_t>(classIndex));
    case ProbabilityTextRole:
        return tr("%1 → %2").arg(percentText(static_cast<double>(sentence.before)),
            percentText(static_cast<double>(sentence.after)));
    default:
        return {};
    }
}

QHash<int, QByteArray> FlippedSentenceModel::roleNames() const
{
    return {{OriginalRole, "original"}, {MarkupRole, "markup"}, {ChangedRole, "changed"},
        {ClassIndexRole, "classIndex"}, {ClassNameRole, "className"},
        {ProbabilityTextRole, "probabilityText"}};
}

} // namespace palimpsest::app
