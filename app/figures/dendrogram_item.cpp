#include "figures/dendrogram_item.h"

#include <QCursor>
#include <QPainter>

#include <algorithm>
#include <cmath>

#include "figures/view_figures.h"

namespace palimpsest::app {

using layout::Node;

namespace {

constexpr double kTreeKeyZoom = 1.5;
constexpr double kMostDepthZoom = 40.0;
constexpr double kLeafPixels = 22.0; ///< how high an occurrence can get by zooming
constexpr double kCutReach = 5.0;

} // namespace

DendrogramItem::DendrogramItem(QQuickItem* parent)
    : FigureItem(parent)
{
    m_sceneWorker.setMaxThreadCount(1);
    setAcceptedMouseButtons(Qt::LeftButton);
    setAcceptHoverEvents(true);
    connect(this, &FigureItem::styleChanged, this, &DendrogramItem::layOut);
    connect(this, &DendrogramItem::optionsChanged, this, &DendrogramItem::build);
    connect(this, &DendrogramItem::currentChanged, this, [this] { update(); });
    connect(this, &DendrogramItem::cutChanged, this, [this] { update(); });
}

DendrogramItem::~DendrogramItem()
{
    m_sceneWorker.waitForDone();
}

void DendrogramItem::setSnapshot(const Snapshot& snapshot)
{
    if (snapshot == m_snapshot)
        return;
    m_snapshot = snapshot;
    Q_EMIT snapshotChanged();
    build();
}

void DendrogramItem::setSides(Sides sides)
{
    if (sides == this->sides())
        return;
    m_options.sides = static_cast<DendrogramSides>(sides);
    Q_EMIT optionsChanged();
}

void DendrogramItem::setAxis(Axis axis)
{
    if (axis == this->axis())
        return;
    m_options.axis = static_cast<DendrogramAxis>(axis);
    m_depthZoom = 1.0;
    Q_EMIT optionsChanged();
}

void DendrogramItem::setColorBy(ColorBy color)
{
    if (color == colorBy())
        return;
    m_options.color = static_cast<ConceptColor>(color);
    Q_EMIT optionsChanged();
}

void DendrogramItem::setLabelsValue(const QVariant& labels)
{
    const auto given = labels.value<std::shared_ptr<const align::LabelCategories>>();
    if (given == m_options.labels)
        return;
    m_options.labels = given;
    Q_EMIT optionsChanged();
}

QStringList DendrogramItem::labelNames() const
{
    QStringList names;
    if (!m_options.labels)
        return names;
    for (const std::string& name : m_options.labels->names)
        names.append(QString::fromStdString(name));
    if (m_options.labels->hasOthers)
        names.append(tr("Another label"));
    return names;
}

QColor DendrogramItem::categoryColor(int index, bool dark)
{
    return app::categoryColor(index, dark);
}

void DendrogramItem::setUnalignedLinks(bool shown)
{
    if (shown == m_options.unalignedLinks)
        return;
    m_options.unalignedLinks = shown;
    Q_EMIT optionsChanged();
}

void DendrogramItem::build()
{
    const int generation = ++m_generation;
    m_sceneWorker.clear(); // requests that have not begun are of no use any more
    if (!m_snapshot) {
        adopt(nullptr);
        return;
    }
    DendrogramOptions options = m_options;
    options.dark = style().dark;
    m_sceneWorker.start([this, generation, options, snapshot = m_snapshot] {
        auto scene = DendrogramScene::make(snapshot, options);
        // The destructor waits for this thread, and Qt drops calls to objects that are gone.
        QMetaObject::invokeMethod(
            this,
            [this, generation, scene = std::move(scene)] {
                if (generation == m_generation)
                    adopt(scene);
            },
            Qt::QueuedConnection);
    });
}

void DendrogramItem::adopt(std::shared_ptr<const DendrogramScene> scene)
{
    const bool other
        = !scene || !m_scene || &scene->base.layout().linkage() != &m_scene->base.layout().linkage();
    const auto before = std::exchange(m_scene, std::move(scene));
    if (std::exchange(m_cutAwaited, false) && !other)
        glideCut(*before);
    if (other) {
        m_glide.stop();
        m_cutGlide.stop();
        m_viewport.reset();
        m_depthZoom = 1.0;
    }
    hover({}, false);
    if (m_drag != Drag::Cut)
        m_draggedCut.reset();
    layOut();
    Q_EMIT sceneChanged();
    Q_EMIT cutChanged();
}

void DendrogramItem::layOut()
{
    if (m_scene && m_scene->options.dark != style().dark)
        build();
    m_viewport.setPlot(dendrogramPlot(size(), style()));
    if (m_scene && !m_viewport.isEmpty()) {
        const double leaf = std::min(m_scene->base.shortestLeaf(), m_scene->fineTuned.shortestLeaf());
        m_viewport.setShortest(std::min(1.0, leaf * m_viewport.plot().height() / kLeafPixels));
    }
    if (!m_glide.isRunning())
        showWanted(0);
    viewMoved();
}

int DendrogramItem::layer() const
{
    return m_scene ? m_scene->tanglegram->comparison->layerA : -1;
}

QString DendrogramItem::viewport() const
{
    const auto text = [](const SeenPart& part, double depthZoom, int layer) {
        return part.zoom <= 1.0 && depthZoom <= 1.0
            ? kAllSeen.toString()
            : numbersText({part.zoom, part.middle.y(), depthZoom, static_cast<double>(layer)});
    };
    if (m_wanted)
        return text(m_wanted->part, m_wanted->depthZoom, m_wanted->layer);
    return m_scene && !m_viewport.isEmpty() ? text(m_viewport.seen(), m_depthZoom, layer()) : QString();
}

void DendrogramItem::setViewport(const QString& viewport)
{
    if (viewport == kAllSeen) {
        m_wanted = WantedView{{1.0, {0.0, 0.5}}, 1.0, -1};
    } else {
        const auto numbers = numbersOf(viewport, 4);
        if (!numbers || numbers->at(0) < 1.0 || numbers->at(2) < 1.0)
            return;
        m_wanted
            = WantedView{{numbers->at(0), {0.0, numbers->at(1)}}, std::min(numbers->at(2), kMostDepthZoom),
                static_cast<int>(std::clamp(numbers->at(3), -1.0, 1e6))};
    }
    m_cutAwaited = m_glideMs > 0;
    showWanted(m_glideMs);
}

void DendrogramItem::showWanted(int ms)
{
    if (!m_wanted || !m_scene || m_viewport.isEmpty() || (m_wanted->layer >= 0 && m_wanted->layer != layer()))
        return;
    const auto move = [this, from = m_viewport.seen(), depth = m_depthZoom, to = *m_wanted](double share) {
        m_viewport.show(between(from, to.part, share));
        m_depthZoom = depth * std::pow(to.depthZoom / depth, share);
        viewMoved();
    };
    m_glide.start(ms, move);
}

void DendrogramItem::glideCut(const DendrogramScene& before)
{
    std::array<double, 2> from{};
    for (const bool fineTuned : {false, true})
        from[fineTuned]
            = m_cutGlide.isRunning() ? m_cutDepths[fineTuned] : before.tree(fineTuned).depthOfCut();
    m_cutDepths = from;
    m_cutGlide.start(m_glideMs, [this, from](double share) {
        if (!m_scene)
            return;
        for (const bool fineTuned : {false, true})
            m_cutDepths[fineTuned]
                = from[fineTuned] + (m_scene->tree(fineTuned).depthOfCut() - from[fineTuned]) * share;
        update();
    });
}

void DendrogramItem::movedByHand()
{
    m_glide.stop();
    m_wanted.reset();
    m_cutAwaited = false;
    viewMoved();
}

void DendrogramItem::viewMoved()
{
    redraw();
    update();
    Q_EMIT viewChanged();
}

void DendrogramItem::geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry)
{
    FigureItem::geometryChange(newGeometry, oldGeometry);
    layOut();
}

