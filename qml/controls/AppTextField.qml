import QtQuick
import QtQuick.Controls.Basic

// One line of text. Escape empties it; listen to `textEdited` or `accepted`.
TextField {
    id: root
    property string label: "" // what a screen reader says; the placeholder when empty
    property bool wrong: false

    implicitHeight: Theme.controlHeight
    implicitWidth: 160 * Theme.scale
    leftPadding: Theme.spacing8
    rightPadding: Theme.spacing8
    topPadding: 0
    bottomPadding: 0
    verticalAlignment: TextInput.AlignVCenter
    selectByMouse: true
    font.pixelSize: Theme.textBody
    color: Theme.text
    placeholderTextColor: Theme.muted
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentText
    Accessible.role: Accessible.EditableText
    Accessible.name: label || placeholderText

    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.color: root.wrong ? Theme.danger : root.activeFocus ? Theme.accent : Theme.border
        border.width: root.activeFocus ? 2 : 1
    }
}
