#include "figures/dendrogram_painter.h"

#include <QFontMetricsF>
#include <QLineF>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "figures/figure_words.h"

namespace palimpsest::app {

using layout::Node;

namespace {

constexpr double kTreeGap = 4.0;

struct TreeCanvas {
    QPainter& painter;
    const DendrogramScene& scene;
    const TreeViewport& viewport;
    const FigureStyle& style;
    const DendrogramPlaces& places;
    QFontMetricsF metrics;
};

QString conceptName(const concepts::ConceptSet& concepts, base::ClusterId id)
{
    return QString::number(base::toIndex(id)) + QStringLiteral("  ") + figureConceptWords(concepts, id);
}

/// Lines of one tree, gathered by colour: drawing them one by one takes several times as long.
class TreeStrokes {
public:
    TreeStrokes(const TreeCanvas& canvas, bool fineTuned)
        : m_canvas(canvas)
        , m_tree(canvas.scene.tree(fineTuned))
        , m_fineTuned(fineTuned)
        , m_top(canvas.viewport.plot().top())
        , m_bottom(canvas.viewport.plot().bottom())
    {
    }

    void gather()
    {
        std::vector<Node> open{m_tree.layout().root()};
        while (!open.empty()) {
            const Node node = open.back();
            open.pop_back();
            const double begin = m_canvas.viewport.yOf(m_tree.begin(node));
            const double end = m_canvas.viewport.yOf(m_tree.end(node));
            if (end < m_top || begin > m_bottom)
                continue;
            if (isEnd(m_tree, m_canvas.viewport, node)) {
                addEnd(node, begin, end);
                continue;
            }
            const auto [first, second] = m_tree.layout().children(node);
            addBracket(node, first, second);
            open.push_back(second);
            open.push_back(first);
        }
    }

    void draw()
    {
        QPainter& painter = m_canvas.painter;
        for (const auto& [color, lines] : m_lines) {
            painter.setPen(QPen(QColor::fromRgb(color), 1));
            painter.drawLines(lines);
        }
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        for (const auto& [color, wedge] : m_wedges) {
            painter.setBrush(QColor::fromRgb(color));
            painter.drawPolygon(wedge);
        }
        painter.setRenderHint(QPainter::Antialiasing, false);
    }

private:
    [[nodiscard]] double xOf(Node node) const { return m_canvas.places.xOf(m_fineTuned, m_tree.depth(node)); }
    [[nodiscard]] double yOf(Node node) const { return m_canvas.viewport.yOf(m_tree.centre(node)); }
    [[nodiscard]] QRgb colorOf(Node node) const
    {
        const QRgb color = m_tree.color(node);
        return color == 0 ? m_canvas.style.muted.rgb() : color;
    }

    void addBracket(Node node, Node first, Node second)
    {
        const double x = xOf(node);
        const double y1 = std::clamp(yOf(first), m_top - 2, m_bottom + 2);
        const double y2 = std::clamp(yOf(second), m_top - 2, m_bottom + 2);
        m_lines[colorOf(node)].append(QLineF(x, y1, x, y2));
        for (const Node child : {first, second}) {
            const double y = yOf(child);
            if (y >= m_top && y <= m_bottom)
                m_lines[colorOf(child)].append(QLineF(x, y, xOf(child), y));
        }
    }

    /// A leaf reaches the leaves' end as a line; a subtree too small to be drawn does too; a collapsed one is
    /// a wedge.
    void addEnd(Node node, double begin, double end)
    {
        const double x = xOf(node);
        const double leafX = m_canvas.places.tree(m_fineTuned).leafX;
        if (m_tree.layout().isCollapsed(node) && end - begin > 3) {
            m_wedges.emplace_back(colorOf(node),
                QPolygonF({QPointF(x, yOf(node)), QPointF(leafX, begin + 1), QPointF(leafX, end - 1)}));
            return;
        }
        m_lines[colorOf(node)].append(QLineF(x, yOf(node), leafX, yOf(node)));
    }