DendrogramPlaces DendrogramItem::places() const
{
    return dendrogramPlaces(*m_scene, m_viewport, style(), m_depthZoom);
}

DendrogramTitles DendrogramItem::titles() const
{
    return {m_baseTitle, m_fineTunedTitle, m_linksTitle, tr("Clusters K"), tr("Ward height")};
}

Figure DendrogramItem::figure() const
{
    return figureOf(m_viewport, m_depthZoom);
}

Figure DendrogramItem::wholeFigure() const
{
    TreeViewport all = m_viewport;
    all.reset();
    return figureOf(all, 1.0);
}

Figure DendrogramItem::figureOf(const TreeViewport& viewport, double depthZoom) const
{
    return dendrogramFigure(m_scene, viewport, depthZoom, m_current, titles(), size());
}

FigureItem::Painting DendrogramItem::painting() const
{
    if (!m_scene)
        return {};
    return
        [scene = m_scene, viewport = m_viewport, style = style(), depthZoom = m_depthZoom, titles = titles()](
            QPainter& painter) { paintDendrogram(painter, *scene, viewport, style, depthZoom, titles); };
}

void DendrogramItem::paintMarks(QPainter& painter) const
{
    if (!m_scene || m_viewport.isEmpty())
        return;
    const DendrogramPlaces where = places();
    const FigureStyle look = style();
    const auto& links = m_scene->tanglegram->links;
    const auto& currentTree = m_scene->tree(m_current.fineTuned).layout();
    if (currentTree.contains(m_current.node) && !currentTree.isAboveCut(m_current.node)) {
        const base::ClusterId id = currentTree.conceptAt(m_current.node);
        for (const layout::Link& link : links) {
            if ((m_current.fineTuned ? link.b : link.a) == id)
                paintLinkMark(painter, *m_scene, where, m_viewport, look, link);
        }
    }
    if (m_hoveredLink >= 0 && static_cast<std::size_t>(m_hoveredLink) < links.size())
        paintLinkMark(
            painter, *m_scene, where, m_viewport, look, links[static_cast<std::size_t>(m_hoveredLink)]);
    paintSubtreeMark(painter, *m_scene, where, m_viewport, look, m_hovered, false);
    paintSubtreeMark(painter, *m_scene, where, m_viewport, look, m_current, true);
    const QString text = tr("K\u00a0=\u00a0%1").arg(cut());
    for (const bool fineTuned : {false, true})
        paintCutLine(painter, where, fineTuned, drawnCut(fineTuned), text, look);
}

