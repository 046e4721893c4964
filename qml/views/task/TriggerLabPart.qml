import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// Choices at the left, what the search found at the right.
Item {
    id: root
    required property TaskModel model
    readonly property TriggerLabModel lab: model.lab
    readonly property bool found: lab.headline !== ""
    signal conceptChosen(int layer, int conceptId)

    EmptyState {
        objectName: "labUnavailable"
        anchors.centerIn: parent
        visible: root.lab.state === TriggerLabModel.Unavailable
        busy: root.model.state === TaskModel.Predicting
        text: busy ? qsTr("The fine-tuned model reads all sentences") : qsTr("Triggers need the fine-tuned model's predictions")
        hint: busy ? root.model.progressText : root.model.problem
    }
    AppSplit {
        keptAs: "triggerLab"
        anchors.fill: parent
        visible: root.lab.state !== TriggerLabModel.Unavailable
        TriggerControls {
            SplitView.preferredWidth: 240 * Theme.scale
            SplitView.minimumWidth: 200
            model: root.model
        }
        Item {
            SplitView.fillWidth: true
            SplitView.minimumWidth: 400

            ColumnLayout {
                anchors.fill: parent
                spacing: Theme.spacing8
                RowLayout {
                    visible: root.lab.state === TriggerLabModel.Running
                    spacing: Theme.spacing12
                    AppText {
                        objectName: "labProgress"
                        text: root.lab.progressText || qsTr("Waiting for other work")
                        color: Theme.muted
                    }
                    ProgressLine {
                        Layout.fillWidth: true
                        fraction: root.lab.progress
                    }
                    AppButton {
                        objectName: "cancelTriggers"
                        text: qsTr("Cancel")
                        onClicked: root.lab.cancel()
                    }
                }
                AppText {
                    objectName: "labError"
                    Layout.fillWidth: true
                    visible: text
                    text: root.lab.error
                    color: Theme.danger
                    wrapMode: Text.Wrap
                }
                TriggerResults {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    visible: root.found
                    model: root.model
                    onConceptChosen: (layer, conceptId) => root.conceptChosen(layer, conceptId)
                }
                Item {
                    Layout.fillHeight: true
                    visible: !root.found
                }
            }
            EmptyState {
                objectName: "labIdle"
                anchors.centerIn: parent
                visible: !root.found && !root.lab.error
                busy: root.lab.state === TriggerLabModel.Running
                text: busy ? qsTr("Trying words on sentences") : qsTr("No search was made yet")
                hint: busy ? "" : qsTr("Choose a class and start: some seconds to minutes, depending on the words and sentences tried")
            }
        }
    }
}
