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
            model: 2
            ColumnLayout {
                id: half
                required property int index
                readonly property bool base: index === 0
                Layout.fillWidth: true
                Layout.bottomMargin: Theme.spacing4
                spacing: 0
                AppText {
                    Layout.fillWidth: true
                    text: half.base ? root.pair.baseTitle : root.pair.fineTunedTitle
                    color: half.base ? Theme.baseModel : Theme.fineTuned
                    font.weight: Font.DemiBold
                    elide: Text.ElideRight
                }
                AppText {
                    Layout.fillWidth: true
                    text: half.base ? root.pair.baseWords : root.pair.fineTunedWords
                    elide: Text.ElideRight
                }
                AppText {
                    Layout.fillWidth: true
                    text: half.base ? root.pair.shareOfBaseText : root.pair.shareOfFineTunedText
                    color: Theme.muted
                    elide: Text.ElideRight
                }
            }
        }
    }
}
