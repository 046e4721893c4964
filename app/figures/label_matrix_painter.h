#pragma once
// Paints a label matrix with its headings: one path for the screen and for files.
// Thread: reentrant; a painter belongs to one thread.

#include <QColor>
#include <QFont>
#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include "figures/figure_style.h"
#include "figures/label_matrix.h"

class QPainter;

namespace palimpsest::app {

struct LabelMatrixStyle {
    bool dark = false;
    QColor text, muted, border, surface, raised, accent, baseModel, fineTuned;
    QFont font; ///< with a pixel size
};

/// The colours of the models and a raised surface, from what all figures have.
[[nodiscard]] LabelMatrixStyle labelMatrixStyle(const FigureStyle& style);

/// A place in the matrix; row -1 is the line of all labels, column -1 none.
struct LabelCell {
    int row = -2; ///< -2: none
    int column = -1;
    friend bool operator==(const LabelCell&, const LabelCell&) = default;
};

/// Where everything goes: headings stay, the cells scroll under them.
class LabelMatrixLayout {
public:
    LabelMatrixLayout() = default;
    LabelMatrixLayout(const LabelMatrix& matrix, QSizeF size, const LabelMatrixStyle& style);

    [[nodiscard]] double gutter() const { return m_gutter; } ///< width of the names
    [[nodiscard]] double headHeight() const { return 2 * m_rowHeight; } ///< layers and models
    [[nodiscard]] double pinnedHeight() const { return 2 * m_rowHeight; } ///< all labels, by chance
    [[nodiscard]] double rowHeight() const { return m_rowHeight; }
    [[nodiscard]] double columnWidth() const { return m_columnWidth; }
    [[nodiscard]] QRectF plot() const { return m_plot; } ///< of the rows that scroll
    [[nodiscard]] QSizeF content() const { return m_content; } ///< of all of these rows
    /// How far the rows can be scrolled.
    [[nodiscard]] QPointF maximumOffset() const;
    [[nodiscard]] double columnX(int column, QPointF offset) const;
    [[nodiscard]] QRectF rectOf(LabelCell cell, QPointF offset) const;
    [[nodiscard]] LabelCell cellAt(QPointF point, QPointF offset, int rows, int columns) const;
    /// The column whose heading is there, -1: none.
    [[nodiscard]] int headingAt(QPointF point, QPointF offset, int columns) const;

private:
    double m_gutter = 0.0;
    double m_rowHeight = 1.0;
    double m_columnWidth = 1.0;
    double m_layerGap = 0.0;
    bool m_paired = false; ///< two columns a layer
    QRectF m_plot;
    QSizeF m_content;
};

/// What is emphasised.
struct LabelMatrixMarks {
    LabelCell selected;
    LabelCell hovered;
    int sortedColumn = -1;
};

void paintLabelMatrix(QPainter& painter, const LabelMatrix& matrix, const LabelMatrixLayout& layout,
    QPointF offset, const LabelMatrixStyle& style, const LabelMatrixMarks& marks);

} // namespace palimpsest::app
