import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The polarity of a concept: one bar, and under it each class with its count and share.
ColumnLayout {
    id: root
    required property ClassShareModel model

    spacing: Theme.spacing4
    visible: model.count > 0

    RowLayout {
        spacing: Theme.spacing8
        Rectangle {
            Layout.fillWidth: true
            implicitHeight: Math.round(12 * Theme.scale)
            radius: 3
            color: Theme.raised
            clip: true
            Row {
                id: bar
                anchors.fill: parent
                Repeater {
                    model: root.model
                    Rectangle {
                        id: part
                        required property int classIndex
                        required property real share
                        width: part.share * bar.width
                        height: bar.height
                        color: Theme.classColor(part.classIndex)
                    }
                }
            }
        }
        InfoButton { topic: "polarity" }
    }
    Flow {
        Layout.fillWidth: true
        spacing: Theme.spacing16
        Repeater {
            model: root.model
            Row {
                id: entry
                required property string name
                required property int classIndex
                required property string countText
                required property string shareText
                spacing: Theme.spacing4
                ClassTag {
                    classIndex: entry.classIndex
                    name: entry.name
                    strong: true
                }
                AppText {
                    text: qsTr("%1 (%2)").arg(entry.countText).arg(entry.shareText)
                    font.pixelSize: Theme.textSmall
                    color: Theme.muted
                }
            }
        }
    }
}
