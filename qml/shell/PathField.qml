import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Palimpsest.Controls

// A path to type or to choose. folder: choose a folder; save: name a file that need not exist.
RowLayout {
    id: root
    property string label: ""
    property string path: ""
    property string hint: ""
    property bool folder: false
    property bool save: false
    property list<string> nameFilters: [qsTr("All files (*)")]
    signal chosen(string path)

    spacing: Theme.spacing8

    AppText {
        Layout.preferredWidth: 130 * Theme.scale
        text: root.label
    }
    AppTextField {
        Layout.fillWidth: true
        label: root.label
        text: root.path
        placeholderText: root.hint
        onEditingFinished: root.chosen(text)
    }
    AppButton {
        text: qsTr("Choose…")
        Accessible.name: qsTr("Choose %1").arg(root.label)
        onClicked: root.folder ? folderDialog.open() : fileDialog.open()
    }
    FolderDialog {
        id: folderDialog
        title: root.label
        onAccepted: root.chosen(selectedFolder)
    }
    FileDialog {
        id: fileDialog
        title: root.label
        fileMode: root.save ? FileDialog.SaveFile : FileDialog.OpenFile
        nameFilters: root.nameFilters
        onAccepted: root.chosen(selectedFile)
    }
}
