#pragma once
// Which part of a matrix is on the screen: zoom, pan, and from points to cells and back.
// Thread: values.

#include <QPointF>
#include <QRectF>

#include <optional>

#include "figures/seen_part.h"

namespace palimpsest::app {

struct MatrixCell {
    int row = 0;
    int column = 0;
    friend bool operator==(const MatrixCell&, const MatrixCell&) = default;
};

/// Cells are squares. The whole matrix is the smallest zoom, one cell that fills the plot the largest; the
/// matrix never leaves the plot.
class MatrixViewport {
public:
    /// Where the matrix is drawn, in the item's pixels. Keeps zoom and centre.
    void setPlot(const QRectF& plot);
    /// Another size shows all of the matrix.
    void setMatrix(int rows, int columns);
    void reset();
    /// The part that is seen; the middle in shares of columns (x) and rows (y).
    [[nodiscard]] SeenPart seen() const;
    void show(const SeenPart& part); ///< as near as there is
    /// `factor` > 1 enlarges; the cell under `fixed` stays under it.
    void zoomBy(double factor, QPointF fixed);
    void panBy(QPointF pixels);
    /// Moves as little as needed for the cell to be in the plot.
    void reveal(MatrixCell cell);

    [[nodiscard]] const QRectF& plot() const { return m_plot; }
    [[nodiscard]] int rows() const { return m_rows; }
    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] double cellPixels() const { return m_cellPixels; }
    /// 1: all of the matrix.
    [[nodiscard]] double zoom() const;
    [[nodiscard]] bool isEmpty() const { return m_rows == 0 || m_columns == 0 || m_plot.isEmpty(); }
    /// The part of the plot that the matrix covers.
    [[nodiscard]] QRectF covered() const;
    [[nodiscard]] QRectF rectOf(MatrixCell cell) const;
    [[nodiscard]] double xOf(double column) const { return m_origin.x() + column * m_cellPixels; }
    [[nodiscard]] double yOf(double row) const { return m_origin.y() + row * m_cellPixels; }
    [[nodiscard]] std::optional<MatrixCell> cellAt(QPointF point) const;
    /// First and last visible cell; call only when not isEmpty().
    [[nodiscard]] MatrixCell firstVisible() const;
    [[nodiscard]] MatrixCell lastVisible() const;

private:
    [[nodiscard]] double fittingPixels() const;
    void keepInside();

    QRectF m_plot;
    int m_rows = 0;
    int m_columns = 0;
    double m_cellPixels = 1.0;
    QPointF m_origin; ///< where cell (0, 0) begins
};

} // namespace palimpsest::app
