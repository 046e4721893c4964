#include "figures/flow_painter.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace palimpsest::app {

namespace {

constexpr double kBlockWidth = 16.0;
constexpr double kFlowGap = 6.0;

double columnX(const QRectF& plot, const FlowPicture& picture, double column)
{
    const auto steps = static_cast<double>(picture.flow->columns.size() - 1);
    return steps < 1 ? plot.left() : plot.left() + (plot.width() - kBlockWidth) * column / steps;
}

double yOf(const QRectF& plot, double share)
{
    return plot.top() + plot.height() * share;
}

QPainterPath ribbonPath(
    const QRectF& plot, const FlowPicture& picture, std::size_t column, const layout::AlluvialRibbon& ribbon)
{
    const double left = columnX(plot, picture, static_cast<double>(column)) + kBlockWidth;
    const double right = columnX(plot, picture, static_cast<double>(column) + 1);
    const double third = (right - left) / 3; // x runs evenly, which flowPlaceAt() relies on
    QPainterPath path(QPointF(left, yOf(plot, ribbon.from.top)));
    path.cubicTo(left + third, yOf(plot, ribbon.from.top), right - third, yOf(plot, ribbon.to.top), right,
        yOf(plot, ribbon.to.top));
    path.lineTo(right, yOf(plot, ribbon.to.bottom));
    path.cubicTo(right - third, yOf(plot, ribbon.to.bottom), left + third, yOf(plot, ribbon.from.bottom),
        left, yOf(plot, ribbon.from.bottom));
    path.closeSubpath();
    return path;
}

QString countLabel(std::uint32_t count)
{
    return QLocale(QLocale::English, QLocale::UnitedStates).toString(count); // as everywhere in figures
}

/// Names beside a block: outside at the first and the last column, else over the ribbons where they fit.
void paintBlockName(QPainter& painter, const QRectF& plot, const FlowPicture& picture, int column, int group,
    const FigureStyle& style, const QRectF& room)
{
    const QFontMetricsF metrics(painter.font());
    const double line = metrics.height();
    const QRectF block = flowBlock(plot, picture, column, group);
    const auto& data = picture.flow->columns[static_cast<std::size_t>(column)];
    const auto at = static_cast<std::size_t>(group);
    const int last = static_cast<int>(picture.flow->columns.size()) - 1;
    const bool outside = column == 0 || column == last;
    if (!outside && block.height() < line)
        return;
    const bool before = column == 0;
    const double from = before ? room.left() : block.right() + kFlowGap;
    const double width = outside
        ? (before ? block.left() - kFlowGap - room.left() : room.right() - block.right() - kFlowGap)
        : columnX(plot, picture, column + 1) - block.right() - 2 * kFlowGap;
    const Qt::Alignment side = before ? Qt::AlignRight : Qt::AlignLeft;
    const QString name = picture.groupNames.value(group);
    const QString numbers = countLabel(data.occurrences[at]);
    if (!outside && metrics.horizontalAdvance(name) > width)
        return; // the ends of the same group say it in full
    const double middle = block.center().y();
    const bool twoLines = outside && block.height() >= 2 * line;
    painter.setPen(style.text);
    const QString text = outside && !twoLines ? name + QStringLiteral("  ") + numbers : name;
    painter.drawText(QRectF(from, middle - (twoLines ? line : line / 2), width, line),
        side | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, width));
    if (!twoLines)
        return;
    painter.setPen(style.muted);
    painter.drawText(QRectF(from, middle, width, line), side | Qt::AlignVCenter,
        metrics.elidedText(numbers, Qt::ElideRight, width));
}

/// Where many layers stand close together the first heading is said in full, the others are numbers.
void paintHeadings(
    QPainter& painter, const QRectF& plot, const FlowPicture& picture, const FigureStyle& style)
{
    QFont strong = style.font;
    strong.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(strong);
    double widest = 0.0;
    for (const QString& title : picture.columnTitles)
        widest = std::max(widest, metrics.horizontalAdvance(title));
    const auto columns = static_cast<int>(picture.flow->columns.size());
    const double step = columnX(plot, picture, 1) - columnX(plot, picture, 0);
    const bool brief = columns > 2 && widest + kFlowGap > step;
    painter.setFont(strong);
    for (int column = 0; column < columns; ++column) {
        const auto& data = picture.flow->columns[static_cast<std::size_t>(column)];
        const double x = columnX(plot, picture, column) + kBlockWidth / 2;
        const bool first = brief && column == 0;
        painter.setPen(modelColor(data.fineTuned, style.dark));
        painter.drawText(QRectF(x - 150, 0, first ? 150 + kBlockWidth / 2 : 300, metrics.height()),
            (first ? Qt::AlignRight : Qt::AlignHCenter) | Qt::AlignVCenter | Qt::TextDontClip,
            brief && !first ? QString::number(data.layer) : picture.columnTitles.value(column));
    }
    painter.setFont(style.font);
}

void paintRibbons(QPainter& painter, const QRectF& plot, const FlowPicture& picture, const FigureStyle& style)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const auto& flow = *picture.flow;
    for (std::size_t i = 0; i < flow.ribbons.size(); ++i) {
        QColor color = flowColor(flow, static_cast<int>(flow.ribbons[i].from), style.dark);
        color.setAlphaF(picture.lineage ? 0.35F : 0.45F);
        painter.setBrush(color);
        painter.drawPath(flowRibbon(plot, picture, i));
    }
    if (!picture.lineage)
        return;
    const auto parts = layout::partsOf(flow, *picture.alluvial, picture.lineage->ribbons);
    painter.setBrush(style.accent);
    painter.setPen(QPen(style.accent, 1)); // a concept of few occurrences is less than a pixel high
    for (std::size_t i = 0; i < parts.size(); ++i)
        painter.drawPath(ribbonPath(plot, picture, picture.lineage->ribbons[i].column, parts[i]));
}

} // namespace

