#include "figures/color_legend_item.h"

#include <QFontMetricsF>

#include "figures/color_legend_painter.h"

namespace palimpsest::app {

ColorLegendItem::ColorLegendItem(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    m_font.setPixelSize(11);
    connect(this, &ColorLegendItem::changed, this, &ColorLegendItem::fit);
    fit();
}

void ColorLegendItem::fit()
{
    setImplicitSize(220, colorLegendHeight(QFontMetricsF(m_font)));
    update();
}

void ColorLegendItem::paint(QPainter* painter)
{
    FigureStyle style;
    style.dark = m_dark;
    style.text = m_textColor;
    style.border = m_borderColor;
    style.font = m_font;
    paintColorLegend(*painter, width(), m_theta, style);
}

} // namespace palimpsest::app
