import QtQuick
import Palimpsest.Controls
import Palimpsest.Models

// Words coloured by what they do to the classifier. A trigger may be dropped before each; Delete removes one.
Flow {
    id: root
    required property SentenceWordModel words
    property int secondBegin: -1 // word that a pair's second text begins with
    signal dropped(int trigger, int beforeWord)
    signal removed(int word)

    spacing: 2
    Repeater {
        model: root.words
        Rectangle {
            id: cell
            required property int index
            required property string word
            required property real score
            required property real magnitude
            required property string scoreText
            required property string description
            readonly property color ink: score >= 0 ? Theme.accent : Theme.fineTuned
            objectName: "word" + index
            readonly property bool begins: index === root.secondBegin
            implicitWidth: Math.max(label.implicitWidth, number.implicitWidth) + 2 * Theme.spacing8
            implicitHeight: label.implicitHeight + (number.visible ? number.implicitHeight : 0) + Theme.spacing8
            radius: 4
            color: Qt.rgba(ink.r, ink.g, ink.b, 0.08 + 0.5 * magnitude)
            border.color: activeFocus ? Theme.accent : "transparent"
            border.width: 2
            activeFocusOnTab: true
            Accessible.role: Accessible.StaticText
            Accessible.name: begins ? qsTr("second text, %1").arg(description) : description
            Keys.onDeletePressed: root.removed(index)

            Rectangle { // between the texts of a pair
                objectName: cell.begins ? "secondTextMark" : ""
                visible: cell.begins
                x: -2
                width: 2
                height: parent.height
                color: Theme.muted
            }
            AppText {
                id: label
                anchors { top: parent.top; topMargin: Theme.spacing4; horizontalCenter: parent.horizontalCenter }
                text: cell.word
            }
            AppText {
                id: number
                anchors { top: label.bottom; horizontalCenter: parent.horizontalCenter }
                visible: text
                text: cell.scoreText
                font.pixelSize: Theme.textSmall
                color: cell.magnitude > 0.6 ? Theme.text : Theme.muted
            }
            DropArea {
                id: place
                anchors.fill: parent
                keys: ["palimpsest/trigger"]
                onDropped: drop => root.dropped(drop.source.row, drop.x < width / 2 ? cell.index : cell.index + 1)
            }
            Rectangle { // where a dragged word would go
                visible: place.containsDrag
                x: place.drag.x < parent.width / 2 ? -2 : parent.width - 1
                width: 3
                height: parent.height
                color: Theme.accent
            }
            TapHandler { onTapped: cell.forceActiveFocus() }
        }
    }
}
