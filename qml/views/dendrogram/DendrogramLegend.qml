import QtQuick
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Views

// What the colours of concepts and links mean; one line that wraps.
Flow {
    id: root
    required property int colorBy
    required property bool links
    required property list<string> classNames

    spacing: Theme.spacing16

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
