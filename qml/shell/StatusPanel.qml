import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls

// A sheet above the status bar: title, actions at its right, and what is inside.
Popup {
    id: root
    property string title: ""
    property alias actions: actionRow.data
    default property alias content: body.data

    width: Math.min(440 * Theme.scale, parent.width - 2 * Theme.spacing8)
    padding: Theme.spacing12
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutsideParent
    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.color: Theme.border
    }
    contentItem: ColumnLayout {
        id: body
        spacing: Theme.spacing8
        RowLayout {
            AppText {
                Layout.fillWidth: true
                text: root.title
                font.pixelSize: Theme.textLarge
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Row {
                id: actionRow
                spacing: Theme.spacing4
            }
        }
    }
}
