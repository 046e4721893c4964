#include "figures/scatter_viewport.h"

#include <algorithm>

namespace palimpsest::app {

namespace {

constexpr double kMargin = 24.0; // pixels around all points

} // namespace

void ScatterViewport::setRoom(QSizeF size, const QRectF& bounds)
{
    const bool otherPoints = bounds != m_bounds;
    m_size = size;
    m_bounds = bounds;
    const double width = std::max(size.width() - 2 * kMargin, 1.0);
    const double height = std::max(size.height() - 2 * kMargin, 1.0);
    m_fit = std::min(width / bounds.width(), height / bounds.height());
    if (otherPoints)
        showAll();
}

void ScatterViewport::showAll()
{
    m_zoom = 1.0;
    m_middle = m_bounds.center();
}

void ScatterViewport::show(const SeenPart& part)
{
    m_zoom = std::clamp(part.zoom, kLeastZoom, kMostZoom);
    m_middle = part.middle;
}

void ScatterViewport::zoomBy(double factor, QPointF at)
{
    const QPointF fixed = toPlace(at);
    m_zoom = std::clamp(m_zoom * factor, kLeastZoom, kMostZoom);
    m_middle += fixed - toPlace(at);
}

void ScatterViewport::panBy(QPointF pixels)
{
    m_middle -= QPointF(pixels.x(), -pixels.y()) / scale();
}

void ScatterViewport::centreOn(QPointF place)
{
    m_middle = place;
}

QPointF ScatterViewport::toItem(QPointF place) const
{
    const QPointF offset = (place - m_middle) * scale();
    return {
        m_size.width() / 2 + offset.x(), m_size.height() / 2 - offset.y()}; // y grows upwards, as in plots
}

QPointF ScatterViewport::toPlace(QPointF item) const
{
    return m_middle + QPointF(item.x() - m_size.width() / 2, m_size.height() / 2 - item.y()) / scale();
}

} // namespace palimpsest::app
