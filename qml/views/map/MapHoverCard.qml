import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The occurrence under the pointer: its word, its sentence, its concept.
Rectangle {
    id: root
    required property MapModel model

    width: Math.min(340 * Theme.scale, parent.width)
    height: column.implicitHeight + 2 * Theme.spacing8
    radius: Theme.radius
    color: Theme.surface
    border.color: Theme.muted
    visible: model.hoverWord

    ColumnLayout {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top }
        anchors.margins: Theme.spacing8
        spacing: 2

        AppText {
            Layout.fillWidth: true
            text: root.model.hoverWord
            font.weight: Font.DemiBold
            elide: Text.ElideRight
        }
        AppText {
            Layout.fillWidth: true
            text: root.model.hoverSentence
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
        }
        AppText {
            Layout.fillWidth: true
            text: root.model.hoverConcept
            color: root.model.fineTuned ? Theme.fineTuned : Theme.baseModel
            elide: Text.ElideRight
        }
        AppText {
            Layout.fillWidth: true
            text: root.model.hoverDetail
            color: Theme.muted
            elide: Text.ElideRight
        }
    }
}
