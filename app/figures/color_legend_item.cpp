#include "figures/color_legend_item.h"

#include <QFontMetricsF>
#include <QImage>
#include <QPainter>

#include <cmath>

#include "figures/color_ramp.h"

namespace palimpsest::app {

namespace {

constexpr double kBarHeight = 10.0;
constexpr double kTick = 4.0;

} // namespace

ColorLegendItem::ColorLegendItem(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    m_font.setPixelSize(11);
    connect(this, &ColorLegendItem::changed, this, &ColorLegendItem::fit);
    fit();
}

void ColorLegendItem::fit()
{
    setImplicitSize(220, std::ceil(kTick + kBarHeight + kTick + QFontMetricsF(m_font).height()));
    update();
}

void ColorLegendItem::paint(QPainter* painter)
{
    const QFontMetricsF metrics(m_font);
    const double margin = metrics.horizontalAdvance(QStringLiteral("100 %")) / 2;
    const QRectF bar(margin, kTick, width() - 2 * margin, kBarHeight);
    QImage image(256, 1, QImage::Format_RGB32);
    const ColorRamp ramp(m_dark);
    for (int x = 0; x < 256; ++x)
        reinterpret_cast<QRgb*>(image.scanLine(0))[x] = ramp.table()[static_cast<std::size_t>(x)];
    painter->drawImage(bar, image);
    painter->setPen(QPen(m_borderColor, 1));
    painter->drawRect(bar);

    painter->setFont(m_font);
    painter->setPen(m_textColor);
    for (const int percent : {0, 25, 50, 75, 100}) {
        const double x = bar.left() + bar.width() * percent / 100.0;
        painter->drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + kTick - 1));
        painter->drawText(QRectF(x - 40, bar.bottom() + kTick, 80, metrics.height()), Qt::AlignCenter,
            QString::number(percent) + QStringLiteral("\u00a0%"));
    }
    if (m_theta >= 0.0 && m_theta <= 1.0) {
        const double x = bar.left() + bar.width() * m_theta;
        painter->setPen(QPen(m_textColor, 2));
        painter->drawLine(QPointF(x, 0), QPointF(x, bar.bottom() + 1));
    }
}

} // namespace palimpsest::app
