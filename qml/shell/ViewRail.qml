import QtQuick
import QtQuick.Controls.Basic
import Palimpsest.Controls
import Palimpsest.Models

// The views, one under the other.
Rectangle {
    id: root
    property int currentIndex: 0
    signal activated(int index)

    implicitWidth: 88 * Theme.scale
    color: Theme.surface

    Column {
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.spacing8 }
        spacing: Theme.spacing4
        Repeater {
            id: views
            model: ViewListModel {}
            AppButton {
                id: entry
                required property int index
                required property string title
                required property url iconSource
                required property string shortcut
                width: parent.width
                implicitHeight: Math.min(58 * Theme.scale, (root.height - 2 * Theme.spacing8) / views.count - Theme.spacing4)
                flat: true
                text: title
                toolTip: shortcut ? title + " (" + shortcut + ")" : title
                checked: index === root.currentIndex
                display: AbstractButton.TextUnderIcon
                leftPadding: 0
                rightPadding: 0
                spacing: Theme.spacing4
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
