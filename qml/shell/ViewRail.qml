import QtQuick
import QtQuick.Controls.Basic
import Palimpsest.Controls
import Palimpsest.Models

// The views, one under the other.
Rectangle {
    id: root
    property int currentIndex: 0
    signal activated(int index)

    readonly property real entryRoom: (height - 2 * Theme.spacing8) / Math.max(1, entries.count) - list.spacing
    readonly property bool narrow: entryRoom < 40 * Theme.scale // no room for icons

    implicitWidth: 88 * Theme.scale
    color: Theme.surface

    Column {
        id: list
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.spacing8 }
        spacing: Theme.spacing4
        Repeater {
            id: entries
            model: ViewListModel {}
            AppButton {
                id: entry
                required property int index
                required property string title
                required property url iconSource
                required property string shortcut
                width: parent.width
                implicitHeight: Math.max(Theme.textSmall * 1.4, Math.min(58 * Theme.scale, root.entryRoom))
                flat: true
                text: title
                toolTip: shortcut ? title + " (" + shortcut + ")" : title
                checked: index === root.currentIndex
                display: root.narrow ? AbstractButton.TextOnly : AbstractButton.TextUnderIcon
                topPadding: 0
                bottomPadding: 0
                leftPadding: 0
                rightPadding: 0
                spacing: 2
                font.pixelSize: Theme.textSmall
                icon.source: iconSource
                icon.color: checked ? Theme.accent : Theme.muted
                Accessible.role: Accessible.PageTab
                onClicked: root.activated(index)
            }
        }
    }
    Rectangle {
        anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
        width: 1
        color: Theme.border
    }
}
