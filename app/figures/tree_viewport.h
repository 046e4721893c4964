#pragma once
// Which part of a dendrogram's leaf axis is on the screen: zoom, pan, and from places to pixels and back.
// Thread: values.

#include <QRectF>

#include "figures/seen_part.h"

namespace palimpsest::app {

/// Places are shares of the leaf axis, 0..1; both trees of a tanglegram have the same.
class TreeViewport {
public:
    /// Where the trees are drawn, in the item's pixels. Keeps zoom and middle.
    void setPlot(const QRectF& plot);
    /// The shortest stretch that can be zoomed to, as a share of the axis.
    void setShortest(double stretch);
    void reset();
    void zoomBy(double factor, double fixedY);
    void panBy(double pixels);
    [[nodiscard]] SeenPart seen() const
    {
        return {m_zoom, {0.0, m_first + 0.5 / m_zoom}};
    } ///< middle: a place, as y
    void show(const SeenPart& part); ///< as near as there is
    /// All of `from`..`to`, with some room around it.
    void show(double from, double to);
    /// Moves as little as needed for the place to be seen.
    void reveal(double place);

    [[nodiscard]] const QRectF& plot() const { return m_plot; }
    [[nodiscard]] double zoom() const { return m_zoom; } ///< 1: the whole axis
    [[nodiscard]] double yOf(double place) const
    {
        return m_plot.top() + (place - m_first) * m_plot.height() * m_zoom;
    }
    [[nodiscard]] double placeOf(double y) const
    {
        return m_first + (y - m_plot.top()) / (m_plot.height() * m_zoom);
    }
    [[nodiscard]] bool isEmpty() const { return m_plot.height() < 1 || m_plot.width() < 1; }

    friend bool operator==(const TreeViewport&, const TreeViewport&) = default;

private:
    void keepInside();

    QRectF m_plot;
    double m_zoom = 1.0;
    double m_first = 0.0; ///< the place at the top of the plot
    double m_most = 1.0; ///< zoom
};

} // namespace palimpsest::app
