import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// How much two concepts have in common, as a share of each.
ColumnLayout {
    id: root
    required property ConceptPair pair

    spacing: Theme.spacing4

    Repeater {
        model: 2
        RowLayout {
            id: line
            required property int index
            readonly property bool base: index === 0
            spacing: Theme.spacing8
            Rectangle {
                implicitWidth: 72 * Theme.scale
                implicitHeight: Math.round(8 * Theme.scale)
                radius: 2
                color: Theme.raised
                Rectangle {
                    width: parent.width * (line.base ? root.pair.shareOfBase : root.pair.shareOfFineTuned)
                    height: parent.height
                    radius: 2
                    color: line.base ? Theme.baseModel : Theme.fineTuned
                }
            }
            AppText {
                Layout.fillWidth: true
                text: line.base ? root.pair.shareOfBaseText : root.pair.shareOfFineTunedText
                wrapMode: Text.Wrap
            }
        }
    }
    AppText {
        Layout.fillWidth: true
        text: root.pair.verdict
        color: Theme.muted
        wrapMode: Text.Wrap
    }
}