double DendrogramItem::drawnCut(bool fineTuned) const
{
    if (!m_scene)
        return 0.0;
    const DendrogramTree& tree = m_scene->tree(fineTuned);
    return m_draggedCut          ? tree.depthOfClusterCut(*m_draggedCut)
        : m_cutGlide.isRunning() ? m_cutDepths[fineTuned]
                                 : tree.depthOfCut();
}

int DendrogramItem::cut() const
{
    if (m_draggedCut)
        return *m_draggedCut;
    return m_scene ? static_cast<int>(m_scene->base.layout().order().size()) : 0;
}

void DendrogramItem::setCurrent(bool fineTuned, int node)
{
    if (m_current.fineTuned == fineTuned && m_current.node == node)
        return;
    m_current = {fineTuned, node};
    if (m_scene && m_scene->tree(fineTuned).layout().contains(node)) {
        m_viewport.reveal(m_scene->tree(fineTuned).centre(node));
        viewMoved();
    }
    Q_EMIT currentChanged();
}

void DendrogramItem::zoomBy(double factor)
{
    double fixed = m_viewport.plot().center().y();
    if (m_scene && m_scene->tree(m_current.fineTuned).layout().contains(m_current.node)) {
        const double y = m_viewport.yOf(m_scene->tree(m_current.fineTuned).centre(m_current.node));
        if (y >= m_viewport.plot().top() && y <= m_viewport.plot().bottom())
            fixed = y;
    }
    m_viewport.zoomBy(factor, fixed);
    movedByHand();
}

void DendrogramItem::zoomDepth(double factor)
{
    m_depthZoom = std::clamp(m_depthZoom * factor, 1.0, kMostDepthZoom);
    movedByHand();
}

void DendrogramItem::zoomIn()
{
    zoomBy(kTreeKeyZoom);
}

void DendrogramItem::zoomOut()
{
    zoomBy(1 / kTreeKeyZoom);
}

void DendrogramItem::showAll()
{
    m_viewport.reset();
    m_depthZoom = 1.0;
    movedByHand();
}

void DendrogramItem::showCurrent()
{
    if (!m_scene || !m_scene->tree(m_current.fineTuned).layout().contains(m_current.node))
        return;
    const DendrogramTree& tree = m_scene->tree(m_current.fineTuned);
    m_viewport.show(tree.begin(m_current.node), tree.end(m_current.node));
    movedByHand();
}

