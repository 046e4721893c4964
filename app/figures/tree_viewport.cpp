#include "figures/tree_viewport.h"

#include <algorithm>

namespace palimpsest::app {

void TreeViewport::setPlot(const QRectF& plot)
{
    m_plot = plot;
    keepInside();
}

void TreeViewport::setShortest(double stretch)
{
    m_most = std::max(1.0, 1.0 / stretch);
    m_zoom = std::min(m_zoom, m_most);
    keepInside();
}

void TreeViewport::reset()
{
    m_zoom = 1.0;
    m_first = 0.0;
}

void TreeViewport::zoomBy(double factor, double fixedY)
{
    if (isEmpty())
        return;
    const double fixed = placeOf(fixedY);
    m_zoom = std::clamp(m_zoom * factor, 1.0, m_most);
    m_first = fixed - (fixedY - m_plot.top()) / (m_plot.height() * m_zoom);
    keepInside();
}

void TreeViewport::panBy(double pixels)
{
    if (isEmpty())
        return;
    m_first -= pixels / (m_plot.height() * m_zoom);
    keepInside();
}

void TreeViewport::show(const SeenPart& part)
{
    m_zoom = std::clamp(part.zoom, 1.0, m_most);
    m_first = part.middle.y() - 0.5 / m_zoom;
    keepInside();
}

void TreeViewport::show(double from, double to)
{
    const double room = (to - from) * 1.1;
    m_zoom = room <= 0.0 ? m_most : std::clamp(1.0 / room, 1.0, m_most);
    m_first = (from + to) / 2 - 0.5 / m_zoom;
    keepInside();
}

void TreeViewport::reveal(double place)
{
    const double margin = 0.05 / m_zoom;
    if (place < m_first + margin)
        m_first = place - margin;
    else if (place > m_first + 1.0 / m_zoom - margin)
        m_first = place + margin - 1.0 / m_zoom;
    keepInside();
}

void TreeViewport::keepInside()
{
    m_first = std::clamp(m_first, 0.0, 1.0 - 1.0 / m_zoom);
}

} // namespace palimpsest::app
