#include "figures/scatter_item.h"

#include <QFontMetricsF>
#include <QQuickWindow>
#include <QSGRendererInterface>

#include <algorithm>
#include <cmath>

#include "figures/scatter_nodes.h"
#include "figures/view_figures.h"

namespace palimpsest::app {

namespace {

constexpr int kRestMs = 140;
constexpr double kSmallestRadius = 1.25, kLargestRadius = 5.0;
/// A frame that took longer than this lets the next one draw fewer points.
constexpr int kSlowFrameMs = 20;
constexpr int kWantedFrameMs = 14;
constexpr int kCalmFrames = 30; // before more are tried again

} // namespace

ScatterItem::ScatterItem(QQuickItem* parent)
    : QQuickItem(parent)
    , m_chunksInMotion(ScatterNodes::kChunks)
{
    setFlag(ItemHasContents);
    setAcceptedMouseButtons(Qt::LeftButton);
    setAcceptHoverEvents(true);
    setClip(true);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&m_rest, &QTimer::timeout, this, &ScatterItem::rested);
    watchFrames(window()); // itemChange() was not ours yet when the parent was set
}

void ScatterItem::setPoints(const QVariant& points)
{
    const auto data = points.value<ScatterData>();
    if (data == m_points)
        return;
    m_points = data;
    m_verticesStale = m_marksStale = true;
    m_outline.clear();
    m_hovered = -1;
    if (m_points)
        m_viewport.setRoom(size(), m_points->bounds);
    m_glide.stop();
    showWanted(0);
    Q_EMIT pointsChanged();
    Q_EMIT lassoChanged();
    Q_EMIT hoveredChanged();
    viewMoved();
}

void ScatterItem::setColors(const QVariant& colors)
{
    m_colors = colors.value<ScatterColors>();
    m_verticesStale = m_marksStale = true;
    update();
    Q_EMIT colorsChanged();
}

void ScatterItem::setMarked(const QVariant& marked)
{
    m_marked = marked.value<ScatterRows>();
    m_marksStale = true;
    update();
    Q_EMIT markedChanged();
}

void ScatterItem::setNames(const QVariant& names)
{
    m_names = names.value<ScatterNames>();
    chooseLabels();
    Q_EMIT namesChanged();
}

void ScatterItem::setMorph(double morph)
{
    morph = std::clamp(morph, 0.0, 1.0);
    if (morph == m_morph)
        return;
    m_morph = morph;
    m_labels.follow(m_viewport, m_morph);
    moved();
    Q_EMIT morphChanged();
    if (m_hovered >= 0)
        Q_EMIT hoveredChanged();
}

void ScatterItem::setMarkColor(const QColor& color)
{
    m_markColor = color;
    m_marksStale = true;
    update();
    Q_EMIT markColorChanged();
}

void ScatterItem::setOutlineColor(const QColor& color)
{
    m_outlineColor = color;
    update();
    Q_EMIT outlineColorChanged();
}

void ScatterItem::setFont(const QFont& font)
{
    m_font = font;
    chooseLabels();
    Q_EMIT fontChanged();
}

void ScatterItem::setLassoMode(bool on)
{
    if (on == m_lassoMode)
        return;
    m_lassoMode = on;
    setCursor(on ? Qt::CrossCursor : Qt::ArrowCursor);
    Q_EMIT lassoModeChanged();
}

QPointF ScatterItem::hoverPosition() const
{
    return positionOf(m_hovered);
}

QPointF ScatterItem::positionOf(int point) const
{
    if (!m_points || point < 0 || static_cast<std::size_t>(point) >= m_points->size())
        return {-1, -1};
    return m_viewport.toItem(m_points->place(static_cast<std::size_t>(point), m_morph));
}

double ScatterItem::pointRadius() const
{
    return pointRadius(zoom());
}

double ScatterItem::pointRadius(double zoom) const
{
    // About a third of the item covered if all points lay side by side, and larger the nearer one looks.
    const double count = m_points ? static_cast<double>(std::max<std::size_t>(m_points->size(), 1)) : 1.0;
    const double radius = std::sqrt(0.02 * width() * height() / count);
    return std::clamp(radius * std::pow(zoom, 0.35), kSmallestRadius, kLargestRadius);
}

