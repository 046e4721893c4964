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
        model: [
            { "share": root.pair.shareOfBase, "text": root.pair.shareOfBaseText, "color": Theme.baseModel },
            { "share": root.pair.shareOfFineTuned, "text": root.pair.shareOfFineTunedText, "color": Theme.fineTuned }
        ]
        RowLayout {
            id: line
            required property var modelData
            spacing: Theme.spacing8
            Rectangle {
                implicitWidth: 72 * Theme.scale
                implicitHeight: Math.round(8 * Theme.scale)
                radius: 2
                color: Theme.raised
                Rectangle {
                    width: parent.width * line.modelData.share
                    height: parent.height
                    radius: 2
                    color: line.modelData.color
                }
            }
            AppText {
                Layout.fillWidth: true
                text: line.modelData.text
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
