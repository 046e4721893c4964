#pragma once
// Places of figures that say their numbers, where the painters put them: for pages that answer the pointer.
// Thread: reentrant.

#include <vector>

#include "figures/alignment_matrix_painter.h"
#include "figures/figure.h"
#include "figures/flow_painter.h"
#include "figures/label_matrix.h"
#include "figures/layer_matrix_painter.h"
#include "figures/word_cloud_layout.h"

namespace palimpsest::app {

/// Most cells of an alignment matrix that speak, the largest shares first.
inline constexpr std::size_t kMostCellSpots = 2000;

/// `viewport`'s plot as the painter has it.
[[nodiscard]] QList<FigureSpot> alignmentSpots(const AlignmentMatrix& matrix, const MatrixViewport& viewport);
[[nodiscard]] QList<FigureSpot> layerMatrixSpots(
    QSizeF size, const LayerMatrixPicture& picture, const FigureStyle& style);
[[nodiscard]] QList<FigureSpot> labelMatrixSpots(
    QSizeF size, const LabelMatrix& matrix, const FigureStyle& style);
/// Ribbons, and the blocks above them.
[[nodiscard]] QList<FigureSpot> flowSpots(QSizeF size, const FlowPicture& picture, const FigureStyle& style);
[[nodiscard]] QList<FigureSpot> cloudSpots(
    QSizeF size, const std::vector<CloudWord>& words, const FigureStyle& style);

} // namespace palimpsest::app
