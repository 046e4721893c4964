#include "figures/matrix_viewport.h"

#include <algorithm>
#include <cmath>

namespace palimpsest::app {

namespace {

/// Origin along one axis so that no gap opens at the plot's edges; centred when everything fits.
double insideAxis(double origin, double extent, double plotStart, double plotExtent)
{
    if (extent <= plotExtent)
        return plotStart + (plotExtent - extent) / 2.0;
    return std::clamp(origin, plotStart + plotExtent - extent, plotStart);
}

int cellOfAxis(double place, int count)
{
    return std::clamp(static_cast<int>(std::floor(place)), 0, count - 1);
}

} // namespace

double MatrixViewport::fittingPixels() const
{
    return isEmpty() ? 1.0 : std::min(m_plot.width() / m_columns, m_plot.height() / m_rows);
}

double MatrixViewport::zoom() const
{
    return m_cellPixels / fittingPixels();
}

void MatrixViewport::setPlot(const QRectF& plot)
{
    if (plot == m_plot)
        return;
    const double factor = zoom();
    const QPointF centre = (m_plot.center() - m_origin) / m_cellPixels;
    m_plot = plot;
    m_cellPixels = fittingPixels() * factor;
    m_origin = m_plot.center() - centre * m_cellPixels;
    keepInside();
}

void MatrixViewport::setMatrix(int rows, int columns)
{
    if (rows == m_rows && columns == m_columns)
        return;
    m_rows = rows;
    m_columns = columns;
    reset();
}

void MatrixViewport::reset()
{
    m_cellPixels = fittingPixels();
    keepInside();
}

SeenPart MatrixViewport::seen() const
{
    if (isEmpty())
        return {1.0, {0.5, 0.5}};
    const QPointF middle = (m_plot.center() - m_origin) / m_cellPixels;
    return {zoom(), {middle.x() / m_columns, middle.y() / m_rows}};
}

void MatrixViewport::show(const SeenPart& part)
{
    if (isEmpty())
        return;
    const double smallest = fittingPixels();
    const double largest = std::max(smallest, std::min(m_plot.width(), m_plot.height()));
    m_cellPixels = std::clamp(smallest * part.zoom, smallest, largest);
    m_origin = m_plot.center()
        - QPointF(part.middle.x() * m_columns * m_cellPixels, part.middle.y() * m_rows * m_cellPixels);
    keepInside();
}

void MatrixViewport::zoomBy(double factor, QPointF fixed)
{
    if (isEmpty())
        return;
    const double smallest = fittingPixels();
    const double largest = std::max(smallest, std::min(m_plot.width(), m_plot.height()));
    const double pixels = std::clamp(m_cellPixels * factor, smallest, largest);
    m_origin = fixed - (fixed - m_origin) * (pixels / m_cellPixels);
    m_cellPixels = pixels;
    keepInside();
}

void MatrixViewport::panBy(QPointF pixels)
{
    m_origin += pixels;
    keepInside();
}

void MatrixViewport::keepInside()
{
    m_origin.setX(insideAxis(m_origin.x(), m_columns * m_cellPixels, m_plot.left(), m_plot.width()));
    m_origin.setY(insideAxis(m_origin.y(), m_rows * m_cellPixels, m_plot.top(), m_plot.height()));
}

void MatrixViewport::reveal(MatrixCell cell)
{
    const QRectF rect = rectOf(cell);
    QPointF move;
    if (rect.left() < m_plot.left())
        move.setX(m_plot.left() - rect.left());
    else if (rect.right() > m_plot.right())
        move.setX(m_plot.right() - rect.right());
    if (rect.top() < m_plot.top())
        move.setY(m_plot.top() - rect.top());
    else if (rect.bottom() > m_plot.bottom())
        move.setY(m_plot.bottom() - rect.bottom());
    panBy(move);
}

QRectF MatrixViewport::covered() const
{
    return QRectF(xOf(0), yOf(0), m_columns * m_cellPixels, m_rows * m_cellPixels).intersected(m_plot);
}

QRectF MatrixViewport::rectOf(MatrixCell cell) const
{
    return {xOf(cell.column), yOf(cell.row), m_cellPixels, m_cellPixels};
}

std::optional<MatrixCell> MatrixViewport::cellAt(QPointF point) const
{
    if (isEmpty() || !covered().contains(point))
        return std::nullopt;
    const QPointF place = (point - m_origin) / m_cellPixels;
    return MatrixCell{cellOfAxis(place.y(), m_rows), cellOfAxis(place.x(), m_columns)};
}

MatrixCell MatrixViewport::firstVisible() const
{
    const QPointF place = (covered().topLeft() - m_origin) / m_cellPixels;
    return {cellOfAxis(place.y(), m_rows), cellOfAxis(place.x(), m_columns)};
}

MatrixCell MatrixViewport::lastVisible() const
{
    // A cell that only begins at the edge is not visible.
    const QPointF place = (covered().bottomRight() - m_origin) / m_cellPixels - QPointF(1e-6, 1e-6);
    return {cellOfAxis(place.y(), m_rows), cellOfAxis(place.x(), m_columns)};
}

} // namespace palimpsest::app
