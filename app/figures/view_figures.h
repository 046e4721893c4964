#pragma once
// The pictures of the views as figures: what the items on the screen give, and what is made without a window.
// Thread: reentrant; the figures share immutable data.

#include "figures/alignment_matrix_painter.h"
#include "figures/dendrogram_painter.h"
#include "figures/figure.h"
#include "figures/flow_painter.h"
#include "figures/label_matrix.h"
#include "figures/layer_matrix_painter.h"
#include "figures/scatter_points.h"
#include "figures/scatter_viewport.h"
#include "figures/word_cloud_layout.h"

namespace palimpsest::app {

/// `viewport` says which part; what is hovered is left out.
[[nodiscard]] Figure alignmentFigure(std::shared_ptr<const AlignmentMatrix> matrix, ShareOf share,
    const MatrixViewport& viewport, MatrixCell selected, const MatrixTitles& titles);

[[nodiscard]] Figure layerMatrixFigure(const LayerMatrixPicture& picture);

/// Rows `first` to `last` of the matrix with the headings.
[[nodiscard]] Figure labelMatrixFigure(std::shared_ptr<const LabelMatrix> matrix, int first, int last);

[[nodiscard]] Figure dendrogramFigure(std::shared_ptr<const DendrogramScene> scene,
    const TreeViewport& viewport, double depthZoom, const DendrogramMark& current,
    const DendrogramTitles& titles, QSizeF screen);

[[nodiscard]] Figure flowFigure(const FlowPicture& picture, const FlowPlace& current, QSizeF screen);

/// `words` most frequent first.
[[nodiscard]] Figure cloudFigure(std::vector<CloudWord> words);

struct ScatterPicture {
    ScatterData points;
    ScatterColors colors;
    ScatterRows marked;
    ScatterNames names;
    ScatterViewport viewport;
    double morph = 0.0; ///< 0: base, 1: fine-tuned
    double radius = 1.5; ///< of a point on the screen
};
/// Points are one image; names and frame are vectors.
[[nodiscard]] Figure scatterFigure(const ScatterPicture& picture, QSizeF screen);

/// Entries for statuses, the first `count` in their order or those that `shown` lists.
[[nodiscard]] QList<FigureLegend::Entry> statusEntries(
    std::initializer_list<align::Status> shown, FigureLegend::Mark mark = FigureLegend::Mark::Box);
/// Colours of labels, classes and models in the theme asked for: those of the other theme are exchanged, any
/// other colour stays.
[[nodiscard]] QRgb themedColor(QRgb color, bool dark);

} // namespace palimpsest::app
