// What pointer and keys do in a scatter figure.
#include "figures/scatter_item.h"

#include <QHoverEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>

#include "figures/figure_input.h"

namespace palimpsest::app {

namespace {

constexpr double kReach = 10.0; // pixels around a point that still mean it
constexpr double kLassoStep = 3.0; // pixels between two corners of a lasso
constexpr double kArrowStep = 60.0;

bool isMapKey(int key)
{
    return isArrowKey(key) || key == Qt::Key_Home;
}

} // namespace

bool ScatterItem::event(QEvent* event)
{
    return keepsOwnKey(*event, isMapKey) || QQuickItem::event(event);
}

void ScatterItem::wheelEvent(QWheelEvent* event)
{
    m_viewport.zoomBy(wheelZoom(*event), event->position());
    movedByHand();
    event->accept();
}

void ScatterItem::mousePressEvent(QMouseEvent* event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    m_pressed = event->position();
    m_drag = Drag::Pressed;
    if (m_lassoMode || (event->modifiers() & Qt::ShiftModifier)) {
        m_drag = Drag::Lasso;
        m_outline = QPolygonF({m_viewport.toPlace(m_pressed)});
        Q_EMIT lassoChanged();
    }
    setKeepMouseGrab(true);
    event->accept();
}

void ScatterItem::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF moved = event->position() - m_pressed;
    if (m_drag == Drag::Lasso) {
        if (moved.manhattanLength() < kLassoStep)
            return;
        m_pressed = event->position();
        m_outline.append(m_viewport.toPlace(m_pressed));
        update();
        return;
    }
    if (m_drag == Drag::Pressed && !startsDrag(moved))
        return;
    m_drag = Drag::Pan;
    m_pressed = event->position();
    m_viewport.panBy(moved);
    hoverAt(std::nullopt);
    movedByHand();
}

void ScatterItem::mouseReleaseEvent(QMouseEvent* event)
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    setKeepMouseGrab(false);
    if (drag == Drag::Lasso && m_outline.size() > 2) {
        finishLasso();
    } else if (drag == Drag::Pressed || drag == Drag::Lasso) {
        clearLasso();
        if (const auto point = pointAt(event->position()))
            Q_EMIT pointPicked(static_cast<int>(*point));
        else
            Q_EMIT backgroundPicked();
    }
}

void ScatterItem::mouseUngrabEvent()
{
    if (std::exchange(m_drag, Drag::None) == Drag::Lasso)
        clearLasso();
}

void ScatterItem::finishLasso()
{
    update();
    Q_EMIT lassoChanged();
    if (!m_points)
        return;
    const auto rows
        = std::make_shared<const std::vector<std::uint32_t>>(pointsInside(*m_points, m_morph, m_outline));
    Q_EMIT lassoDrawn(QVariant::fromValue(ScatterRows(rows)));
}

void ScatterItem::mouseDoubleClickEvent(QMouseEvent* event)
{
    m_drag = Drag::None;
    m_viewport.zoomBy(2.0, event->position());
    movedByHand();
    event->accept();
}

void ScatterItem::hoverMoveEvent(QHoverEvent* event)
{
    hoverAt(event->position());
}

void ScatterItem::hoverLeaveEvent(QHoverEvent*)
{
    hoverAt(std::nullopt);
}

std::optional<std::uint32_t> ScatterItem::pointAt(QPointF position) const
{
    if (!m_points)
        return std::nullopt;
    return nearestPoint(*m_points, m_morph, m_viewport.toPlace(position),
        std::max(kReach, pointRadius() + 2.0) / m_viewport.scale());
}

void ScatterItem::hoverAt(std::optional<QPointF> position)
{
    const auto point = position ? pointAt(*position) : std::nullopt;
    const int hovered = point ? static_cast<int>(*point) : -1;
    if (hovered == m_hovered)
        return;
    m_hovered = hovered;
    Q_EMIT hoveredChanged();
}

void ScatterItem::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        m_viewport.panBy({kArrowStep, 0});
        break;
    case Qt::Key_Right:
        m_viewport.panBy({-kArrowStep, 0});
        break;
    case Qt::Key_Up:
        m_viewport.panBy({0, kArrowStep});
        break;
    case Qt::Key_Down:
        m_viewport.panBy({0, -kArrowStep});
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        break;
    case Qt::Key_Minus:
        zoomOut();
        break;
    case Qt::Key_0:
    case Qt::Key_Home:
        showAll();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        showMarked();
        break;
    case Qt::Key_L:
        setLassoMode(!m_lassoMode);
        break;
    default:
        QQuickItem::keyPressEvent(event);
        return;
    }
    movedByHand();
    event->accept();
}

} // namespace palimpsest::app
