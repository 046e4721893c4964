#include "figures/figure_input.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QStyleHints>
#include <QWheelEvent>

#include <cmath>

namespace palimpsest::app {

bool isArrowKey(int key)
{
    return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
}

bool keepsOwnKey(QEvent& event, bool (*isOwn)(int key))
{
    if (event.type() != QEvent::ShortcutOverride)
        return false;
    const auto& key = static_cast<const QKeyEvent&>(event);
    if (!isOwn(key.key()) || (key.modifiers() & ~Qt::KeypadModifier))
        return false;
    event.accept();
    return true;
}

double wheelZoom(const QWheelEvent& event)
{
    return std::pow(2.0, event.angleDelta().y() / 240.0);
}

bool startsDrag(QPointF moved)
{
    return moved.manhattanLength() >= QGuiApplication::styleHints()->startDragDistance();
}

} // namespace palimpsest::app
