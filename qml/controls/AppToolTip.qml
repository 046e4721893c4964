import QtQuick
import QtQuick.Controls.Basic

// Exact numbers beside the pointer, as wide as their text.
ToolTip {
    id: root
    padding: Theme.spacing8
    contentItem: AppText { text: root.text }
    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.color: Theme.muted
    }
}
