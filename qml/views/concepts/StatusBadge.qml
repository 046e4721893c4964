import QtQuick
import Palimpsest.Controls

// What became of a concept: a letter on the colour of the status, and the word where there is room.
Row {
    id: root
    required property int status
    required property string letter
    property string word: ""
    property bool wordShown: true // false where it has no room; a screen reader says it all the same

    spacing: Theme.spacing4
    Accessible.role: Accessible.StaticText
    Accessible.name: word

    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        width: Math.round(17 * Theme.scale)
        height: width
        radius: 3
        color: Theme.statusColor(root.status)
        AppText {
            anchors.centerIn: parent
            text: root.letter
            color: "#1A1A1A" // dark on all five colours, in both themes
            font.pixelSize: Theme.textSmall
            font.weight: Font.Bold
        }
    }
    AppText {
        anchors.verticalCenter: parent.verticalCenter
        visible: text && root.wordShown
        text: root.word
    }
}
