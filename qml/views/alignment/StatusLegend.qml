import QtQuick
import Palimpsest.Controls
import Palimpsest.Views

// What the colours beside rows and columns mean.
Column {
    id: root
    spacing: Theme.spacing8

    Repeater {
        model: [qsTr("Kept"), qsTr("Split"), qsTr("Merged"), qsTr("New"), qsTr("Vanished")]
        StatusBadge {
            required property int index
            required property string modelData
            status: index
            letter: modelData.charAt(0)
            word: modelData
        }
    }
}
