import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls

// One sentence across the window that stays until it is closed, with an optional action.
Rectangle {
    id: root
    property string text: ""
    property string actionText: ""
    property bool danger: false
    signal triggered()
    signal dismissed()

    visible: text
    implicitHeight: row.implicitHeight + 2 * Theme.spacing8
    color: danger ? Theme.dangerSoft : Theme.accentSoft
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    RowLayout {
        id: row
        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter }
        anchors.leftMargin: Theme.spacing16
        anchors.rightMargin: Theme.spacing8
        spacing: Theme.spacing12
        AppText {
            Layout.fillWidth: true
            text: root.text
            color: root.danger ? Theme.danger : Theme.text
            wrapMode: Text.Wrap
        }
        AppButton {
            visible: text
            text: root.actionText
            onClicked: root.triggered()
        }
        AppButton {
            flat: true
            icon.source: "qrc:/icons/close.svg"
            toolTip: qsTr("Close")
            onClicked: root.dismissed()
        }
    }
}