    const TreeCanvas& m_canvas;
    const DendrogramTree& m_tree;
    bool m_fineTuned;
    double m_top, m_bottom;
    std::map<QRgb, QList<QLineF>> m_lines; ///< ordered, so that a picture is always the same
    std::vector<std::pair<QRgb, QPolygonF>> m_wedges;
};

void drawName(const TreeCanvas& canvas, bool fineTuned, double y, const QString& name, const QColor& color)
{
    const auto& place = canvas.places.tree(fineTuned);
    const double direction = place.namesX > place.leafX ? 1 : -1;
    const double from = place.leafX + direction * kTreeGap;
    const double room = std::abs(place.namesX - from) - kTreeGap;
    const double line = canvas.metrics.height();
    const QRectF rect(direction > 0 ? from : from - room, y - line / 2, room, line);
    canvas.painter.setPen(color);
    canvas.painter.drawText(rect, (direction > 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter,
        canvas.metrics.elidedText(name, Qt::ElideRight, room));
}

/// Names of concepts that are a line of text high, of occurrences once these are.
void paintNames(const TreeCanvas& canvas, bool fineTuned)
{
    const DendrogramTree& tree = canvas.scene.tree(fineTuned);
    const auto& layout = tree.layout();
    const double line = canvas.metrics.height();
    const QRectF plot = canvas.viewport.plot();
    std::vector<Node> open{layout.root()};
    while (!open.empty()) {
        const Node node = open.back();
        open.pop_back();
        const double begin = canvas.viewport.yOf(tree.begin(node));
        const double end = canvas.viewport.yOf(tree.end(node));
        if (end < plot.top() || begin > plot.bottom() || end - begin < line)
            continue;
        const bool collapsed = layout.isCollapsed(node);
        const bool readable = (end - begin) / static_cast<double>(layout.size(node)) >= line;
        if (!layout.isLeaf(node) && !collapsed && !(layout.isConcept(node) && !readable)) {
            const auto [first, second] = layout.children(node);
            open.push_back(second);
            open.push_back(first);
            continue;
        }
        const double top = std::max(begin, plot.top());
        const double bottom = std::min(end, plot.bottom());
        if (bottom - top < line)
            continue;
        const double middle = (top + bottom) / 2;
        if (layout.isLeaf(node) && !layout.isConcept(node)) {
            const auto token = layout.leaves(node).front();
            const auto& tokens = layout.conceptSet().tokens();
            drawName(
                canvas, fineTuned, middle, figureWord(tokens, tokens.token(token).word), canvas.style.text);
        } else if (collapsed && layout.isAboveCut(node)) {
            const auto [first, last] = layout.conceptRange(node);
            drawName(canvas, fineTuned, middle, QStringLiteral("… %1").arg(last - first), canvas.style.muted);
        } else {
            drawName(canvas, fineTuned, middle, conceptName(layout.conceptSet(), layout.conceptAt(node)),
                canvas.style.text);
        }
    }
}

QPainterPath pathOf(const std::pair<QPointF, QPointF>& ends)
{
    const auto& [from, to] = ends;
    const double third = (to.x() - from.x()) / 3;
    QPainterPath path(from);
    // Control points at thirds make x run evenly, which linkAt() relies on.
    path.cubicTo(from + QPointF(third, 0), to - QPointF(third, 0), to);
    return path;
}

void paintLinks(const TreeCanvas& canvas)
{
    QPainter& painter = canvas.painter;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const QRectF plot = canvas.viewport.plot();
    const auto concepts = static_cast<double>(canvas.scene.base.layout().order().size());
    const double width = std::clamp(0.35 * plot.height() * canvas.viewport.zoom() / concepts, 0.8, 2.5);
    // Kept last, since it is what one looks for.
    constexpr std::array kOrder{
        align::Status::Vanished, align::Status::Merged, align::Status::Split, align::Status::Kept};
    for (const align::Status status : kOrder) {
        const bool unaligned = status == align::Status::Vanished;
        if (unaligned && !canvas.scene.options.unalignedLinks)
            continue;
        QColor color = statusColor(status);
        color.setAlphaF(unaligned ? 0.35F : 0.85F);
        painter.setPen(QPen(color, unaligned ? 0.8 : width, unaligned ? Qt::DashLine : Qt::SolidLine));
        for (const layout::Link& link : canvas.scene.tanglegram->links) {
            if (link.status != status)
                continue;
            const auto ends = linkEnds(canvas.scene, canvas.places, canvas.viewport, link);
            const auto seen = [&plot](double y) { return y >= plot.top() && y <= plot.bottom(); };
            if (!seen(ends.first.y()) && !seen(ends.second.y()))
                continue; // only passes by
            painter.drawPath(pathOf(ends));
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

QString countLabel(double count)
{
    return QLocale(QLocale::English, QLocale::UnitedStates)
        .toString(count, 'f', 0); // as everywhere in figures
}

std::vector<std::pair<double, QString>> ticksOf(const DendrogramTree& tree, DendrogramAxis axis)
{
    std::vector<std::pair<double, QString>> ticks;
    if (axis == DendrogramAxis::Clusters) {
        const double most = static_cast<double>(tree.layout().leafCount());
        for (double power = 1; power <= most; power *= 10) {
            for (const double digit : {1.0, 2.0, 5.0}) {
                if (digit * power <= most)
                    ticks.emplace_back(tree.depthOfClusters(digit * power), countLabel(digit * power));
            }
        }
        return ticks;
    }
    const double rough = tree.tallest() / 5;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double step = power * (rough / power >= 5 ? 5 : rough / power >= 2 ? 2 : 1);
    for (double height = 0; height <= tree.tallest() * 1.0001; height += step)
        ticks.emplace_back(tree.depthOfHeight(height), QString::number(height, 'g', 4));
    return ticks;
}

void paintAxis(const TreeCanvas& canvas, bool fineTuned, const DendrogramTitles& titles)
{
    QPainter& painter = canvas.painter;
    const auto& place = canvas.places.tree(fineTuned);
    const QRectF plot = canvas.viewport.plot();
    const double line = canvas.metrics.height();
    const double y = plot.bottom() + kTreeGap;
    const double left = std::min(place.rootX, place.leafX);
    const double right = std::max(place.rootX, place.leafX);
    painter.setPen(QPen(canvas.style.muted, 1));
    painter.drawLine(QPointF(left, y), QPointF(right, y));
    const auto axis = canvas.scene.options.axis;
    std::vector<std::pair<double, double>> taken;
    auto ticks = ticksOf(canvas.scene.tree(fineTuned), axis);
    // Powers of ten first: they are the ones to keep where there is no room for all.
    std::stable_sort(ticks.begin(), ticks.end(),
        [](const auto& a, const auto& b) { return a.second.startsWith(u'1') > b.second.startsWith(u'1'); });
    for (const auto& [depth, text] : ticks) {
        const double x = canvas.places.xOf(fineTuned, depth);
        if (x < left - 0.5 || x > right + 0.5)
            continue;
        painter.drawLine(QPointF(x, y), QPointF(x, y + kTreeGap));
        const double half = canvas.metrics.horizontalAdvance(text) / 2 + 3;
        const bool free = std::ranges::none_of(
            taken, [&](const auto& other) { return x - half < other.second && x + half > other.first; });
        if (!free)
            continue;
        taken.emplace_back(x - half, x + half);
        painter.drawText(QRectF(x - 60, y + kTreeGap, 120, line), Qt::AlignHCenter | Qt::AlignTop, text);
    }
    painter.setPen(canvas.style.text);
    painter.drawText(QRectF(left - 60, y + kTreeGap + line, right - left + 120, line), Qt::AlignCenter,
        axis == DendrogramAxis::Clusters ? titles.clusters : titles.height);
}

void paintTitles(const TreeCanvas& canvas, const DendrogramTitles& titles)
{
    QPainter& painter = canvas.painter;
    const QFont plain = painter.font();
    QFont strong = plain;
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    const double line = canvas.metrics.height();
    const double top = canvas.viewport.plot().top() - 2 * line - 2 * kTreeGap;
    const QFontMetricsF wide(strong);
    const auto& places = canvas.places;
    const bool both = places.base.shown && places.fineTuned.shown;
    const double span
        = both ? std::abs(places.fineTuned.rootX - places.base.rootX) : canvas.viewport.plot().width();
    const bool fits = !both
        || wide.horizontalAdvance(titles.base) + wide.horizontalAdvance(titles.fineTuned) + 2 * kTreeGap
            <= span;
    const double room = fits ? span : span / 2 - kTreeGap;
    double baseEnd = 0.0, fineTunedBegin = canvas.viewport.plot().right();
    for (const bool fineTuned : {false, true}) {
        const auto& place = places.tree(fineTuned);
        if (!place.shown)
            continue;
        const QRectF rect(std::min(place.rootX, place.leafX), top, std::abs(place.leafX - place.rootX), line);
        const QString title
            = wide.elidedText(fineTuned ? titles.fineTuned : titles.base, Qt::ElideRight, room);
        painter.setPen(modelColor(fineTuned, canvas.style.dark));
        painter.drawText(rect,
            (place.rootX < place.leafX ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter
                | Qt::TextDontClip,
            title);
        if (fineTuned)
            fineTunedBegin = rect.right() - wide.horizontalAdvance(title);
        else
            baseEnd = rect.left() + wide.horizontalAdvance(title);
    }
    painter.setFont(plain);
    const double middle = (places.base.namesX + places.fineTuned.namesX) / 2;
    const double half = canvas.metrics.horizontalAdvance(titles.links) / 2 + kTreeGap;
    // Left out where there is no room: the legend says what links are.
    if (both && middle - half >= baseEnd && middle + half <= fineTunedBegin) {
        painter.setPen(canvas.style.muted);
        painter.drawText(
            QRectF(middle - half, top, 2 * half, line), Qt::AlignCenter | Qt::TextDontClip, titles.links);
    }
}

} // namespace

void paintDendrogram(QPainter& painter, const DendrogramScene& scene, const TreeViewport& viewport,
    const FigureStyle& style, double depthZoom, const DendrogramTitles& titles)
{
    if (viewport.isEmpty())
        return;
    painter.setFont(style.font);
    const DendrogramPlaces places = dendrogramPlaces(scene, viewport, style, depthZoom);
    const TreeCanvas canvas{painter, scene, viewport, style, places, QFontMetricsF(style.font)};
    paintTitles(canvas, titles);
    const QRectF plot = viewport.plot();
    for (const bool fineTuned : {false, true}) {
        const auto& place = places.tree(fineTuned);
        if (!place.shown)
            continue;
        painter.save();
        painter.setClipRect(QRectF(std::min(place.rootX, place.leafX) - 1, plot.top() - 1,
            std::abs(place.leafX - place.rootX) + 2, plot.height() + 2));
        TreeStrokes strokes(canvas, fineTuned);
        strokes.gather();
        strokes.draw();
        painter.restore();
        paintNames(canvas, fineTuned);
        paintAxis(canvas, fineTuned, titles);
    }
    if (places.base.shown && places.fineTuned.shown) {
        painter.save();
        painter.setClipRect(QRectF(
            places.base.namesX, plot.top(), places.fineTuned.namesX - places.base.namesX, plot.height()));
        paintLinks(canvas);
        painter.restore();
    }
}

void paintSubtreeMark(QPainter& painter, const DendrogramScene& scene, const DendrogramPlaces& places,
    const TreeViewport& viewport, const FigureStyle& style, const DendrogramMark& mark, bool strong)
{
    const DendrogramTree& tree = scene.tree(mark.fineTuned);
    if (!places.tree(mark.fineTuned).shown || !tree.layout().contains(mark.node))
        return;
    const Node collapsed = tree.layout().collapsedAbove(mark.node);
    const Node node = collapsed >= 0 ? collapsed : mark.node;
    const QRectF plot = viewport.plot();
    const auto& place = places.tree(mark.fineTuned);
    const double left = std::min(place.rootX, place.leafX);
    const double right = std::max(place.rootX, place.leafX);
    double top = viewport.yOf(tree.begin(node));
    double bottom = viewport.yOf(tree.end(node));
    const double grow = std::max(0.0, 3.0 - (bottom - top)) / 2;
    top = std::max(plot.top(), top - grow);
    bottom = std::min(plot.bottom(), bottom + grow);
    if (bottom <= top)
        return;
    const double x = std::clamp(places.xOf(mark.fineTuned, tree.depth(node)), left, right);
    const double end = place.namesX;
    QColor band = strong ? style.accent : style.text;
    band.setAlphaF(strong ? 0.16F : 0.08F);
    painter.fillRect(QRectF(std::min(x, end), top, std::abs(end - x), bottom - top), band);
    const double y = viewport.yOf(tree.centre(node));
    if (y < plot.top() || y > plot.bottom())
        return;
    // The way up to the root, which says where the subtree belongs.
    painter.setPen(QPen(strong ? style.accent : style.text, strong ? 2 : 1));
    painter.save();
    painter.setClipRect(QRectF(left, plot.top(), right - left, plot.height()));
    double fromX = x;
    double fromY = y;
    for (Node at = node; at != tree.layout().root();) {
        at = tree.layout().parent(at);
        const double toX = places.xOf(mark.fineTuned, tree.depth(at));
        const double toY = viewport.yOf(tree.centre(at));
        painter.drawLine(QPointF(fromX, fromY), QPointF(toX, fromY));
        painter.drawLine(QPointF(toX, fromY), QPointF(toX, toY));
        fromX = toX;
        fromY = toY;
    }
    painter.restore();
}

void paintLinkMark(QPainter& painter, const DendrogramScene& scene, const DendrogramPlaces& places,
    const TreeViewport& viewport, const FigureStyle& style, const layout::Link& link)
{
    if (!places.base.shown || !places.fineTuned.shown)
        return;
    const auto ends = linkEnds(scene, places, viewport, link);
    const QPainterPath path = pathOf(ends);
    painter.save();
    painter.setClipRect(QRectF(places.base.namesX, places.plot.top(),
        places.fineTuned.namesX - places.base.namesX, places.plot.height()));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(style.surface, 5));
    painter.drawPath(path);
    painter.setPen(QPen(link.status == align::Status::Vanished ? style.muted : statusColor(link.status), 3));
    painter.drawPath(path);
    painter.restore();
}

void paintCutLine(QPainter& painter, const DendrogramPlaces& places, bool fineTuned, double depth,
    const QString& text, const FigureStyle& style)
{
    const auto& place = places.tree(fineTuned);
    if (!place.shown)
        return;
    const double x = std::round(std::clamp(places.xOf(fineTuned, depth), std::min(place.rootX, place.leafX),
                         std::max(place.rootX, place.leafX)))
        + 0.5;
    const QFontMetricsF metrics(style.font);
    painter.setFont(style.font);
    // On a light line, since it crosses every colour.
    for (const QPen& pen : {QPen(style.surface, 3), QPen(style.accent, 1.5, Qt::DashLine)}) {
        painter.setPen(pen);
        painter.drawLine(
            QPointF(x, places.plot.top() - kTreeGap), QPointF(x, places.plot.bottom() + kTreeGap));
    }
    const double half = metrics.horizontalAdvance(text) / 2 + 5;
    const QRectF tag(
        x - half, places.plot.top() - kTreeGap - metrics.height() - 2, 2 * half, metrics.height() + 2);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.accent);
    painter.drawRoundedRect(tag, 3, 3);
    painter.setPen(style.surface);
    painter.drawText(tag, Qt::AlignCenter, text);
}

} // namespace palimpsest::app
