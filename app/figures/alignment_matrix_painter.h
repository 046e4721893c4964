#pragma once
// Paints an alignment matrix with its axes: one path for the screen and for files.
// Thread: reentrant; a painter belongs to one thread.

#include <QString>

#include "figures/alignment_matrix.h"
#include "figures/color_ramp.h"
#include "figures/figure_style.h"
#include "figures/matrix_viewport.h"

class QPainter;

namespace palimpsest::app {

using MatrixStyle = FigureStyle; ///< the marks' own colours are fixed per theme

/// What is emphasised; -1: nothing.
struct MatrixMarks {
    MatrixCell selected{-1, -1}; ///< a row alone when the column is -1, and the reverse
    MatrixCell hovered{-1, -1};
};

struct MatrixTitles {
    QString rows; ///< "Base concepts, layer 3"
    QString columns;
};

/// Where the cells go when the figure has this size: the rest is for axes, in proportion to the font.
/// `named` false: without room for names of concepts, for figures that only count them.
[[nodiscard]] QRectF matrixPlotRect(QSizeF size, const MatrixStyle& style, bool named = true);
/// Whether cells of this size let the axes name concepts.
[[nodiscard]] bool namesConcepts(double cellPixels, const MatrixStyle& style);

/// `viewport`'s plot should be matrixPlotRect. Concepts are named at their rows and columns as soon as a cell
/// is as high as a line of text; below that the axes count places.
void paintAlignmentMatrix(QPainter& painter, QSizeF size, const AlignmentMatrix& matrix,
    const MatrixViewport& viewport, const MatrixStyle& style, const MatrixMarks& marks,
    const MatrixTitles& titles);

/// The marks alone, over a picture painted without.
void paintMatrixMarks(QPainter& painter, QSizeF size, const AlignmentMatrix& matrix,
    const MatrixViewport& viewport, const MatrixStyle& style, const MatrixMarks& marks);

} // namespace palimpsest::app
