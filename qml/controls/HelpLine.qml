import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import QtQuick.Window

// One or two lines that say what a view draws and how it is computed.
RowLayout {
    id: root
    property alias text: label.text
    // Where the window is low for its texts, one line; all of it is said when it is pointed at.
    readonly property bool brief: label.Window.height > 0 && label.Window.height < 640 * Theme.scale
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
        wrapMode: root.brief ? Text.NoWrap : Text.Wrap
        elide: root.brief ? Text.ElideRight : Text.ElideNone
        lineHeight: 1.1
        HoverHandler { id: hover }
        ToolTip.visible: hover.hovered && truncated
        ToolTip.delay: 500
        ToolTip.text: text
    }
}
