// What pointer and keys do in a dendrogram.
#include "figures/dendrogram_item.h"

#include <QHoverEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>

#include "figures/figure_input.h"

namespace palimpsest::app {

namespace {

bool isDendrogramKey(int key)
{
    return isArrowKey(key) || key == Qt::Key_Home || key == Qt::Key_Space;
}

} // namespace

bool DendrogramItem::event(QEvent* event)
{
    return keepsOwnKey(*event, isDendrogramKey) || FigureItem::event(event);
}

void DendrogramItem::wheelEvent(QWheelEvent* event)
{
    const double factor = wheelZoom(*event);
    if (event->modifiers() & Qt::ControlModifier) {
        zoomDepth(factor);
    } else if (event->modifiers() & Qt::ShiftModifier) {
        m_viewport.panBy(event->angleDelta().y() / 2.0);
        movedByHand();
    } else {
        m_viewport.zoomBy(factor, event->position().y());
        movedByHand();
    }
    event->accept();
}

void DendrogramItem::mousePressEvent(QMouseEvent* event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    m_pressed = event->position();
    m_drag = Drag::Pressed;
    if (const auto fineTuned = cutNear(event->position())) {
        m_drag = Drag::Cut;
        m_dragFineTuned = *fineTuned;
    }
    event->accept();
}

void DendrogramItem::mouseMoveEvent(QMouseEvent* event)
{
    if (m_drag == Drag::Cut && m_scene) {
        dragCut(event->position().x());
        return;
    }
    const QPointF moved = event->position() - m_pressed;
    if (m_drag == Drag::Pressed && !startsDrag(moved))
        return;
    m_drag = Drag::Pan;
    m_pressed = event->position();
    m_viewport.panBy(moved.y());
    movedByHand();
}

void DendrogramItem::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_drag == Drag::Pressed && m_scene) {
        const DendrogramPlaces where = places();
        if (const auto mark = nodeAt(*m_scene, where, m_viewport, event->position())) {
            pick(*mark);
        } else if (const int index = linkAt(*m_scene, where, m_viewport, event->position()); index >= 0) {
            const layout::Link& link = m_scene->tanglegram->links[static_cast<std::size_t>(index)];
            Q_EMIT linkPicked(
                static_cast<int>(base::toIndex(link.a)), static_cast<int>(base::toIndex(link.b)));
        }
    }
    if (m_drag == Drag::Cut && m_scene
        && m_draggedCut == static_cast<int>(m_scene->base.layout().order().size())) {
        m_draggedCut.reset(); // the picture has caught up already
        Q_EMIT cutChanged();
    }
    m_drag = Drag::None;
}

void DendrogramItem::mouseDoubleClickEvent(QMouseEvent* event)
{
    m_drag = Drag::None;
    const auto mark = m_scene ? nodeAt(*m_scene, places(), m_viewport, event->position()) : std::nullopt;
    if (mark && m_viewport.zoom() < 1.001) {
        pick(*mark);
        showCurrent();
    } else {
        showAll();
    }
    event->accept();
}

void DendrogramItem::hoverMoveEvent(QHoverEvent* event)
{
    hover(event->position(), true);
}

void DendrogramItem::hoverLeaveEvent(QHoverEvent*)
{
    hover({}, false);
}

bool DendrogramItem::stepByKey(int key)
{
    const bool mirrored
        = m_scene && (m_scene->shows(m_current.fineTuned) ? m_current.fineTuned : !m_current.fineTuned);
    switch (key) {
    case Qt::Key_Left:
        walk(mirrored ? TreeStep::ToChild : TreeStep::ToParent);
        return true;
    case Qt::Key_Right:
        walk(mirrored ? TreeStep::ToParent : TreeStep::ToChild);
        return true;
    case Qt::Key_Up:
        walk(TreeStep::Up);
        return true;
    case Qt::Key_Down:
        walk(TreeStep::Down);
        return true;
    default:
        return false;
    }
}

void DendrogramItem::keyPressEvent(QKeyEvent* event)
{
    if (stepByKey(event->key()))
        return;
    switch (event->key()) {
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
        showCurrent();
        break;
    case Qt::Key_Space:
        if (m_current.node >= 0)
            Q_EMIT collapseRequested(m_current.fineTuned, m_current.node);
        break;
    case Qt::Key_C:
        Q_EMIT counterpartRequested();
        break;
    case Qt::Key_BracketLeft:
        stepCut(-1);
        break;
    case Qt::Key_BracketRight:
        stepCut(1);
        break;
    case Qt::Key_PageUp:
        stepCut(-std::max(1, cut() / 10));
        break;
    case Qt::Key_PageDown:
        stepCut(std::max(1, cut() / 10));
        break;
    default:
        FigureItem::keyPressEvent(event);
        return;
    }
    event->accept();
}

} // namespace palimpsest::app
