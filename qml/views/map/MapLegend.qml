import QtQuick
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// What the colours of the points mean; wraps.
Flow {
    id: root
    required property MapModel model
    required property list<string> classNames

    spacing: Theme.spacing16

    Repeater {
        model: root.model.coloring === MapModel.ByStatus
            ? [qsTr("Kept"), qsTr("Split"), qsTr("Merged"), qsTr("New"), qsTr("Vanished")] : []
        StatusBadge {
            required property int index
            required property string modelData
            // A base concept cannot be new and a fine-tuned one cannot have vanished.
            visible: index !== (root.model.fineTuned ? 4 : 3)
            status: index
            letter: modelData.charAt(0)
            word: modelData
        }
    }
    Repeater {
        model: root.model.coloring === MapModel.ByClass ? root.classNames : []
        ClassTag {
            required property int index
            required property string modelData
            classIndex: index
            name: modelData
        }
    }
    Repeater {
        model: root.model.legend
        Row {
            id: entry
            required property var modelData
            spacing: Theme.spacing4
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.textSmall
                height: width
                radius: width / 2
                color: entry.modelData.color
            }
            AppText {
                text: entry.modelData.text
                font.pixelSize: Theme.textSmall
            }
        }
    }
    AppText {
        text: root.model.coloring === MapModel.ByConcept ? qsTr("Eight colours in turn: neighbours of one colour need not be one concept")
            : root.model.coloring === MapModel.ByClass ? qsTr("class of the occurrence's sentence")
            : root.model.coloring === MapModel.BySearch ? root.model.foundText : ""
        visible: text
        font.pixelSize: Theme.textSmall
        color: Theme.muted
    }
}
