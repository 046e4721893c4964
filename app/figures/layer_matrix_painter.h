#pragma once
// Paints the matrix of all layers against all layers: one path for the screen and for files.
// Thread: reentrant; a painter belongs to one thread.

#include <QRectF>
#include <QString>

#include <memory>
#include <optional>

#include "align/layer_pairs.h"
#include "figures/figure_style.h"

class QPainter;

namespace palimpsest::app {

enum class LayerShare {
    Kept, ///< of the row's concepts, kept in the column
    RowInColumn, ///< of the row's concepts, aligned to one of the column
    ColumnInRow,
};

struct LayerMatrixPicture {
    std::shared_ptr<const align::LayerMatrix> matrix;
    LayerShare share = LayerShare::Kept;
    double theta = 0.9;
    QString rowTitle, columnTitle; ///< "Layer of the base model"

    /// 0..1; nothing while the cell is not computed.
    [[nodiscard]] std::optional<double> shareAt(int row, int column) const;
    [[nodiscard]] int rows() const { return matrix ? static_cast<int>(matrix->rows.size()) : 0; }
    [[nodiscard]] int columns() const { return matrix ? static_cast<int>(matrix->columns.size()) : 0; }
};

/// The cells' square; the rest of the figure is for axes and titles.
[[nodiscard]] QRectF layerMatrixPlot(
    QSizeF size, const LayerMatrixPicture& picture, const FigureStyle& style);
/// A cell within a plot. Layers ascend upwards, as they do in a model.
[[nodiscard]] QRectF layerCell(const QRectF& plot, const LayerMatrixPicture& picture, int row, int column);

void paintLayerMatrix(
    QPainter& painter, QSizeF size, const LayerMatrixPicture& picture, const FigureStyle& style);

} // namespace palimpsest::app