Figure ScatterItem::figure() const
{
    return scatterFigure({m_points, m_colors, m_marked, m_names, m_viewport, m_morph, pointRadius()}, size());
}

Figure ScatterItem::wholeFigure() const
{
    ScatterViewport all = m_viewport;
    all.showAll();
    return scatterFigure(
        {m_points, m_colors, m_marked, m_names, all, m_morph, pointRadius(all.zoom())}, size());
}

QString ScatterItem::viewport() const
{
    const auto text = [](const SeenPart& part, const QRectF& bounds, bool all) {
        return all ? kAllSeen.toString()
                   : numbersText({part.zoom, part.middle.x(), part.middle.y(), bounds.x(), bounds.y(),
                       bounds.width(), bounds.height()});
    };
    if (m_wanted)
        return text(m_wanted->part, m_wanted->bounds, m_wanted->bounds.isEmpty());
    if (!m_points || m_points->size() == 0)
        return {};
    const SeenPart seen = m_viewport.seen();
    return text(seen, m_points->bounds, seen == SeenPart{1.0, m_points->bounds.center()});
}

void ScatterItem::setViewport(const QString& viewport)
{
    if (viewport == kAllSeen) {
        m_wanted = WantedView{};
    } else {
        const auto numbers = numbersOf(viewport, 7);
        if (!numbers || numbers->at(0) <= 0.0 || numbers->at(5) <= 0.0 || numbers->at(6) <= 0.0)
            return;
        m_wanted = WantedView{{numbers->at(0), {numbers->at(1), numbers->at(2)}},
            {numbers->at(3), numbers->at(4), numbers->at(5), numbers->at(6)}};
    }
    showWanted(m_glideMs);
}

void ScatterItem::showWanted(int ms)
{
    if (!m_wanted || !m_points || m_points->size() == 0)
        return;
    const QRectF& bounds = m_points->bounds;
    const QRectF& wanted = m_wanted->bounds;
    const double reach = 1e-6 * std::max(bounds.width(), bounds.height()); // texts have nine digits
    const QPointF apart = wanted.topLeft() - bounds.topLeft();
    const QPointF apartToo = wanted.bottomRight() - bounds.bottomRight();
    if (!wanted.isEmpty() && apart.manhattanLength() + apartToo.manhattanLength() > reach)
        return;
    const SeenPart to = wanted.isEmpty() ? SeenPart{1.0, bounds.center()} : m_wanted->part;
    m_glide.start(ms, [this, from = m_viewport.seen(), to](double share) {
        m_viewport.show(between(from, to, share));
        viewMoved();
    });
}

void ScatterItem::movedByHand()
{
    m_glide.stop();
    m_wanted.reset();
    viewMoved();
}

void ScatterItem::zoomIn()
{
    m_viewport.zoomBy(1.5, boundingRect().center());
    movedByHand();
}

void ScatterItem::zoomOut()
{
    m_viewport.zoomBy(1.0 / 1.5, boundingRect().center());
    movedByHand();
}

void ScatterItem::showAll()
{
    m_viewport.showAll();
    movedByHand();
}

void ScatterItem::showMarked()
{
    if (!m_points || !m_marked || m_marked->empty())
        return;
    // The middle half in each direction: a stray member must not push the others together.
    std::vector<double> xs, ys;
    for (const std::uint32_t row : *m_marked) {
        const QPointF place = m_points->place(row, m_morph);
        xs.push_back(place.x());
        ys.push_back(place.y());
    }
    std::sort(xs.begin(), xs.end());
    std::sort(ys.begin(), ys.end());
    const std::size_t low = xs.size() / 4, high = xs.size() - 1 - low;
    const double side = std::max({xs[high] - xs[low], ys[high] - ys[low], 1e-9});
    m_viewport.centreOn({xs[xs.size() / 2], ys[ys.size() / 2]});
    const double wanted = std::min(width(), height()) / (4.0 * side);
    m_viewport.zoomBy(wanted / m_viewport.scale(), boundingRect().center());
    movedByHand();
}

void ScatterItem::clearLasso()
{
    if (m_outline.isEmpty())
        return;
    m_outline.clear();
    update();
    Q_EMIT lassoChanged();
}

