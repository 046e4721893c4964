import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import QtQuick.Templates as T

// A sheet over the window: title, what is inside, and a row of buttons at the bottom right.
Popup {
    id: root
    property string title: ""
    property alias buttons: buttonRow.data
    property alias footerText: note.text
    default property alias content: body.data

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    modal: true
    focus: true
    padding: Theme.spacing16
    closePolicy: Popup.CloseOnEscape
    T.Overlay.modal: Rectangle { color: Theme.dark ? "#A0000000" : "#60000000" }
    background: Rectangle {
        radius: 2 * Theme.radius
        color: Theme.surface
        border.color: Theme.border
    }
    contentItem: ColumnLayout {
        spacing: Theme.spacing12
        RowLayout {
            AppText {
                Layout.fillWidth: true
                text: root.title
                font.pixelSize: Theme.textTitle
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            AppButton {
                flat: true
                icon.source: "qrc:/icons/close.svg"
                toolTip: qsTr("Close")
                onClicked: root.close()
            }
        }
        Item {
            id: body
            Layout.fillWidth: true
            Layout.fillHeight: true
            implicitHeight: children.length > 0 ? children[0].implicitHeight : 0
        }
        RowLayout {
            visible: buttonRow.children.length > 0 || note.text
            spacing: Theme.spacing12
            AppText {
                id: note
                Layout.fillWidth: true
                color: Theme.muted
                wrapMode: Text.Wrap
            }
            Row {
                id: buttonRow
                spacing: Theme.spacing8
            }
        }
    }
}
