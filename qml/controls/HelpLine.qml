import QtQuick
import QtQuick.Layouts

// One or two lines that say what a view draws and how it is computed.
RowLayout {
    id: root
    property alias text: label.text
    spacing: Theme.spacing8

    Rectangle {
        Layout.alignment: Qt.AlignTop
        Layout.topMargin: 1
        implicitWidth: Math.round(16 * Theme.scale)
        implicitHeight: implicitWidth
        radius: width / 2
        color: "transparent"
        border.color: Theme.muted
        AppText {
            anchors.centerIn: parent
            text: "i"
            color: Theme.muted
            font.pixelSize: Theme.textSmall
            font.italic: true
        }
    }
    AppText {
        id: label
        Layout.fillWidth: true
        color: Theme.muted
        wrapMode: Text.Wrap
        lineHeight: 1.1
    }
}
