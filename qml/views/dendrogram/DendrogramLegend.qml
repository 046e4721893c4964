import QtQuick
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Views

// What the colours of concepts and links mean; one line that wraps.
Flow {
    id: root
    required property Dendrogram figure
    required property int colorBy
    required property bool links
    required property list<string> classNames
    required property list<string> labelNames

    spacing: Theme.spacing16

    function categoryColor(index: int): color {
        return root.figure.categoryColor(index, Theme.dark);
    }

    Repeater {
        model: root.colorBy === Dendrogram.Status || root.links
            ? [qsTr("Kept"), qsTr("Split"), qsTr("Merged"), qsTr("New"), qsTr("Vanished")] : []
        StatusBadge {
            required property int index
            required property string modelData
            status: index
            letter: modelData.charAt(0)
            word: modelData
        }
    }
    Repeater {
        model: root.colorBy === Dendrogram.Class ? root.classNames : []
        ClassTag {
            required property int index
            required property string modelData
            classIndex: index
            name: modelData
        }
    }
    Repeater {
        model: root.colorBy === Dendrogram.Label ? root.labelNames.concat([qsTr("Aligned with no label")]) : []
        Row {
            id: label
            required property int index
            required property string modelData
            spacing: Theme.spacing4
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: Math.round(11 * Theme.scale)
                height: width
                radius: 2
                color: root.categoryColor(label.index < root.labelNames.length ? label.index : -1)
            }
            AppText {
                text: label.modelData
                font.pixelSize: Theme.textSmall
            }
        }
    }
    AppText {
        visible: root.colorBy === Dendrogram.Class
        text: qsTr("the stronger, the larger the share of the class")
        font.pixelSize: Theme.textSmall
        color: Theme.muted
    }
    AppText {
        visible: root.colorBy === Dendrogram.Size
        text: qsTr("Concepts: the further from the background, the more occurrences")
        font.pixelSize: Theme.textSmall
        color: Theme.muted
    }
}
