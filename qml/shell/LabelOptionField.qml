import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// One option of a label source: a path, a switch or a line of text, with what it means under it.
ColumnLayout {
    id: root
    required property string name
    required property string title
    required property string help
    required property string standard
    required property string value
    required property int kind
    required property list<string> choices
    signal chosen(string name, string value)

    spacing: 2

    Loader {
        Layout.fillWidth: true
        sourceComponent: root.kind === LabelOptionModel.Flag ? flag : root.kind === LabelOptionModel.Choice ? choice
            : root.kind === LabelOptionModel.Text ? line : path
    }
    AppText {
        Layout.fillWidth: true
        Layout.leftMargin: 138 * Theme.scale
        text: root.help
        color: Theme.muted
        font.pixelSize: Theme.textSmall
        wrapMode: Text.Wrap
    }
    Component {
        id: path
        PathField {
            label: root.title
            folder: root.kind === LabelOptionModel.Folder
            hint: root.standard
            path: root.value
            onChosen: path => root.chosen(root.name, path)
        }
    }
    Component {
        id: line
        RowLayout {
            spacing: Theme.spacing8
            AppText {
                Layout.preferredWidth: 130 * Theme.scale
                text: root.title
            }
            AppTextField {
                objectName: "option-" + root.name
                Layout.fillWidth: true
                label: root.title
                text: root.value
                placeholderText: root.standard
                onTextEdited: root.chosen(root.name, text)
            }
        }
    }
    Component {
        id: choice
        RowLayout {
            spacing: Theme.spacing8
            AppText {
                Layout.preferredWidth: 130 * Theme.scale
                text: root.title
            }
            AppComboBox {
                Layout.fillWidth: true
                label: root.title
                model: root.choices
                currentIndex: root.choices.indexOf(root.value || root.standard)
                onActivated: index => root.chosen(root.name, root.choices[index])
            }
        }
    }
    Component {
        id: flag
        AppCheckBox {
            leftPadding: 138 * Theme.scale
            text: root.title
            checked: (root.value || root.standard) === "yes"
            onToggled: root.chosen(root.name, checked ? "yes" : "no")
        }
    }
}
