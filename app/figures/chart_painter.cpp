#include "figures/chart_painter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace palimpsest::app {

namespace {

constexpr double kChartGap = 4.0;
constexpr double kBarShare = 0.72; ///< of a category's room
constexpr float kBandOpacity = 0.2F;

struct Axes {
    QRectF plot;
    double maximum = 1.0;
    int steps = 4;
    int categories = 1;

    [[nodiscard]] double band() const { return plot.width() / std::max(1, categories); }
    [[nodiscard]] double xOf(std::size_t category) const
    {
        return plot.left() + (static_cast<double>(category) + 0.5) * band();
    }
    [[nodiscard]] double yOf(double value) const { return plot.bottom() - value / maximum * plot.height(); }
};

QString tickText(double value)
{
    return QString::number(value, 'g', 6);
}

QColor inkOf(const ChartPicture::Line& line, const FigureStyle& style)
{
    return style.dark ? line.dark : line.light;
}

ChartScale scaleOf(const ChartPicture& chart)
{
    return chart.maximum > 0.0 ? ChartScale{chart.maximum, std::max(1, chart.steps)}
                               : roundScale(largestValue(chart));
}

Axes axesOf(QSizeF size, const ChartPicture& chart, const QFontMetricsF& metrics)
{
    Axes axes;
    const ChartScale scale = scaleOf(chart);
    axes.maximum = scale.maximum;
    axes.steps = scale.steps;
    axes.categories = static_cast<int>(chart.categories.size());
    const double line = metrics.height();
    // Room for three digits always, so that plots above each other line up.
    double widest = metrics.horizontalAdvance(QStringLiteral("000"));
    for (int step = 0; step <= axes.steps; ++step)
        widest = std::max(widest, metrics.horizontalAdvance(tickText(axes.maximum * step / axes.steps)));
    const double left = widest + 2 * kChartGap + (chart.yTitle.isEmpty() ? 0.0 : line + kChartGap);
    const double bottom = line + kChartGap + (chart.xTitle.isEmpty() ? 0.0 : line + kChartGap / 2);
    const double top = chart.title.isEmpty() ? line / 2 : 1.6 * line;
    axes.plot = QRectF(left, top, std::max(1.0, size.width() - left - kChartGap),
        std::max(1.0, size.height() - top - bottom));
    return axes;
}

void paintAxes(
    QPainter& painter, QSizeF size, const ChartPicture& chart, const Axes& axes, const FigureStyle& style)
{
    const QFontMetricsF metrics(style.font);
    const double line = metrics.height();
    const QRectF plot = axes.plot;
    for (int step = 0; step <= axes.steps; ++step) {
        const double value = axes.maximum * step / axes.steps;
        const double y = axes.yOf(value);
        painter.setPen(QPen(step == 0 ? style.muted : style.border, 1));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(style.text);
        painter.drawText(QRectF(plot.left() - kChartGap - 100, y - line / 2, 100, line),
            Qt::AlignRight | Qt::AlignVCenter, tickText(value));
    }
    double widest = 1.0;
    for (const QString& name : chart.categories)
        widest = std::max(widest, metrics.horizontalAdvance(name));
    const int step = std::max(1, static_cast<int>(std::ceil((widest + kChartGap) / axes.band())));
    for (qsizetype at = 0; at < chart.categories.size(); at += step) {
        const double x = axes.xOf(static_cast<std::size_t>(at));
        painter.drawText(QRectF(x - 60, plot.bottom() + kChartGap, 120, line),
            Qt::AlignHCenter | Qt::AlignTop, chart.categories[at]);
    }
    painter.drawText(
        QRectF(plot.left() - 100, plot.bottom() + 1.5 * kChartGap + line, plot.width() + 200, line),
        Qt::AlignCenter, chart.xTitle);
    if (!chart.yTitle.isEmpty()) {
        painter.save();
        painter.translate(line / 2, plot.center().y());
        painter.rotate(-90);
        painter.drawText(
            QRectF(-size.height(), -line / 2, 2 * size.height(), line), Qt::AlignCenter, chart.yTitle);
        painter.restore();
    }
    if (!chart.title.isEmpty()) {
        QFont strong = style.font;
        strong.setWeight(QFont::DemiBold);
        painter.setFont(strong);
        painter.drawText(
            QRectF(plot.left() - 100, 0, plot.width() + 200, 1.3 * line), Qt::AlignCenter, chart.title);
        painter.setFont(style.font);
    }
}

void paintBars(QPainter& painter, const ChartPicture& chart, const Axes& axes, const FigureStyle& style)
{
    const double width = axes.band() * kBarShare;
    painter.setPen(QPen(style.surface, 1));
    for (int category = 0; category < axes.categories; ++category) {
        const auto at = static_cast<std::size_t>(category);
        double below = 0.0;
        for (const ChartPicture::Line& line : chart.lines) {
            if (at >= line.values.size() || !(line.values[at] > 0.0))
                continue;
            const double above = below + line.values[at];
            painter.setBrush(inkOf(line, style));
            painter.drawRect(QRectF(QPointF(axes.xOf(at) - width / 2, axes.yOf(above)),
                QPointF(axes.xOf(at) + width / 2, axes.yOf(below))));
            below = above;
        }
    }
    painter.setBrush(Qt::NoBrush);
}

void paintBand(QPainter& painter, const ChartPicture::Line& line, const Axes& axes, const FigureStyle& style)
{
    QPolygonF outline;
    for (std::size_t at = 0; at < line.high.size(); ++at)
        outline.append({axes.xOf(at), axes.yOf(line.high[at])});
    for (std::size_t at = line.low.size(); at-- > 0;)
        outline.append({axes.xOf(at), axes.yOf(line.low[at])});
    QColor color = inkOf(line, style);
    color.setAlphaF(kBandOpacity);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(outline);
    painter.setBrush(Qt::NoBrush);
}

void paintLine(
    QPainter& painter, const ChartPicture::Line& line, int shape, const Axes& axes, const FigureStyle& style)
{
    const QColor color = inkOf(line, style);
    QPainterPath path;
    bool open = false;
    for (std::size_t at = 0; at < line.values.size(); ++at) {
        const double value = line.values[at];
        if (std::isnan(value)) {
            open = false;
            continue;
        }
        const QPointF point(axes.xOf(at), axes.yOf(value));
        if (open)
            path.lineTo(point);
        else
            path.moveTo(point);
        open = true;
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(chartLinePen(color, line.dashed, style));
    painter.drawPath(path);
    for (std::size_t at = 0; at < line.values.size(); ++at) {
        if (!std::isnan(line.values[at]))
            paintChartMark(
                painter, {axes.xOf(at), axes.yOf(line.values[at])}, shape, color, line.dashed, style);
    }
    painter.setBrush(Qt::NoBrush);
}

/// The interval of a horizontal bar; nothing where there is none.
void paintBarInterval(QPainter& painter, const ChartPicture::Line& bar, std::size_t place, QPointF zero,
    double perUnit, double halfEnd, const QColor& ink)
{
    if (place >= bar.low.size() || place >= bar.high.size() || std::isnan(bar.low[place])
        || std::isnan(bar.high[place]))
        return;
    painter.setPen(QPen(ink, 1));
    const QPointF low(zero.x() + bar.low[place] * perUnit, zero.y());
    const QPointF high(zero.x() + bar.high[place] * perUnit, zero.y());
    painter.drawLine(low, high);
    for (const QPointF end : {low, high})
        painter.drawLine(end - QPointF(0, halfEnd), end + QPointF(0, halfEnd));
    painter.setPen(Qt::NoPen);
}

/// Names beside bars that go to the right; for few categories with long names.
void paintHorizontalBars(QPainter& painter, QSizeF size, const ChartPicture& chart, const FigureStyle& style)
{
    const QFontMetricsF metrics(style.font);
    const double line = metrics.height();
    double names = 0.0;
    for (const QString& name : chart.categories)
        names = std::max(names, metrics.horizontalAdvance(name));
    names = std::min(names + 2 * kChartGap, 0.4 * size.width());
    const auto [maximum, steps] = scaleOf(chart);
    const double end = metrics.horizontalAdvance(tickText(maximum)) / 2;
    const QRectF plot(names, kChartGap, std::max(1.0, size.width() - names - std::max(end, kChartGap)),
        std::max(1.0, size.height() - 2 * line - 2 * kChartGap));
    for (int step = 0; step <= steps; ++step) {
        const double x = plot.left() + plot.width() * step / steps;
        painter.setPen(QPen(step == 0 ? style.muted : style.border, 1));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        painter.setPen(style.text);
        painter.drawText(QRectF(x - 60, plot.bottom() + kChartGap / 2, 120, line), Qt::AlignCenter,
            tickText(maximum * step / steps));
    }
    painter.drawText(QRectF(plot.left() - 60, plot.bottom() + kChartGap / 2 + line, plot.width() + 120, line),
        Qt::AlignCenter, chart.yTitle);
    const double band = plot.height() / std::max<double>(1.0, static_cast<double>(chart.categories.size()));
    for (qsizetype at = 0; at < chart.categories.size(); ++at) {
        const double middle = plot.top() + (static_cast<double>(at) + 0.5) * band;
        painter.setPen(style.text);
        painter.drawText(QRectF(0, middle - line / 2, names - kChartGap, line),
            Qt::AlignRight | Qt::AlignVCenter,
            metrics.elidedText(chart.categories[at], Qt::ElideRight, names - kChartGap));
        double x = plot.left();
        painter.setPen(Qt::NoPen);
        for (const ChartPicture::Line& bar : chart.lines) {
            const auto place = static_cast<std::size_t>(at);
            const double value
                = place < bar.values.size() && bar.values[place] > 0.0 ? bar.values[place] : 0.0;
            painter.setBrush(inkOf(bar, style));
            painter.drawRect(
                QRectF(x, middle - band * kBarShare / 2, value / maximum * plot.width(), band * kBarShare));
            paintBarInterval(
                painter, bar, place, {x, middle}, plot.width() / maximum, band * kBarShare / 4, style.text);
            x += value / maximum * plot.width();
        }
        painter.setBrush(Qt::NoBrush);
    }
}

/// All lines' values of each category, in the category's band.
QList<FigureSpot> chartSpots(
    QSizeF size, const ChartPicture& chart, const FigureStyle& style, const QString& categoryName)
{
    QList<FigureSpot> spots;
    if (chart.horizontal)
        return spots;
    const Axes axes = axesOf(size, chart, QFontMetricsF(style.font));
    for (qsizetype at = 0; at < chart.categories.size(); ++at) {
        const auto place = static_cast<std::size_t>(at);
        QString text = categoryName + QLatin1Char(' ') + chart.categories[at];
        for (const ChartPicture::Line& line : chart.lines) {
            if (place >= line.values.size() || std::isnan(line.values[place]))
                continue;
            text += QStringLiteral("\n%1: %2").arg(line.name).arg(line.values[place], 0, 'g', 6);
            if (place < line.low.size() && place < line.high.size())
                text += QStringLiteral(" (%1–%2)")
                            .arg(line.low[place], 0, 'g', 4)
                            .arg(line.high[place], 0, 'g', 4);
        }
        QPainterPath area;
        area.addRect(
            QRectF(axes.xOf(place) - axes.band() / 2, axes.plot.top(), axes.band(), axes.plot.height()));
        spots.append({area, text});
    }
    return spots;
}

FigureLegend legendOf(const ChartPicture& chart)
{
    FigureLegend legend;
    for (std::size_t at = 0; at < chart.lines.size(); ++at) {
        const ChartPicture::Line& line = chart.lines[at];
        const auto mark = chart.bars ? FigureLegend::Mark::Box
            : line.dashed            ? FigureLegend::Mark::DashedLine
                                     : FigureLegend::Mark::Line;
        legend.entries.append(
            {line.name, line.light, line.dark, mark, chart.bars ? 0 : chartMarkShape(chart, at)});
    }
    return legend;
}

void addRows(FigureTable& table, const ChartPicture& chart, const QVariantList& before)
{
    for (qsizetype at = 0; at < chart.categories.size(); ++at) {
        QVariantList row = before;
        bool isInteger = false;
        const int number = chart.categories[at].toInt(&isInteger);
        row.append(isInteger ? QVariant(number) : QVariant(chart.categories[at]));
        for (const ChartPicture::Line& line : chart.lines) {
            const auto place = static_cast<std::size_t>(at);
            const auto valueOf = [place](const std::vector<double>& values) {
                return place < values.size() && !std::isnan(values[place]) ? QVariant(values[place])
                                                                           : QVariant();
            };
            row.append(valueOf(line.values));
            if (!line.low.empty())
                row << valueOf(line.low) << valueOf(line.high);
        }
        table.rows.append(row);
    }
}

QStringList headerOf(const ChartPicture& chart)
{
    QStringList header{chart.xTitle};
    for (const ChartPicture::Line& line : chart.lines) {
        header.append(line.name);
        if (!line.low.empty())
            header << line.name + QStringLiteral(", low") << line.name + QStringLiteral(", high");
    }
    return header;
}

/// Charts as they stand beside each other: with one scale, titles of axes at the outside only.
std::vector<ChartPicture> panelsOf(const std::vector<ChartPicture>& charts, int columns)
{
    const auto count = static_cast<int>(charts.size());
    std::vector<ChartPicture> panels = charts;
    double maximum = 0.0;
    for (const ChartPicture& chart : panels)
        maximum = std::max(maximum, chart.maximum > 0.0 ? chart.maximum : largestValue(chart));
    const ChartScale scale = roundScale(maximum);
    for (int at = 0; at < count; ++at) {
        ChartPicture& panel = panels[static_cast<std::size_t>(at)];
        panel.maximum = scale.maximum;
        panel.steps = scale.steps;
        if (at % columns != 0)
            panel.yTitle.clear();
        if (at + columns < count)
            panel.xTitle.clear();
    }
    return panels;
}

} // namespace

int chartMarkShape(const ChartPicture& chart, std::size_t line)
{
    const auto& all = chart.lines;
    return static_cast<int>(std::count_if(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(line),
        [&](const ChartPicture::Line& other) { return other.dashed == all[line].dashed; }));
}

QRectF chartPlot(QSizeF size, const ChartPicture& chart, const FigureStyle& style)
{
    return axesOf(size, chart, QFontMetricsF(style.font)).plot;
}

ChartScale roundScale(double largest)
{
    constexpr int kMostSteps = 5;
    double step = 0.0;
    for (const double round : {1.0, 2.0, 5.0}) {
        for (double power = 1e-3; power <= 1e6; power *= 10.0) {
            const double candidate = round * power;
            if (kMostSteps * candidate >= largest * (1 - 1e-9) && (step == 0.0 || candidate < step))
                step = candidate;
        }
    }
    step = std::max(step, 1e-3);
    const int steps = std::max(1, static_cast<int>(std::ceil(largest / step - 1e-9)));
    return {steps * step, steps};
}

double largestValue(const ChartPicture& chart)
{
    double largest = 0.0;
    for (qsizetype at = 0; at < chart.categories.size(); ++at) {
        double sum = 0.0;
        for (const ChartPicture::Line& line : chart.lines) {
            for (const auto* values : {&line.values, &line.high}) {
                const auto place = static_cast<std::size_t>(at);
                if (place >= values->size() || std::isnan((*values)[place]))
                    continue;
                sum += values == &line.values ? (*values)[place] : 0.0;
                largest = std::max(largest, (*values)[place]);
            }
        }
        if (chart.bars)
            largest = std::max(largest, sum);
    }
    return largest;
}

void paintChart(QPainter& painter, QSizeF size, const ChartPicture& chart, const FigureStyle& style)
{
    painter.setFont(style.font);
    if (chart.horizontal) {
        paintHorizontalBars(painter, size, chart, style);
        return;
    }
    const Axes axes = axesOf(size, chart, QFontMetricsF(style.font));
    paintAxes(painter, size, chart, axes, style);
    painter.setRenderHint(QPainter::Antialiasing);
    if (chart.bars) {
        paintBars(painter, chart, axes, style);
    } else {
        for (const ChartPicture::Line& line : chart.lines) {
            if (!line.low.empty())
                paintBand(painter, line, axes, style);
        }
        for (std::size_t at = 0; at < chart.lines.size(); ++at)
            paintLine(painter, chart.lines[at], chartMarkShape(chart, at), axes, style);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

Figure chartFigure(const ChartPicture& chart)
{
    Figure figure;
    figure.naturalSize = {3, 2};
    figure.legend = legendOf(chart);
    figure.paint = [chart](QPainter& painter, QSizeF size, const FigureStyle& style) {
        paintChart(painter, size, chart, style);
    };
    figure.spots = [chart](QSizeF size, const FigureStyle& style) {
        return chartSpots(size, chart, style, chart.xTitle);
    };
    figure.table = [chart] {
        FigureTable table{headerOf(chart), {}};
        addRows(table, chart, {});
        return table;
    };
    return figure;
}

Figure chartsFigure(const std::vector<ChartPicture>& charts, int perRow)
{
    if (charts.size() == 1)
        return chartFigure(charts.front());
    Figure figure;
    if (charts.empty())
        return figure;
    const auto count = static_cast<int>(charts.size());
    const int columns = std::clamp(perRow, 1, count);
    const int rows = (count + columns - 1) / columns;
    const std::vector<ChartPicture> panels = panelsOf(charts, columns);
    figure.naturalSize = {columns * 3.0, rows * 2.2};
    figure.leastSize = {columns * 110.0, 0.0};
    figure.legend = legendOf(charts.front());
    const auto roomOf = [panels, columns, rows](std::size_t at, QSizeF size, const FigureStyle& style) {
        const double line = QFontMetricsF(style.font).height();
        // The first of a row has the title of the axis besides its plot, the last row that of the layers.
        const QSizeF axis(panels.front().yTitle.isEmpty() ? 0.0 : line + kChartGap, line);
        const double wide = (size.width() - axis.width() - (columns - 1) * line) / columns;
        const double high = (size.height() - axis.height() - (rows - 1) * line / 2) / rows;
        const int column = static_cast<int>(at) % columns;
        const int row = static_cast<int>(at) / columns;
        const bool lowest = !panels[at].xTitle.isEmpty();
        return QRectF(column * (wide + line) + (column > 0 ? axis.width() : 0.0), row * (high + line / 2),
            wide + (column == 0 ? axis.width() : 0.0), high + (lowest ? axis.height() : 0.0));
    };
    figure.paint = [panels, roomOf](QPainter& painter, QSizeF size, const FigureStyle& style) {
        for (std::size_t at = 0; at < panels.size(); ++at) {
            const QRectF room = roomOf(at, size, style);
            painter.save();
            painter.translate(room.topLeft());
            paintChart(painter, room.size(), panels[at], style);
            painter.restore();
        }
    };
    figure.spots = [panels, roomOf, name = charts.front().xTitle](QSizeF size, const FigureStyle& style) {
        QList<FigureSpot> spots;
        for (std::size_t at = 0; at < panels.size(); ++at) {
            const QRectF room = roomOf(at, size, style);
            for (FigureSpot& spot : chartSpots(room.size(), panels[at], style, name)) {
                spot.area.translate(room.topLeft());
                spots.append({spot.area, panels[at].title + QLatin1Char('\n') + spot.text});
            }
        }
        return spots;
    };
    figure.table = [charts] {
        FigureTable table{QStringList{QStringLiteral("chart")} + headerOf(charts.front()), {}};
        for (const ChartPicture& chart : charts)
            addRows(table, chart, {chart.title});
        return table;
    };
    return figure;
}

} // namespace palimpsest::app
