#pragma once
// From a dendrogram's nodes and links to pixels and back.
// Thread: values; reentrant.

#include <optional>
#include <utility>

#include "figures/dendrogram_scene.h"
#include "figures/tree_viewport.h"

namespace palimpsest::app {

/// Where the parts of the figure go. The trees are mirrored: their leaves face each other.
struct DendrogramPlaces {
    struct Tree {
        bool shown = false;
        double rootX = 0.0;
        double leafX = 0.0;
        double namesX = 0.0; ///< the far end of the names; they begin at the leaves
    };
    QRectF plot;
    Tree base, fineTuned;
    double zoom = 1.0; ///< of the merge axis; its leaf end stays

    [[nodiscard]] const Tree& tree(bool isFineTuned) const { return isFineTuned ? fineTuned : base; }
    [[nodiscard]] double xOf(bool isFineTuned, double depth) const;
    [[nodiscard]] double depthOf(bool isFineTuned, double x) const;
};

/// Where the trees go when the figure has this size: the rest is for titles and axes.
[[nodiscard]] QRectF dendrogramPlot(QSizeF size, const FigureStyle& style);
[[nodiscard]] DendrogramPlaces dendrogramPlaces(
    const DendrogramScene& scene, const TreeViewport& viewport, const FigureStyle& style, double depthZoom);

/// A node of either tree.
struct DendrogramMark {
    bool fineTuned = false;
    layout::Node node = -1; ///< -1: nothing
};

/// Nothing below this node is drawn: a leaf, a collapsed subtree, or one too low for its branches.
[[nodiscard]] bool isEnd(const DendrogramTree& tree, const TreeViewport& viewport, layout::Node node);
/// How high a subtree is, in pixels.
[[nodiscard]] double pixelsOf(const DendrogramTree& tree, const TreeViewport& viewport, layout::Node node);

/// The node under a point: the one whose branch leads to it, as deep as the picture shows.
[[nodiscard]] std::optional<DendrogramMark> nodeAt(const DendrogramScene& scene,
    const DendrogramPlaces& places, const TreeViewport& viewport, QPointF point);
/// The link within a few pixels of a point, as an index into the tanglegram's links; -1: none.
[[nodiscard]] int linkAt(const DendrogramScene& scene, const DendrogramPlaces& places,
    const TreeViewport& viewport, QPointF point);
/// Pixels of a link at both trees.
[[nodiscard]] std::pair<QPointF, QPointF> linkEnds(const DendrogramScene& scene,
    const DendrogramPlaces& places, const TreeViewport& viewport, const layout::Link& link);

} // namespace palimpsest::app
