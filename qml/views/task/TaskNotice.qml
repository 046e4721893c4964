import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// A line above the parts: how far the predictions are, or why there are none and what to do.
Rectangle {
    id: root
    required property TaskModel model
    readonly property bool predicting: model.state === TaskModel.Predicting

    visible: predicting || model.problem
    implicitHeight: row.implicitHeight + 2 * Theme.spacing8
    radius: Theme.radius
    color: predicting ? Theme.accentSoft : Theme.dangerSoft
    Accessible.role: Accessible.AlertMessage
    Accessible.name: message.text

    RowLayout {
        id: row
        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter }
        anchors.margins: Theme.spacing12
        spacing: Theme.spacing12
        AppText {
            id: message
            objectName: "taskProblem"
            Layout.fillWidth: true
            wrapMode: Text.Wrap
            text: root.predicting ? qsTr("The fine-tuned model reads all sentences; gold classes are shown meanwhile. %1").arg(root.model.progressText)
                                  : root.model.problem
        }
        ProgressLine {
            visible: root.predicting
            fraction: root.model.progress
        }
        AppButton {
            visible: root.predicting
            text: qsTr("Cancel")
            onClicked: root.model.cancel()
        }
        AppButton {
            objectName: "chooseModelFolder"
            visible: root.model.folderMissing && !root.predicting
            text: qsTr("Choose its folder…")
            toolTip: qsTr("Where the fine-tuned checkpoint lies now")
            onClicked: dialog.open()
        }
        AppButton {
            visible: root.model.problem && !root.predicting
            text: qsTr("Try again")
            onClicked: root.model.retry()
        }
    }
    FolderDialog {
        id: dialog
        title: qsTr("Folder of the fine-tuned checkpoint")
        onAccepted: root.model.chooseFolder(selectedFolder)
    }
}
