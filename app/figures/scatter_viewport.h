#pragma once
// Which part of a scatter figure is seen. Both axes have one scale: distances mean the same in all
// directions. Thread: a value.

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include "figures/seen_part.h"

namespace palimpsest::app {

class ScatterViewport {
public:
    static constexpr double kMostZoom = 4096.0;
    static constexpr double kLeastZoom = 0.25;

    /// Room of the item and of the points. Zoom and middle stay where they are.
    void setRoom(QSizeF size, const QRectF& bounds);
    void showAll();
    [[nodiscard]] SeenPart seen() const { return {m_zoom, m_middle}; } ///< the middle: a place of the points
    void show(const SeenPart& part); ///< as near as there is
    /// About a place of the item.
    void zoomBy(double factor, QPointF at);
    void panBy(QPointF pixels);
    /// Puts a place of the points in the middle.
    void centreOn(QPointF place);

    [[nodiscard]] double zoom() const { return m_zoom; } ///< 1: all points fit
    [[nodiscard]] double scale() const { return m_fit * m_zoom; } ///< pixels per unit
    [[nodiscard]] QPointF toItem(QPointF place) const;
    [[nodiscard]] QPointF toPlace(QPointF item) const;

private:
    QSizeF m_size;
    QRectF m_bounds{-1, -1, 2, 2};
    QPointF m_middle;
    double m_fit = 1.0;
    double m_zoom = 1.0;
};

} // namespace palimpsest::app
