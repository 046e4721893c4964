import QtQuick
import Palimpsest.Controls

// A share as a bar with its 95 % interval as a whisker. reference: a mark of what is expected anyway; -1: none.
Item {
    id: root
    required property real value
    required property real low
    required property real high
    property real reference: -1
    property real end: 1 // of the axis
    property color ink: Theme.accent

    implicitWidth: 120 * Theme.scale
    implicitHeight: Math.round(14 * Theme.scale)

    function place(share: real): real {
        return width * Math.max(0, Math.min(1, share / Math.max(0.001, end)));
    }

    Rectangle {
        anchors.fill: parent
        radius: 2
        color: Theme.raised
    }
    Rectangle {
        width: root.place(root.value)
        height: parent.height
        radius: 2
        color: root.ink
        opacity: 0.75
    }
    Rectangle { // whisker
        x: root.place(root.low)
        anchors.verticalCenter: parent.verticalCenter
        width: Math.max(1, root.place(root.high) - x)
        height: 2
        color: Theme.text
    }
    Repeater {
        model: [root.low, root.high]
        Rectangle {
            required property real modelData
            x: root.place(modelData) - 1
            anchors.verticalCenter: parent.verticalCenter
            width: 2
            height: parent.height * 0.6
            color: Theme.text
        }
    }
    Rectangle { // chance
        visible: root.reference >= 0
        x: root.place(root.reference) - 1
        width: 2
        height: parent.height
        color: Theme.danger
    }
}
