import QtQuick
import QtQuick.Controls.impl
import Palimpsest.Controls

// The small picture of a slide; the icon of its view where there is none that may be shown.
Rectangle {
    id: root
    property string picture: ""
    property url iconSource
    property string hint: "" // said where there is no picture
    readonly property int side: Math.min(40, root.height / 2.5) // of the icon

    implicitWidth: 240
    implicitHeight: Math.round(width / 1.6)
    radius: Theme.radius
    color: Theme.raised
    border.color: Theme.border
    clip: true

    Image {
        anchors.fill: parent
        anchors.margins: 1
        source: root.picture
        asynchronous: true
        fillMode: Image.PreserveAspectFit
        smooth: true
        mipmap: true
    }
    Column {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.spacing8
        visible: !root.picture
        spacing: Theme.spacing4
        IconLabel {
            anchors.horizontalCenter: parent.horizontalCenter
            icon.source: root.iconSource
            icon.color: Theme.muted
            icon.width: root.side
            icon.height: root.side
        }
        AppText {
            width: parent.width
            visible: text
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            text: root.hint
            color: Theme.muted
            font.pixelSize: Theme.textSmall
        }
    }
}