void ScatterItem::geometryChange(const QRectF& newGeometry, const QRectF& oldGeometry)
{
    QQuickItem::geometryChange(newGeometry, oldGeometry);
    if (newGeometry.size() == oldGeometry.size())
        return;
    m_viewport.setRoom(newGeometry.size(), m_points ? m_points->bounds : QRectF(-1, -1, 2, 2));
    if (!m_glide.isRunning())
        showWanted(0);
    viewMoved();
}

void ScatterItem::viewMoved()
{
    m_labels.follow(m_viewport, m_morph);
    moved();
    Q_EMIT viewChanged();
}

void ScatterItem::moved()
{
    m_inMotion = true;
    // A slow frame is no rest.
    m_rest.start(std::max(kRestMs, 3 * m_frameMs.load()));
    update();
}

void ScatterItem::rested()
{
    m_inMotion = false;
    chooseLabels();
    update();
}

void ScatterItem::chooseLabels()
{
    m_labels.choose(m_names, m_viewport, m_morph, size(), QFontMetricsF(m_font));
}

void ScatterItem::itemChange(ItemChange change, const ItemChangeData& data)
{
    if (change == ItemSceneChange)
        watchFrames(data.window);
    QQuickItem::itemChange(change, data);
}

void ScatterItem::watchFrames(QQuickWindow* window)
{
    if (m_watched)
        disconnect(m_watched, nullptr, this, nullptr);
    m_watched = window;
    if (!window)
        return;
    connect(
        window, &QQuickWindow::beforeRendering, this, [this] { m_frame.start(); }, Qt::DirectConnection);
    connect(
        window, &QQuickWindow::frameSwapped, this,
        [this] {
            if (m_frame.isValid())
                m_frameMs = static_cast<int>(m_frame.elapsed());
        },
        Qt::DirectConnection);
}

/// Called once a frame: fewer points where the last frame was slow, more again after calm ones.
void ScatterItem::paceFrames()
{
    const int took = m_frameMs.load();
    if (m_inMotion && took > 0 && m_chunksDrawn > 0) {
        m_calmFrames = took <= kSlowFrameMs ? m_calmFrames + 1 : 0;
        if (took > kSlowFrameMs && m_chunksDrawn <= m_chunksInMotion)
            m_chunksInMotion
                = std::max(1, std::min(m_chunksInMotion - 1, m_chunksDrawn * kWantedFrameMs / took));
        if (m_calmFrames >= kCalmFrames && m_chunksInMotion < ScatterNodes::kChunks) {
            ++m_chunksInMotion;
            m_calmFrames = 0;
        }
    }
    m_chunksDrawn = m_inMotion ? m_chunksInMotion : ScatterNodes::kChunks;
}

QSGNode* ScatterItem::updatePaintNode(QSGNode* node, UpdatePaintNodeData*)
{
    const bool drawable = window()->rendererInterface()->graphicsApi() != QSGRendererInterface::Software;
    if (drawable != m_drawable) {
        m_drawable = drawable;
        QMetaObject::invokeMethod(this, &ScatterItem::drawableChanged, Qt::QueuedConnection);
    }
    if (!drawable || !m_points || m_points->size() == 0) {
        delete node;
        m_verticesStale = m_marksStale = true;
        return nullptr;
    }
    auto* nodes = static_cast<ScatterNodes*>(node);
    if (!nodes) {
        nodes = new ScatterNodes;
        m_verticesStale = m_marksStale = true;
    }
    if (std::exchange(m_verticesStale, false))
        nodes->setPoints(*m_points, m_colors.get());
    if (std::exchange(m_marksStale, false))
        nodes->setMarked(*m_points, m_colors.get(), m_marked.get(), m_markColor);
    paceFrames();
    const double ratio = window()->effectiveDevicePixelRatio();
    nodes->setView(m_viewport, m_morph, 2.0 * pointRadius() * ratio, ratio);
    nodes->setShownChunks(m_chunksDrawn);
    nodes->setOutline(m_outline, m_viewport, m_outlineColor, m_drag == Drag::Lasso);
    return nodes;
}

} // namespace palimpsest::app