QPointF DendrogramItem::pointOf(bool fineTuned, int node) const
{
    if (!m_scene)
        return {-1, -1};
    const DendrogramTree& tree = m_scene->tree(fineTuned);
    const DendrogramPlaces where = places();
    if (!tree.layout().contains(node))
        return {where.xOf(fineTuned, tree.depthOfCut()), m_viewport.plot().center().y()};
    return {where.xOf(fineTuned, tree.depth(node)), m_viewport.yOf(tree.centre(node))};
}

QPointF DendrogramItem::pointOfLink(int link) const
{
    if (!m_scene || link < 0 || static_cast<std::size_t>(link) >= m_scene->tanglegram->links.size())
        return {-1, -1};
    const auto ends = linkEnds(
        *m_scene, places(), m_viewport, m_scene->tanglegram->links[static_cast<std::size_t>(link)]);
    return (ends.first + ends.second) / 2;
}

int DendrogramItem::nodeOfConcept(bool fineTuned, int conceptId) const
{
    if (!m_scene || conceptId < 0
        || static_cast<std::size_t>(conceptId) >= m_scene->tree(fineTuned).layout().order().size())
        return -1;
    return m_scene->tree(fineTuned).layout().nodeOf(
        base::toId<base::ClusterId>(static_cast<std::size_t>(conceptId)));
}

void DendrogramItem::pick(const DendrogramMark& mark)
{
    setCurrent(mark.fineTuned, mark.node);
    Q_EMIT nodePicked(mark.fineTuned, mark.node);
}

void DendrogramItem::walk(TreeStep step)
{
    if (!m_scene)
        return;
    const bool fineTuned = m_scene->shows(m_current.fineTuned) ? m_current.fineTuned : !m_current.fineTuned;
    const auto& tree = m_scene->tree(fineTuned).layout();
    const bool known = m_current.fineTuned == fineTuned && tree.contains(m_current.node);
    pick({fineTuned, known ? neighbour(tree, m_current.node, step) : tree.nodeOf(tree.order().front())});
}

void DendrogramItem::stepCut(int steps)
{
    if (m_scene)
        Q_EMIT cutMoved(std::max(2, cut() + steps));
}

void DendrogramItem::dragCut(double x)
{
    const DendrogramTree& tree = m_scene->tree(m_dragFineTuned);
    const int most = static_cast<int>(tree.layout().leafCount());
    const int k = std::clamp(
        tree.clustersAt(std::clamp(places().depthOf(m_dragFineTuned, x), 0.0, 1.0)), 2, std::max(2, most));
    if (m_draggedCut == k)
        return;
    m_draggedCut = k;
    Q_EMIT cutChanged();
    Q_EMIT cutMoved(k);
}

std::optional<bool> DendrogramItem::cutNear(QPointF point) const
{
    if (!m_scene || m_viewport.isEmpty())
        return std::nullopt;
    const DendrogramPlaces where = places();
    for (const bool fineTuned : {false, true}) {
        const double x = where.xOf(fineTuned, m_scene->tree(fineTuned).depthOfCut());
        if (where.tree(fineTuned).shown && std::abs(point.x() - x) <= kCutReach
            && point.y() <= m_viewport.plot().bottom() + 2 * kCutReach)
            return fineTuned;
    }
    return std::nullopt;
}

void DendrogramItem::hover(QPointF point, bool inside)
{
    DendrogramMark mark;
    int link = -1;
    if (inside && m_scene) {
        const DendrogramPlaces where = places();
        if (const auto node = nodeAt(*m_scene, where, m_viewport, point); node && !cutNear(point))
            mark = *node;
        else if (!node)
            link = linkAt(*m_scene, where, m_viewport, point);
        setCursor(QCursor(cutNear(point) ? Qt::SplitHCursor : Qt::ArrowCursor));
    }
    if (mark.node == m_hovered.node && mark.fineTuned == m_hovered.fineTuned && link == m_hoveredLink
        && point == m_hoverPoint)
        return;
    m_hovered = mark;
    m_hoveredLink = link;
    m_hoverPoint = point;
    update();
    Q_EMIT hoveredChanged();
}

} // namespace palimpsest::app
