import QtQuick

// A thin bar of a job's progress.
Rectangle {
    id: root
    property real fraction: 0
    implicitWidth: 120
    implicitHeight: 5
    radius: height / 2
    color: Theme.border
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("Progress %1 %").arg(Math.round(100 * fraction))

    Rectangle {
        width: parent.width * Math.max(0, Math.min(1, root.fraction))
        height: parent.height
        radius: parent.radius
        color: Theme.accent
    }
}
