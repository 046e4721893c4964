import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// One's own word list or regular expressions, written here. Kept with the label set, so they can be changed later.
ColumnLayout {
    id: root
    required property LabelForm form

    spacing: Theme.spacing4

    AppText {
        text: qsTr("Lines")
        font.weight: Font.DemiBold
    }
    ScrollView {
        Layout.fillWidth: true
        Layout.preferredHeight: 130 * Theme.scale
        TextArea {
            id: area
            objectName: "labelLines"
            text: root.form.list
            placeholderText: root.form.listHint
            font.pixelSize: Theme.textBody
            color: Theme.text
            placeholderTextColor: Theme.muted
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentText
            selectByMouse: true
            Accessible.role: Accessible.EditableText
            Accessible.name: qsTr("Lines of the list")
            onTextChanged: if (activeFocus) root.form.list = text
            background: Rectangle {
                radius: Theme.radius
                color: Theme.surface
                border.color: area.activeFocus ? Theme.accent : Theme.border
                border.width: area.activeFocus ? 2 : 1
            }
        }
    }
    AppText {
        Layout.fillWidth: true
        text: qsTr("Press Tab in a line for the tab between word and label. Or choose a file below.")
        color: Theme.muted
        font.pixelSize: Theme.textSmall
        wrapMode: Text.Wrap
    }
}
