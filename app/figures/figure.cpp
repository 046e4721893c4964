#include "figures/figure.h"

#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>

#include "figures/color_legend_painter.h"

namespace palimpsest::app {

namespace {

constexpr double kAbove = 8.0; ///< between picture and legend
constexpr double kMarkGap = 5.0;
constexpr double kEntryGap = 16.0;
constexpr double kWidestRamp = 240.0;

/// Pixels that a stroke of one pixel has at this text.
double strokeUnit(const FigureStyle& style)
{
    return style.font.pixelSize() / 11.0;
}

struct PlacedEntry {
    const FigureLegend::Entry* entry = nullptr;
    QPointF corner;
};

/// Entries in lines, centred; `height` is that of all lines.
struct EntryLines {
    QList<PlacedEntry> placed;
    double height = 0.0;
};

/// Entries as they follow each other in lines of at most `limit`, centred in `width`.
EntryLines fillLines(const FigureLegend& legend, double limit, double width, const FigureStyle& style)
{
    const QFontMetricsF metrics(style.font);
    const double line = metrics.height();
    const auto widthOf = [&](const FigureLegend::Entry& entry) {
        return legendMarkWidth(entry.mark, style) + kMarkGap + metrics.horizontalAdvance(entry.text);
    };
    EntryLines lines;
    qsizetype at = 0;
    while (at < legend.entries.size()) {
        double used = widthOf(legend.entries[at]);
        qsizetype end = at + 1;
        while (end < legend.entries.size() && used + kEntryGap + widthOf(legend.entries[end]) <= limit)
            used += kEntryGap + widthOf(legend.entries[end++]);
        double x = std::max(0.0, (width - used) / 2);
        for (; at < end; ++at) {
            lines.placed.append({&legend.entries[at], {x, lines.height}});
            x += widthOf(legend.entries[at]) + kEntryGap;
        }
        lines.height += 1.25 * line;
    }
    return lines;
}

/// As few lines as there can be, and these about equally long.
EntryLines placeEntries(const FigureLegend& legend, double width, const FigureStyle& style)
{
    EntryLines lines = fillLines(legend, width, width, style);
    for (double limit = width - kEntryGap; limit > 0.0; limit -= kEntryGap) {
        EntryLines narrower = fillLines(legend, limit, width, style);
        if (narrower.height > lines.height)
            break;
        lines = std::move(narrower);
    }
    return lines;
}

double rampHeight(const QFontMetricsF& metrics)
{
    return 1.2 * metrics.height() + colorLegendHeight(metrics) + kMarkGap;
}

} // namespace

double legendMarkWidth(FigureLegend::Mark mark, const FigureStyle& style)
{
    const bool stroke = mark == FigureLegend::Mark::Line || mark == FigureLegend::Mark::DashedLine;
    return (stroke ? 2.0 : 0.75) * QFontMetricsF(style.font).height();
}

void paintLegendMark(
    QPainter& painter, const FigureLegend::Entry& entry, const QRectF& room, const FigureStyle& style)
{
    const QColor color = style.dark ? entry.dark : entry.light;
    const QPointF middle = room.center();
    painter.setRenderHint(QPainter::Antialiasing);
    if (entry.mark == FigureLegend::Mark::Box || entry.mark == FigureLegend::Mark::Dot) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        if (entry.mark == FigureLegend::Mark::Box)
            painter.drawRect(
                room.adjusted(0, (room.height() - room.width()) / 2, 0, -(room.height() - room.width()) / 2));
        else
            painter.drawEllipse(middle, room.width() / 2, room.width() / 2);
    } else {
        const bool dashed = entry.mark == FigureLegend::Mark::DashedLine;
        painter.setPen(chartLinePen(color, dashed, style));
        painter.drawLine(QPointF(room.left(), middle.y()), QPointF(room.right(), middle.y()));
        paintChartMark(painter, middle, entry.shape, color, dashed, style);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

QPen chartLinePen(const QColor& color, bool dashed, const FigureStyle& style)
{
    return {
        color, 1.8 * strokeUnit(style), dashed ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin};
}

void paintChartMark(
    QPainter& painter, QPointF at, int shape, const QColor& color, bool open, const FigureStyle& style)
{
    const double reach = 3.1 * strokeUnit(style);
    painter.setPen(QPen(color, 1.3 * strokeUnit(style), Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.setBrush(open ? style.surface : color);
    switch (shape % 4) {
    case 1:
        painter.drawRect(QRectF(at.x() - 0.88 * reach, at.y() - 0.88 * reach, 1.76 * reach, 1.76 * reach));
        break;
    case 2:
        painter.drawPolygon(QPolygonF({at + QPointF(0, -1.25 * reach),
            at + QPointF(1.15 * reach, 0.8 * reach), at + QPointF(-1.15 * reach, 0.8 * reach)}));
        break;
    case 3:
        painter.drawPolygon(QPolygonF({at + QPointF(0, -1.3 * reach), at + QPointF(1.3 * reach, 0),
            at + QPointF(0, 1.3 * reach), at + QPointF(-1.3 * reach, 0)}));
        break;
    default:
        painter.drawEllipse(at, reach, reach);
    }
}

FigureStyle themeStyle(bool dark)
{
    FigureStyle style;
    style.dark = dark;
    style.text = dark ? QColor(0xec, 0xea, 0xe4) : QColor(0x22, 0x20, 0x1c);
    style.muted = dark ? QColor(0xa0, 0x9b, 0x90) : QColor(0x6b, 0x66, 0x5c);
    style.border = dark ? QColor(0x34, 0x37, 0x3b) : QColor(0xdd, 0xd9, 0xd0);
    style.surface = dark ? QColor(0x1f, 0x21, 0x24) : QColor(0xff, 0xff, 0xff);
    style.accent = dark ? QColor(0x7d, 0xb2, 0xea) : QColor(0x1f, 0x5f, 0xa8);
    style.font = QGuiApplication::font();
    style.font.setPixelSize(11);
    return style;
}

double legendHeight(const FigureLegend& legend, double width, const FigureStyle& style)
{
    if (legend.isEmpty())
        return 0.0;
    const QFontMetricsF metrics(style.font);
    double height = kAbove + placeEntries(legend, width, style).height;
    if (!legend.rampTitle.isEmpty())
        height += rampHeight(metrics);
    if (!legend.note.isEmpty())
        height
            += metrics
                   .boundingRect(QRectF(0, 0, width, 1e4), Qt::AlignHCenter | Qt::TextWordWrap, legend.note)
                   .height();
    return std::ceil(height);
}

void paintLegend(QPainter& painter, const QRectF& room, const FigureLegend& legend, const FigureStyle& style)
{
    const QFontMetricsF metrics(style.font);
    const double line = metrics.height();
    painter.save();
    painter.setFont(style.font);
    painter.translate(room.left(), room.top() + kAbove);
    if (!legend.rampTitle.isEmpty()) {
        painter.setPen(style.muted);
        painter.drawText(QRectF(0, 0, room.width(), line), Qt::AlignCenter, legend.rampTitle);
        const double width = std::min(room.width(), kWidestRamp);
        painter.save();
        painter.translate((room.width() - width) / 2, 1.2 * line);
        paintColorLegend(painter, width, legend.theta, style);
        painter.restore();
        painter.translate(0, rampHeight(metrics));
    }
    const EntryLines lines = placeEntries(legend, room.width(), style);
    for (const PlacedEntry& place : lines.placed) {
        const double width = legendMarkWidth(place.entry->mark, style);
        paintLegendMark(painter, *place.entry, QRectF(place.corner, QSizeF(width, line)), style);
        painter.setPen(style.text);
        painter.drawText(QRectF(place.corner + QPointF(width + kMarkGap, 0), QSizeF(room.width(), line)),
            Qt::AlignLeft | Qt::AlignVCenter, place.entry->text);
    }
    if (!legend.note.isEmpty()) {
        painter.setPen(style.muted);
        painter.drawText(
            QRectF(0, lines.height, room.width(), 1e4), Qt::AlignHCenter | Qt::TextWordWrap, legend.note);
    }
    painter.restore();
}

} // namespace palimpsest::app
