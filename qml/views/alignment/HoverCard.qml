import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Both concepts of the cell under the pointer.
Rectangle {
    id: root
    required property ConceptPair pair

    width: Math.min(340 * Theme.scale, parent.width)
    height: column.implicitHeight + 2 * Theme.spacing8
    radius: Theme.radius
    color: Theme.surface
    border.color: Theme.muted
    visible: pair.valid

    ColumnLayout {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top }
        anchors.margins: Theme.spacing8
        spacing: 2

        Repeater {
            model: [
                { "title": root.pair.baseTitle, "words": root.pair.baseWords,
                    "share": root.pair.shareOfBaseText, "color": Theme.baseModel },
                { "title": root.pair.fineTunedTitle, "words": root.pair.fineTunedWords,
                    "share": root.pair.shareOfFineTunedText, "color": Theme.fineTuned }
            ]
            ColumnLayout {
                id: half
                required property var modelData
                Layout.fillWidth: true
                Layout.bottomMargin: Theme.spacing4
                spacing: 0
                AppText {
                    Layout.fillWidth: true
                    text: half.modelData.title
                    color: half.modelData.color
                    font.weight: Font.DemiBold
                    elide: Text.ElideRight
                }
                AppText {
                    Layout.fillWidth: true
                    text: half.modelData.words
                    elide: Text.ElideRight
                }
                AppText {
                    Layout.fillWidth: true
                    text: half.modelData.share
                    color: Theme.muted
                    elide: Text.ElideRight
                }
            }
        }
    }
}
