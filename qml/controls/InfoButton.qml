import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Models

// Says how a number was computed. topic: an entry of the registry in app/models/definitions.cpp.
AbstractButton {
    id: root
    required property string topic

    implicitWidth: Math.round(16 * Theme.scale)
    implicitHeight: implicitWidth
    focusPolicy: Qt.StrongFocus
    objectName: "info-" + topic
    Accessible.name: qsTr("How %1 is computed").arg(definition.title)
    onClicked: sheet.visible ? sheet.close() : sheet.open()
    Keys.onReturnPressed: click()

    Definition {
        id: definition
        topic: root.topic
    }
    background: Rectangle {
        radius: width / 2
        color: root.hovered || sheet.visible ? Theme.accentSoft : "transparent"
        border.color: root.hovered || sheet.visible ? Theme.accent : Theme.muted
        FocusRing { shown: root.visualFocus; radius: width / 2 }
    }
    contentItem: AppText {
        text: "i"
        color: root.hovered || sheet.visible ? Theme.accent : Theme.muted
        font.pixelSize: Theme.textSmall
        font.italic: true
        horizontalAlignment: Text.AlignHCenter
        verticalAlignment: Text.AlignVCenter
    }
    Popup {
        id: sheet
        y: root.height + Theme.spacing4
        x: Math.min(0, (root.Window.width || 10000) - root.mapToItem(null, 0, 0).x - width - Theme.spacing8)
        margins: Theme.spacing8
        width: 340 * Theme.scale
        padding: Theme.spacing12
        closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
        focus: true
        background: Rectangle {
            radius: Theme.radius
            color: Theme.surface
            border.color: Theme.border
        }
        contentItem: ColumnLayout {
            spacing: Theme.spacing4
            AppText {
                Layout.fillWidth: true
                text: definition.title
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            AppText {
                objectName: "infoText"
                Layout.fillWidth: true
                text: definition.text
                wrapMode: Text.Wrap
                lineHeight: 1.1
            }
        }
    }
}
