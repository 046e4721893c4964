import QtQuick
import QtQuick.Controls.Basic

// Several lines of text. Tab leaves it. Listen to `edited`: sent when the keyboard leaves and the text differs.
TextArea {
    id: root
    property string label: "" // what a screen reader says
    property string value: ""
    signal edited(string text)

    text: value
    wrapMode: TextEdit.Wrap
    selectByMouse: true
    padding: Theme.spacing8
    font.pixelSize: Theme.textBody
    color: Theme.text
    placeholderTextColor: Theme.muted
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentText
    textFormat: TextEdit.PlainText
    KeyNavigation.priority: KeyNavigation.BeforeItem
    KeyNavigation.tab: nextItemInFocusChain(true)
    KeyNavigation.backtab: nextItemInFocusChain(false)
    Accessible.role: Accessible.EditableText
    Accessible.name: label || placeholderText
    onEditingFinished: text !== value && edited(text)
    onValueChanged: text = value

    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.color: root.activeFocus ? Theme.accent : Theme.border
        border.width: root.activeFocus ? 2 : 1
    }
}