QColor flowColor(const align::Flow& flow, int group, bool dark)
{
    if (flow.grouping == align::FlowGrouping::Status)
        return statusColor(static_cast<align::Status>(group));
    const auto groups = static_cast<int>(flow.columns.front().occurrences.size());
    return group == groups - 1 ? QColor(dark ? 0x85 : 0x99, dark ? 0x88 : 0x99, dark ? 0x8c : 0x99)
                               : classColor(group, dark);
}

QRectF flowPlot(QSizeF size, const FlowPicture& picture, const FigureStyle& style)
{
    const QFontMetricsF metrics(style.font);
    const double line = metrics.height();
    double names = 0.0;
    for (const QString& name : picture.groupNames)
        names = std::max(names, metrics.horizontalAdvance(name + QStringLiteral("  250,000")));
    names = std::min(names + 2 * kFlowGap, size.width() / 4);
    const double top = 2 * line;
    return {
        names, top, std::max(0.0, size.width() - 2 * names), std::max(0.0, size.height() - top - 0.5 * line)};
}

QRectF flowBlock(const QRectF& plot, const FlowPicture& picture, int column, int group)
{
    const layout::Span& span
        = picture.alluvial->blocks[static_cast<std::size_t>(column)][static_cast<std::size_t>(group)];
    return {columnX(plot, picture, column), yOf(plot, span.top), kBlockWidth, span.height() * plot.height()};
}

QPainterPath flowRibbon(const QRectF& plot, const FlowPicture& picture, std::size_t ribbon)
{
    return ribbonPath(plot, picture, picture.flow->ribbons[ribbon].column, picture.alluvial->ribbons[ribbon]);
}

FlowPlace flowPlaceAt(const QRectF& plot, const FlowPicture& picture, QPointF point)
{
    if (picture.isEmpty() || plot.height() < 1)
        return {};
    const auto columns = static_cast<int>(picture.flow->columns.size());
    for (int column = 0; column < columns; ++column) {
        const auto groups
            = static_cast<int>(picture.flow->columns[static_cast<std::size_t>(column)].occurrences.size());
        for (int group = 0; group < groups; ++group) {
            const QRectF block = flowBlock(plot, picture, column, group);
            if (block.height() > 0 && block.adjusted(-2, -1, 2, 1).contains(point))
                return {column, group, -1};
        }
    }
    // The last one painted lies on top.
    for (std::size_t i = picture.flow->ribbons.size(); i-- > 0;) {
        const align::FlowRibbon& ribbon = picture.flow->ribbons[i];
        const double left = columnX(plot, picture, static_cast<double>(ribbon.column)) + kBlockWidth;
        const double right = columnX(plot, picture, static_cast<double>(ribbon.column) + 1);
        const double t = (point.x() - left) / (right - left);
        if (t < 0.0 || t > 1.0)
            continue;
        const layout::AlluvialRibbon& ends = picture.alluvial->ribbons[i];
        const double ease = t * t * (3 - 2 * t);
        const double top = yOf(plot, ends.from.top + (ends.to.top - ends.from.top) * ease);
        const double bottom = yOf(plot, ends.from.bottom + (ends.to.bottom - ends.from.bottom) * ease);
        if (point.y() >= top - 1 && point.y() <= bottom + 1)
            return {
                static_cast<int>(ribbon.column), static_cast<int>(ribbon.from), static_cast<int>(ribbon.to)};
    }
    return {};
}

void paintFlow(QPainter& painter, QSizeF size, const FlowPicture& picture, const FigureStyle& style)
{
    if (picture.isEmpty())
        return;
    painter.setFont(style.font);
    const QRectF plot = flowPlot(size, picture, style);
    paintRibbons(painter, plot, picture, style);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const auto columns = static_cast<int>(picture.flow->columns.size());
    for (int column = 0; column < columns; ++column) {
        const auto& data = picture.flow->columns[static_cast<std::size_t>(column)];
        for (int group = 0; group < static_cast<int>(data.occurrences.size()); ++group) {
            if (data.occurrences[static_cast<std::size_t>(group)] == 0)
                continue;
            const QRectF block = flowBlock(plot, picture, column, group);
            painter.fillRect(block.adjusted(0, 0, 0, std::max(0.0, 1 - block.height())),
                flowColor(*picture.flow, group, style.dark));
            paintBlockName(painter, plot, picture, column, group, style, QRectF({0, 0}, size));
        }
    }
    paintHeadings(painter, plot, picture, style);
}

void paintFlowMark(QPainter& painter, const QRectF& plot, const FlowPicture& picture, const FlowPlace& place,
    const QColor& color, double width)
{
    if (picture.isEmpty() || place.column < 0)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, width));
    if (place.to < 0) {
        painter.drawRect(flowBlock(plot, picture, place.column, place.from).adjusted(-1, -1, 1, 1));
        return;
    }
    for (std::size_t i = 0; i < picture.flow->ribbons.size(); ++i) {
        const align::FlowRibbon& ribbon = picture.flow->ribbons[i];
        if (static_cast<int>(ribbon.column) == place.column && static_cast<int>(ribbon.from) == place.from
            && static_cast<int>(ribbon.to) == place.to)
            painter.drawPath(flowRibbon(plot, picture, i));
    }
}

} // namespace palimpsest::app
