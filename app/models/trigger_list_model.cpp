#include "models/trigger_list_model.h"

#include <QStringList>

#include <algorithm>

#include "figures/trigger_figure.h"
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

QString triggerClassText(const pipeline::TriggerSearch& search, int classIndex)
{
    if (classIndex < 0 || static_cast<std::size_t>(classIndex) >= search.classNames.size())
        return {};
    const auto at = static_cast<std::size_t>(classIndex);
    return namedClassText(search.classNames[at], search.labels[at]);
}

QString searchText(const pipeline::TriggerSearch& search, probe::TriggerPosition position)
{
    return TriggerListModel::tr("%1 sentences of other classes that the model does not call %2; words of %3 "
                                "concepts of layer %4, placed %5")
        .arg(countText(search.sentences.size()), triggerClassText(search, static_cast<int>(search.target)),
            countText(search.polarConcepts), QString::number(search.layer), positionText(position));
}

QString searchOptionsText(const pipeline::TriggerOptions& options)
{
    const QString classes = options.definition == concepts::ClassDefinition::Gold
        ? TriggerListModel::tr("gold classes")
        : options.definition == concepts::ClassDefinition::Predicted
        ? TriggerListModel::tr("predicted classes")
        : TriggerListModel::tr("gold classes where the model is right");
    const QString concepts = options.concepts.empty()
        ? TriggerListModel::tr("all concepts of the class")
        : TriggerListModel::tr("%1 picked concepts").arg(countText(options.concepts.size()));
    const QString sentences = options.sentences == 0
        ? TriggerListModel::tr("all sentences")
        : TriggerListModel::tr("at most %1 sentences").arg(countText(options.sentences));
    return TriggerListModel::tr(
        "layer %1, K = %2, θ = %3, %4, %5, %6 words and %7 phrases tried, %8, seed %9")
        .arg(QString::number(options.layer), countText(options.k), QString::number(options.theta, 'f', 2),
            classes, concepts, countText(options.candidates), countText(options.phrases), sentences,
            QString::number(options.seed));
}

QString comparisonText(const pipeline::TriggerSearch& search)
{
    const auto& groups = search.groups;
    const auto random
        = std::ranges::find(groups, pipeline::TriggerKind::Random, &pipeline::TriggerGroup::kind);
    if (random == groups.end() || random->meanRate <= 0.0)
        return {};
    return TriggerListModel::tr(
        "A word of a polar concept flips %1 times as many sentences as a random word of the same frequency")
        .arg(groups.front().meanRate / random->meanRate, 0, 'f', 1);
}

Figure searchFigure(const pipeline::KeptTriggers& search)
{
    const pipeline::TriggerSearch& found = search.found;
    TriggerBars bars;
    bars.target = triggerClassText(found, static_cast<int>(found.target));
    bars.layer = found.layer;
    bars.sentences = static_cast<qlonglong>(found.sentences.size());
    const auto& words = found.groups.front().rows;
    for (std::size_t at = 0; at < std::min(words.size(), TriggerBars::kMostWords); ++at) {
        const base::Interval interval = words[at].rate.interval();
        bars.bars.push_back(
            {triggerText(words[at].words), words[at].rate.rate(), interval.low, interval.high, false});
    }
    for (const pipeline::TriggerGroup& group : found.groups) {
        bars.bars.push_back(
            {kindText(group.kind), group.meanRate, group.meanInterval.low, group.meanInterval.high, true});
    }
    Figure figure = triggerFigure(bars);
    figure.parameters.append({QStringLiteral("search"), searchOptionsText(search.options)});
    figure.parameters.append({QStringLiteral("linkage"), QString::fromStdString(search.tree.hex())});
    if (!search.current)
        figure.caption += QLatin1Char(' ') + TriggerListModel::tr("Of an earlier run of the study.");
    return figure;
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

QVariant FlippedSentenceModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& sentence = m_search->found.flipped[m_rows[static_cast<std::size_t>(index.row())]];
    switch (role) {
    case OriginalRole:
        return shownText(sentence.original);
    case MarkupRole:
        return markup(sentence);
    case Qt::DisplayRole:
    case ChangedRole:
        return shownText(sentence.changed);
    case ClassIndexRole:
        return sentence.classIndex;
    case ClassNameRole:
        return triggerClassText(m_search->found, sentence.classIndex);
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
