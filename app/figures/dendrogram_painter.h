#pragma once
// Paints a dendrogram or a tanglegram with its axes: one path for the screen and for files. Draws what can be
// seen: a subtree lower than a pixel is a line, so a picture costs its pixels and not its leaves.
// Thread: reentrant; a painter belongs to one thread.

#include <QString>

#include "figures/dendrogram_geometry.h"

class QPainter;

namespace palimpsest::app {

struct DendrogramTitles {
    QString base; ///< "Base model, layer 3"
    QString fineTuned;
    QString links; ///< "Aligned concepts"
    QString clusters; ///< "Clusters K"
    QString height; ///< "Ward height"
};

void paintDendrogram(QPainter& painter, const DendrogramScene& scene, const TreeViewport& viewport,
    const FigureStyle& style, double depthZoom, const DendrogramTitles& titles);

/// Shades the subtree and traces its branches; `strong`: selected, else hovered.
void paintSubtreeMark(QPainter& painter, const DendrogramScene& scene, const DendrogramPlaces& places,
    const TreeViewport& viewport, const FigureStyle& style, const DendrogramMark& mark, bool strong);
void paintLinkMark(QPainter& painter, const DendrogramScene& scene, const DendrogramPlaces& places,
    const TreeViewport& viewport, const FigureStyle& style, const layout::Link& link);
/// The line along which the trees are cut, with its K.
void paintCutLine(QPainter& painter, const DendrogramPlaces& places, bool fineTuned, double depth,
    const QString& text, const FigureStyle& style);

} // namespace palimpsest::app
