#include "models/label_curve_list_model.h"

#include <algorithm>

#include "bridge/study_session.h"
#include "figures/chance_text.h"
#include "models/number_text.h"

namespace palimpsest::app {

namespace {

ChartModel::Line lineOf(
    const std::vector<std::shared_ptr<const LayerLabels>>& layers, std::size_t set, Selection::Side side)
{
    ChartModel::Line line;
    line.name
        = side == Selection::Base ? LabelCurveListModel::tr("Base") : LabelCurveListModel::tr("Fine-tuned");
    line.palette = ChartModel::SideColor;
    line.colorIndex = side;
    line.dashed = side == Selection::Base;
    for (const auto& layer : layers) {
        const SetMatches& matches = layer->sets[set][static_cast<std::size_t>(side)];
        line.values.push_back(static_cast<double>(matches.aligned));
        line.texts.append(countText(matches.aligned));
        const auto all = static_cast<double>(std::max<std::size_t>(matches.matches.size(), 1));
        line.details.append(
            LabelCurveListModel::tr("%1, %2 of %3 concepts")
                .arg(countText(matches.aligned), percentText(static_cast<double>(matches.aligned) / all),
                    countText(matches.matches.size())));
    }
    return line;
}

/// The mean of both models' chance levels, in a band that holds 95 % of the random partitions of either.
ChartModel::Line chanceLine(const std::vector<std::shared_ptr<const LabelChance>>& chances)
{
    ChartModel::Line line;
    line.name = LabelCurveListModel::tr("By chance");
    line.palette = ChartModel::MutedColor;
    for (const auto& chance : chances) {
        const auto& [base, fineTuned] = *chance;
        line.values.push_back((base.mean + fineTuned.mean) / 2.0);
        line.low.push_back(std::min(base.interval.low, fineTuned.interval.low));
        line.high.push_back(std::max(base.interval.high, fineTuned.interval.high));
        line.texts.append(chanceText(line.values.back()));
        line.details.append(LabelCurveListModel::tr("%1 (base), %2 (fine-tuned)")
                                .arg(chanceText(base.mean), chanceText(fineTuned.mean)));
    }
    return line;
}

} // namespace

void fillLabelCurve(ChartModel& chart, const LabelSession* labels, int set)
{
    std::vector<std::shared_ptr<const LayerLabels>> layers;
    std::vector<std::shared_ptr<const LabelChance>> chances;
    QList<int> numbers;
    const auto index = static_cast<std::size_t>(std::max(set, 0));
    const QList<int> all
        = labels && set >= 0 && set < labels->count() ? labels->study().layers() : QList<int>();
    for (const int number : all) {
        auto layer = labels->layer(number);
        if (!layer || layer->labelSets != labels->sets() || !(*labels->sets())[index].table)
            continue;
        layers.push_back(std::move(layer));
        numbers.append(number);
        if (auto chance = labels->chance(set, number))
            chances.push_back(std::move(chance));
    }
    std::vector<ChartModel::Line> lines;
    if (!layers.empty()) {
        lines.push_back(lineOf(layers, index, Selection::Base));
        lines.push_back(lineOf(layers, index, Selection::FineTuned));
        if (chances.size() == layers.size())
            lines.push_back(chanceLine(chances));
    }
    chart.setLines(LabelCurveListModel::tr("Aligned concepts"), 0.0, numbers, std::move(lines));
}

LabelCurveListModel::LabelCurveListModel(QObject* parent)
    : QAbstractListModel(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &LabelCurveListModel::refreshNext);
}

void LabelCurveListModel::setLabels(const LabelSession* labels)
{
    m_labels = labels;
    const QStringList names = labels ? labels->names() : QStringList();
    QStringList present;
    for (const Entry& entry : m_entries)
        present.append(entry.name);
    if (names != present) {
        beginResetModel();
        for (const Entry& entry : m_entries)
            entry.chart->deleteLater();
        m_entries.clear();
        for (const QString& name : names)
            m_entries.push_back({name, new ChartModel(ChartModel::Lines, this)});
        endResetModel();
        Q_EMIT countChanged();
    }
    refresh(-1);
}

void LabelCurveListModel::refresh(int set)
{
    for (int at = 0; at < count(); ++at) {
        if ((set < 0 || set == at) && std::ranges::find(m_stale, at) == m_stale.end())
            m_stale.push_back(at);
    }
    if (!m_stale.empty())
        m_timer.start();
}

void LabelCurveListModel::refreshNext()
{
    const int set = m_stale.front();
    m_stale.erase(m_stale.begin());
    if (set < count())
        fillLabelCurve(*m_entries[static_cast<std::size_t>(set)].chart, m_labels, set);
    if (!m_stale.empty())
        m_timer.start();
}

int LabelCurveListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant LabelCurveListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Entry& entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return entry.name;
    case ChartRole:
        return QVariant::fromValue(entry.chart);
    default:
        return {};
    }
}

QHash<int, QByteArray> LabelCurveListModel::roleNames() const
{
    return {{NameRole, "name"}, {ChartRole, "chart"}};
}

} // namespace palimpsest::app
