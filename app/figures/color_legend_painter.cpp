#include "figures/color_legend_painter.h"

#include <QImage>
#include <QPainter>

#include <cmath>

#include "figures/color_ramp.h"

namespace palimpsest::app {

namespace {

constexpr double kBarHeight = 10.0;
constexpr double kTick = 4.0;

} // namespace

double colorLegendHeight(const QFontMetricsF& metrics)
{
    return std::ceil(kTick + kBarHeight + kTick + metrics.height());
}

void paintColorLegend(QPainter& painter, double width, double theta, const FigureStyle& style)
{
    const QFontMetricsF metrics(style.font);
    const double margin = metrics.horizontalAdvance(QStringLiteral("100 %")) / 2;
    const QRectF bar(margin, kTick, width - 2 * margin, kBarHeight);
    QImage image(256, 1, QImage::Format_RGB32);
    const ColorRamp ramp(style.dark);
    for (int x = 0; x < 256; ++x)
        reinterpret_cast<QRgb*>(image.scanLine(0))[x] = ramp.table()[static_cast<std::size_t>(x)];
    painter.drawImage(bar, image);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(style.border, 1));
    painter.drawRect(bar);

    painter.setFont(style.font);
    painter.setPen(style.text);
    for (const int percent : {0, 25, 50, 75, 100}) {
        const double x = bar.left() + bar.width() * percent / 100.0;
        painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + kTick - 1));
        painter.drawText(QRectF(x - 40, bar.bottom() + kTick, 80, metrics.height()), Qt::AlignCenter,
            QString::number(percent) + QStringLiteral("\u00a0%"));
    }
    if (theta >= 0.0 && theta <= 1.0) {
        const double x = bar.left() + bar.width() * theta;
        painter.setPen(QPen(style.text, 2));
        painter.drawLine(QPointF(x, 0), QPointF(x, bar.bottom() + 1));
    }
}

} // namespace palimpsest::app
