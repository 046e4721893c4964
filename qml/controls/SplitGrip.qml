import QtQuick
import QtQuick.Templates as T

// The handle between two parts of a SplitView.
Item {
    implicitWidth: Theme.spacing12
    implicitHeight: Theme.spacing12
    readonly property bool active: T.SplitHandle.hovered || T.SplitHandle.pressed

    Rectangle {
        anchors.centerIn: parent
        width: 2
        height: 32
        radius: 1
        color: parent.active ? Theme.accent : Theme.border
    }
}
