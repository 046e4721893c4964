import QtQuick
import Palimpsest.Controls
import Palimpsest.Figures

// Names of the largest concepts that have room, at the middle of their occurrences; a click selects one.
Item {
    id: root
    required property Scatter figure
    signal picked(int conceptId)

    Repeater {
        model: root.figure.labels
        Rectangle {
            id: label
            required property string labelText
            required property real labelX
            required property real labelY
            required property int labelId
            x: labelX
            y: labelY
            width: content.implicitWidth + 6
            height: content.implicitHeight + 2
            radius: 3
            color: Qt.alpha(Theme.surface, 0.82)
            border.color: area.containsMouse ? Theme.accent : "transparent"
            AppText {
                id: content
                anchors.centerIn: parent
                text: label.labelText
                font.pixelSize: root.figure.font.pixelSize
            }
            MouseArea {
                id: area
                anchors.fill: parent
                hoverEnabled: true
                enabled: !root.figure.lassoMode
                cursorShape: Qt.PointingHandCursor
                onClicked: root.picked(label.labelId)
                onWheel: wheel => wheel.accepted = false
            }
        }
    }
}
