import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// What the node under the pointer stands for.
Rectangle {
    id: root
    required property TreeNodeCard card

    width: Math.min(320 * Theme.scale, parent.width)
    height: column.implicitHeight + 2 * Theme.spacing8
    radius: Theme.radius
    color: Theme.surface
    border.color: Theme.muted
    visible: card.valid

    ColumnLayout {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top }
        anchors.margins: Theme.spacing8
        spacing: 2

        AppText {
            Layout.fillWidth: true
            text: root.card.title
            color: root.card.fineTuned ? Theme.fineTuned : Theme.baseModel
            font.weight: Font.DemiBold
            elide: Text.ElideRight
        }
        AppText {
            Layout.fillWidth: true
            text: root.card.statusText ? root.card.statusText + ", " + root.card.subtitle : root.card.subtitle
            color: Theme.muted
            elide: Text.ElideRight
        }
        AppText {
            Layout.fillWidth: true
            visible: text
            text: root.card.topWords
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
        }
        AppText {
            Layout.fillWidth: true
            visible: text
            text: root.card.classText
            color: Theme.muted
            elide: Text.ElideRight
        }
    }
}
