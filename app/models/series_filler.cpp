#include "models/series_filler.h"

#include <QtCharts/QAreaSeries>
#include <QtCharts/QBarCategoryAxis>
#include <QtCharts/QBarSet>
#include <QtCharts/QLineSeries>
#include <QtCharts/QScatterSeries>
#include <QtCharts/QStackedBarSeries>
#include <QtCharts/QValueAxis>

#include <algorithm>
#include <numeric>

namespace palimpsest::app {

namespace {

constexpr qreal kMarkerSize = 8.0;
constexpr qreal kBarWidth = 0.72;
constexpr float kBandOpacity = 0.22F;

QList<QPointF> pointsOf(const std::vector<double>& values)
{
    QList<QPointF> points;
    for (std::size_t i = 0; i < values.size(); ++i)
        points.append({static_cast<qreal>(i), values[i]});
    return points;
}

QStringList namesOf(const ChartModel& model)
{
    QStringList names;
    for (const auto& line : model.lines())
        names.append(line.name);
    return names;
}

} // namespace

SeriesFiller::SeriesFiller(QObject* parent)
    : QObject(parent)
{
    connect(this, &SeriesFiller::inputChanged, this, &SeriesFiller::rebuild);
    connect(this, &SeriesFiller::styleChanged, this, &SeriesFiller::rebuild);
}

void SeriesFiller::setAnchor(QAbstractSeries* anchor)
{
    if (m_anchor == anchor)
        return;
    m_anchor = anchor;
    Q_EMIT inputChanged();
}

void SeriesFiller::setChart(ChartModel* chart)
{
    if (m_model == chart)
        return;
    if (m_model)
        m_model->disconnect(this);
    m_model = chart;
    if (chart)
        connect(chart, &ChartModel::changed, this, &SeriesFiller::refill);
    Q_EMIT inputChanged();
}

void SeriesFiller::setActive(bool active)
{
    if (m_active == active)
        return;
    m_active = active;
    if (m_active && m_rebuildWaits)
        rebuild();
    else if (m_active && m_refillWaits)
        refill();
    Q_EMIT activeChanged();
}

void SeriesFiller::rebuild()
{
    m_rebuildWaits = !m_active;
    if (m_rebuildWaits)
        return;
    m_refillWaits = false;
    QChart* chart = m_anchor ? m_anchor->chart() : nullptr;
    if (!chart || !m_model)
        return;
    const auto present = chart->series();
    for (QAbstractSeries* series : present) {
        if (series != m_anchor) {
            chart->removeSeries(series);
            series->deleteLater();
        }
    }
    const auto axes = chart->axes();
    for (QAbstractAxis* axis : axes) {
        chart->removeAxis(axis);
        axis->deleteLater();
    }
    m_drawnNames = namesOf(*m_model);
    m_drawnLayers = m_model->layerNames();
    if (m_drawnLayers.isEmpty())
        return;
    addAxes(*chart);
    if (m_model->kind() == ChartModel::StackedBars)
        addBars(*chart);
    else {
        addBands(*chart); // behind the lines
        addLines(*chart);
    }
}

void SeriesFiller::refill()
{
    m_refillWaits = !m_active;
    if (m_refillWaits)
        return;
    QChart* chart = m_anchor ? m_anchor->chart() : nullptr;
    if (!chart || !m_model)
        return;
    if (m_drawnNames != namesOf(*m_model) || m_drawnLayers != m_model->layerNames()) {
        rebuild();
        return;
    }
    const auto& lines = m_model->lines();
    std::size_t at = 0;
    std::size_t band = 0;
    const auto all = chart->series();
    for (QAbstractSeries* series : all) {
        if (auto* bars = qobject_cast<QStackedBarSeries*>(series)) {
            for (QBarSet* set : bars->barSets()) {
                const auto& values = lines[at++].values;
                for (std::size_t i = 0; i < values.size(); ++i)
                    set->replace(static_cast<int>(i), values[i]);
            }
        } else if (auto* area = qobject_cast<QAreaSeries*>(series)) {
            while (band < lines.size() && lines[band].low.empty())
                ++band;
            if (band < lines.size()) {
                area->lowerSeries()->replace(pointsOf(lines[band].low));
                area->upperSeries()->replace(pointsOf(lines[band].high));
            }
            ++band;
        } else if (auto* points = qobject_cast<QXYSeries*>(series); points && points != m_anchor) {
            // Each line is followed by its marks.
            points->replace(pointsOf(lines[at].values));
            if (qobject_cast<QScatterSeries*>(series))
                ++at;
        }
    }
    for (QAbstractAxis* axis : chart->axes(Qt::Vertical)) {
        axis->setRange(0.0, axisMaximum());
        axis->setTitleText(m_model->yTitle());
    }
}

void SeriesFiller::addAxes(QChart& chart)
{
    auto* layers = new QBarCategoryAxis;
    layers->append(m_drawnLayers);
    layers->setTitleText(m_model->xTitle());
    layers->setGridLineVisible(false);
    auto* values = new QValueAxis;
    values->setTitleText(m_model->yTitle());
    values->setRange(0.0, axisMaximum());
    values->setTickCount(5);
    values->setLabelFormat(QStringLiteral("%d"));
    QFont font;
    font.setPixelSize(m_textSize);
    for (QAbstractAxis* axis : {static_cast<QAbstractAxis*>(layers), static_cast<QAbstractAxis*>(values)}) {
        axis->setLabelsFont(font);
        axis->setTitleFont(font);
        axis->setLabelsColor(m_textColor);
        axis->setTitleBrush(m_textColor);
        axis->setLinePen(QPen(m_gridColor, 1.0));
        axis->setGridLinePen(QPen(m_gridColor, 1.0));
    }
    chart.addAxis(layers, Qt::AlignBottom);
    chart.addAxis(values, Qt::AlignLeft);
}

void SeriesFiller::addBands(QChart& chart)
{
    const auto axes = chart.axes();
    for (const auto& line : m_model->lines()) {
        if (line.low.empty())
            continue;
        auto* area = new QAreaSeries;
        auto* lower = new QLineSeries(area);
        auto* upper = new QLineSeries(area);
        lower->replace(pointsOf(line.low));
        upper->replace(pointsOf(line.high));
        area->setLowerSeries(lower);
        area->setUpperSeries(upper);
        QColor color = colorOf(line);
        color.setAlphaF(kBandOpacity);
        area->setColor(color);
        area->setPen(Qt::NoPen);
        chart.addSeries(area);
        for (QAbstractAxis* axis : axes)
            area->attachAxis(axis);
    }
}

void SeriesFiller::addLines(QChart& chart)
{
    const auto axes = chart.axes();
    for (const auto& line : m_model->lines()) {
        const QColor color = colorOf(line);
        auto* path = new QLineSeries;
        QPen pen(color, 2.0, line.dashed ? Qt::DashLine : Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        path->setPen(pen);
        auto* marks = new QScatterSeries;
        marks->setMarkerSize(kMarkerSize);
        marks->setColor(line.dashed ? m_surfaceColor : color);
        marks->setBorderColor(color);
        marks->setPen(QPen(color, 1.5));
        for (QXYSeries* series : {static_cast<QXYSeries*>(path), static_cast<QXYSeries*>(marks)}) {
            series->replace(pointsOf(line.values));
            chart.addSeries(series);
            for (QAbstractAxis* axis : axes)
                series->attachAxis(axis);
        }
    }
}

void SeriesFiller::addBars(QChart& chart)
{
    auto* bars = new QStackedBarSeries;
    bars->setBarWidth(kBarWidth);
    for (const auto& line : m_model->lines()) {
        auto* set = new QBarSet(line.name);
        set->setBrush(colorOf(line));
        set->setPen(QPen(m_surfaceColor, 1.0));
        set->append(QList<qreal>(line.values.begin(), line.values.end()));
        bars->append(set);
    }
    chart.addSeries(bars);
    const auto axes = chart.axes();
    for (QAbstractAxis* axis : axes)
        bars->attachAxis(axis);
}

double SeriesFiller::axisMaximum() const
{
    if (m_model->maximum() > 0.0)
        return m_model->maximum();
    double largest = 0.0;
    for (const auto& line : m_model->lines())
        largest = std::accumulate(line.values.begin(), line.values.end(), largest,
            [](double a, double b) { return std::max(a, b); });
    // Four equal steps of a round number of concepts.
    double step = 1.0;
    for (const double round : {1.0, 2.0, 5.0}) {
        for (double power = 1.0; power <= 1e6; power *= 10.0) {
            const double candidate = round * power;
            if (4.0 * candidate >= largest && (4.0 * step < largest || candidate < step))
                step = candidate;
        }
    }
    return 4.0 * step;
}

QColor SeriesFiller::colorOf(const ChartModel::Line& line) const
{
    const auto pick = [&](const QList<QColor>& colors) {
        return colors.isEmpty() ? m_textColor : colors[line.colorIndex % colors.size()];
    };
    switch (line.palette) {
    case ChartModel::StatusColor:
        return pick(m_statusColors);
    case ChartModel::ClassColor:
        return pick(m_classColors);
    case ChartModel::MutedColor:
        return m_mutedColor;
    case ChartModel::SideColor:
        break;
    }
    return line.colorIndex == 0 ? m_baseColor : m_fineTunedColor;
}

} // namespace palimpsest::app
