#include "figures/chart_item.h"

#include <QCursor>
#include <QFontMetricsF>
#include <QHoverEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

#include "figures/figure_input.h"

namespace palimpsest::app {

namespace {

bool isChartKey(int key)
{
    return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Home || key == Qt::Key_End;
}

} // namespace

ChartItem::ChartItem(QQuickItem* parent)
    : FigureItem(parent)
{
    setAcceptedMouseButtons(Qt::LeftButton);
    setAcceptHoverEvents(true);
    connect(this, &ChartItem::styleChanged, this, &ChartItem::placePlot);
}

int ChartItem::count() const
{
    return m_picture ? static_cast<int>(m_picture->categories.size()) : 0;
}

void ChartItem::setSnapshotValue(const QVariant& snapshot)
{
    const auto picture = snapshot.value<Snapshot>();
    const bool same = picture == m_picture || (picture && m_picture && *picture == *m_picture);
    m_picture = picture;
    if (same)
        return;
    placePlot();
    if (m_hovered >= count())
        hover({}, -1);
    redraw();
    Q_EMIT pictureChanged();
}

void ChartItem::placePlot()
{
    const QRectF plot = count() == 0 ? QRectF() : chartPlot(size(), *m_picture, style());
    if (plot == m_plot)
        return;
    m_plot = plot;
    Q_EMIT plotChanged();
}

void ChartItem::geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry)
{
    FigureItem::geometryChange(newGeometry, oldGeometry);
    placePlot();
}

Figure ChartItem::figure() const
{
    return count() == 0 ? Figure() : chartFigure(*m_picture);
}

FigureItem::Painting ChartItem::painting() const
{
    if (count() == 0)
        return {};
    return [picture = m_picture, style = style(), size = size()](
               QPainter& painter) { paintChart(painter, size, *picture, style); };
}

int ChartItem::indexAt(QPointF point) const
{
    if (!m_plot.contains(point))
        return -1;
    const double share = (point.x() - m_plot.left()) / m_plot.width();
    return std::clamp(static_cast<int>(share * count()), 0, count() - 1);
}

void ChartItem::hover(QPointF point, int index)
{
    if (index == m_hovered && (index < 0 || point == m_hoverPoint))
        return;
    if ((index < 0) != (m_hovered < 0)) {
        if (index < 0)
            unsetCursor();
        else
            setCursor(Qt::PointingHandCursor);
    }
    m_hovered = index;
    m_hoverPoint = point;
    Q_EMIT hoveredChanged();
}

void ChartItem::pick(int index)
{
    if (index >= 0)
        Q_EMIT indexPicked(index);
}

bool ChartItem::event(QEvent* event)
{
    return keepsOwnKey(*event, isChartKey) || FigureItem::event(event);
}

void ChartItem::mousePressEvent(QMouseEvent* event)
{
    // Chosen when it is released: a page that is dragged by a chart only scrolls.
    event->setAccepted(indexAt(event->position()) >= 0);
}

void ChartItem::mouseReleaseEvent(QMouseEvent* event)
{
    pick(indexAt(event->position()));
}

void ChartItem::hoverMoveEvent(QHoverEvent* event)
{
    hover(event->position(), indexAt(event->position()));
}

void ChartItem::hoverLeaveEvent(QHoverEvent*)
{
    hover({}, -1);
}

void ChartItem::keyPressEvent(QKeyEvent* event)
{
    if (count() == 0 || !isChartKey(event->key())) {
        FigureItem::keyPressEvent(event);
        return;
    }
    const int from = std::clamp(m_currentIndex, -1, count() - 1);
    switch (event->key()) {
    case Qt::Key_Left:
        pick(std::max(0, from - 1));
        break;
    case Qt::Key_Right:
        pick(std::min(count() - 1, from + 1));
        break;
    case Qt::Key_Home:
        pick(0);
        break;
    default:
        pick(count() - 1);
    }
    event->accept();
}

ChartMarkItem::ChartMarkItem(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    m_font.setPixelSize(11);
    connect(this, &ChartMarkItem::changed, this, [this] {
        setImplicitSize(legendMarkWidth(mark(), style()), QFontMetricsF(m_font).height());
        update();
    });
}

FigureLegend::Mark ChartMarkItem::mark() const
{
    return m_bar   ? FigureLegend::Mark::Box
        : m_dashed ? FigureLegend::Mark::DashedLine
                   : FigureLegend::Mark::Line;
}

FigureStyle ChartMarkItem::style() const
{
    FigureStyle style;
    style.surface = m_surfaceColor;
    style.font = m_font;
    return style;
}

void ChartMarkItem::paint(QPainter* painter)
{
    paintLegendMark(*painter, {{}, m_ink, m_ink, mark(), m_shape}, boundingRect(), style());
}

} // namespace palimpsest::app
