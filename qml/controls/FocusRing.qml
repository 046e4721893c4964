import QtQuick

// The frame that shows where the keyboard is. Put it inside the control and say when.
Rectangle {
    required property bool shown
    anchors.fill: parent
    anchors.margins: -2
    z: 1
    radius: Theme.radius + 2
    color: "transparent"
    border.color: Theme.accent
    border.width: 2
    visible: shown
}
