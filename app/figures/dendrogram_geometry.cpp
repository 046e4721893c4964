#include "figures/dendrogram_geometry.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace palimpsest::app {

using layout::Node;

namespace {

constexpr double kSmallestAbove = 1.0; ///< pixels: a subtree above the cut that is lower is one line
constexpr double kSmallestBelow = 2.5; ///< the same below the cut
constexpr double kMarginGap = 4.0;
constexpr double kLinkReach = 5.0;
constexpr double kReadableLeaf = 12.0; ///< pixels from which on occurrences are chosen one by one

/// Pixels that the lowest named thing is high, so that names are drawn where they have room.
bool namesConcepts(const DendrogramScene& scene, const TreeViewport& viewport, const QFontMetricsF& metrics)
{
    for (const bool fineTuned : {false, true}) {
        const auto count = static_cast<double>(scene.tree(fineTuned).layout().order().size());
        if (scene.shows(fineTuned) && viewport.plot().height() * viewport.zoom() / count >= metrics.height())
            return true;
    }
    return false;
}

/// The node whose place stands for a concept: itself, or the collapsed subtree that hides it.
Node shownNode(const DendrogramTree& tree, base::ClusterId id)
{
    const Node node = tree.layout().nodeOf(id);
    const Node collapsed = tree.layout().collapsedAbove(node);
    return collapsed >= 0 ? collapsed : node;
}

} // namespace

double pixelsOf(const DendrogramTree& tree, const TreeViewport& viewport, Node node)
{
    return (tree.end(node) - tree.begin(node)) * viewport.plot().height() * viewport.zoom();
}

bool isEnd(const DendrogramTree& tree, const TreeViewport& viewport, Node node)
{
    const auto& layout = tree.layout();
    if (layout.isLeaf(node) || layout.isCollapsed(node))
        return true;
    return pixelsOf(tree, viewport, node) < (layout.isAboveCut(node) ? kSmallestAbove : kSmallestBelow);
}

double DendrogramPlaces::xOf(bool isFineTuned, double depth) const
{
    const Tree& place = tree(isFineTuned);
    return place.leafX + (place.rootX - place.leafX) * (1.0 - depth) * zoom;
}

double DendrogramPlaces::depthOf(bool isFineTuned, double x) const
{
    const Tree& place = tree(isFineTuned);
    return 1.0 - (x - place.leafX) / ((place.rootX - place.leafX) * zoom);
}

QRectF dendrogramPlot(QSizeF size, const FigureStyle& style)
{
    const double line = QFontMetricsF(style.font).height();
    const double top = 2 * line + 4 * kMarginGap;
    const double bottom = 2 * line + 3 * kMarginGap;
    const double side = 2 * line; // half of the outermost tick's number
    return {side, top, std::max(0.0, size.width() - 2 * side), std::max(0.0, size.height() - top - bottom)};
}

DendrogramPlaces dendrogramPlaces(
    const DendrogramScene& scene, const TreeViewport& viewport, const FigureStyle& style, double depthZoom)
{
    const QRectF plot = viewport.plot();
    const QFontMetricsF metrics(style.font);
    DendrogramPlaces places;
    places.plot = plot;
    places.zoom = depthZoom;
    const bool both = scene.options.sides == DendrogramSides::Both;
    const bool named = namesConcepts(scene, viewport, metrics);
    const double names
        = named ? std::min(14 * metrics.height(), plot.width() * (both ? 0.15 : 0.3)) : 2 * kMarginGap;
    if (!both) {
        DendrogramPlaces::Tree& tree = scene.shows(true) ? places.fineTuned : places.base;
        tree = {true, plot.left(), plot.right() - names, plot.right()};
        return places;
    }
    const double links = std::clamp(plot.width() * 0.2, 60.0, 260.0);
    const double width = (plot.width() - links - 2 * names) / 2;
    places.base = {true, plot.left(), plot.left() + width, plot.left() + width + names};
    places.fineTuned = {true, plot.right(), plot.right() - width, plot.right() - width - names};
    return places;
}

std::pair<QPointF, QPointF> linkEnds(const DendrogramScene& scene, const DendrogramPlaces& places,
    const TreeViewport& viewport, const layout::Link& link)
{
    const auto y = [&](const DendrogramTree& tree, base::ClusterId id) {
        return viewport.yOf(tree.centre(shownNode(tree, id)));
    };
    return {
        {places.base.namesX, y(scene.base, link.a)}, {places.fineTuned.namesX, y(scene.fineTuned, link.b)}};
}

std::optional<DendrogramMark> nodeAt(
    const DendrogramScene& scene, const DendrogramPlaces& places, const TreeViewport& viewport, QPointF point)
{
    if (viewport.isEmpty() || point.y() < places.plot.top() || point.y() > places.plot.bottom())
        return std::nullopt;
    for (const bool fineTuned : {false, true}) {
        const auto& place = places.tree(fineTuned);
        if (!place.shown || point.x() < std::min(place.rootX, place.namesX) - 2
            || point.x() > std::max(place.rootX, place.namesX) + 2)
            continue;
        const DendrogramTree& tree = scene.tree(fineTuned);
        const double at = viewport.placeOf(point.y());
        const bool inNames = std::abs(point.x() - place.namesX) < std::abs(place.leafX - place.namesX);
        const double depth = inNames ? 1.0 : places.depthOf(fineTuned, point.x());
        const double slack = 3.0 / (std::abs(place.rootX - place.leafX) * places.zoom); // a bar has no width
        Node node = tree.layout().root();
        while (!isEnd(tree, viewport, node) && tree.depth(node) + slack < depth) {
            const double leafPixels
                = pixelsOf(tree, viewport, node) / static_cast<double>(tree.layout().size(node));
            if (inNames && tree.layout().isConcept(node) && leafPixels < kReadableLeaf)
                break; // its name stands here, not those of its occurrences
            const auto [first, second] = tree.layout().children(node);
            node = at < tree.end(first) ? first : second;
        }
        return DendrogramMark{fineTuned, node};
    }
    return std::nullopt;
}

int linkAt(
    const DendrogramScene& scene, const DendrogramPlaces& places, const TreeViewport& viewport, QPointF point)
{
    if (!places.base.shown || !places.fineTuned.shown || point.y() < places.plot.top()
        || point.y() > places.plot.bottom())
        return -1;
    const double from = places.base.namesX;
    const double t = (point.x() - from) / (places.fineTuned.namesX - from);
    if (t <= 0.0 || t >= 1.0)
        return -1;
    const auto& links = scene.tanglegram->links;
    int best = -1;
    double nearest = kLinkReach;
    for (std::size_t i = 0; i < links.size(); ++i) {
        if (links[i].status == align::Status::Vanished && !scene.options.unalignedLinks)
            continue;
        const auto [start, stop] = linkEnds(scene, places, viewport, links[i]);
        const double y = start.y() + (stop.y() - start.y()) * t * t * (3 - 2 * t);
        if (std::abs(y - point.y()) < nearest) {
            nearest = std::abs(y - point.y());
            best = static_cast<int>(i);
        }
    }
    return best;
}

} // namespace palimpsest::app
