import QtQuick
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// What the colours of the points mean; wraps.
Flow {
    id: root
    required property MapModel model
    required property list<string> classNames

    readonly property string note: model.coloring === MapModel.ByConcept ? qsTr("Eight colours in turn: neighbours of one colour need not be one concept")
        : model.coloring === MapModel.ByClass ? qsTr("class of the occurrence's sentence")
        : model.coloring === MapModel.BySearch ? model.foundText : ""
    /// The same for a figure in a file (FigureSource.legend).
    readonly property var figureEntries: statusNames.map((name, status) => ({ "text": name, "status": status })).filter(entry => entry.status !== hiddenStatus)
        .concat(shownClasses.map((name, index) => ({ "text": name, "classIndex": index })))
        .concat(model.legend)
    readonly property list<string> statusNames: model.coloring === MapModel.ByStatus
        ? [qsTr("Kept"), qsTr("Split"), qsTr("Merged"), qsTr("New"), qsTr("Vanished")] : []
    readonly property list<string> shownClasses: model.coloring === MapModel.ByClass ? classNames : []
    // A base concept cannot be new and a fine-tuned one cannot have vanished.
    readonly property int hiddenStatus: model.fineTuned ? 4 : 3

    spacing: Theme.spacing16

    Repeater {
        model: root.statusNames
        StatusBadge {
            required property int index
            required property string modelData
            visible: index !== root.hiddenStatus
            status: index
            letter: modelData.charAt(0)
            word: modelData
        }
    }
    Repeater {
        model: root.shownClasses
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
        text: root.note
        visible: text
        font.pixelSize: Theme.textSmall
        color: Theme.muted
    }
}
