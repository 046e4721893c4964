#pragma once
// What all figures do alike with keys, wheel and pointer.
// Thread: GUI.

#include <QPointF>

class QEvent;
class QWheelEvent;

namespace palimpsest::app {

/// Left, Right, Up or Down.
[[nodiscard]] bool isArrowKey(int key);

/// Keeps a key for the figure that has the focus although it is a shortcut of the window, as arrow keys are
/// for the layers: accepts the ShortcutOverride of a key that `isOwn` and that is pressed without others.
/// True: the event needs nothing more.
[[nodiscard]] bool keepsOwnKey(QEvent& event, bool (*isOwn)(int key) = isArrowKey);

/// What a turn of the wheel multiplies the zoom by; two notches double it.
[[nodiscard]] double wheelZoom(const QWheelEvent& event);

/// Whether a pressed pointer that moved this far drags; below, it still clicks.
[[nodiscard]] bool startsDrag(QPointF moved);

} // namespace palimpsest::app
