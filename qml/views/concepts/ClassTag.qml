import QtQuick
import Palimpsest.Controls

// The name of a class with its colour.
Row {
    id: root
    required property int classIndex
    required property string name
    property bool strong: false

    spacing: Theme.spacing4
    visible: name

    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        width: Math.round(9 * Theme.scale)
        height: width
        radius: 2
        color: Theme.classColor(root.classIndex)
    }
    AppText {
        anchors.verticalCenter: parent.verticalCenter
        text: root.name
        font.pixelSize: Theme.textSmall
        font.weight: root.strong ? Font.DemiBold : Font.Normal
        color: root.strong ? Theme.text : Theme.muted
    }
}
