import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// One sentence before both models, answered while it is typed.
Item {
    id: root
    required property TaskModel model
    readonly property TaskSentenceModel sentence: model.sentence
    signal conceptChosen(int layer, int side, int conceptId)

    EmptyState {
        objectName: "sentenceUnavailable"
        anchors.centerIn: parent
        visible: !root.sentence.available
        busy: root.model.state === TaskModel.Predicting
        text: busy ? qsTr("The fine-tuned model reads all sentences") : qsTr("A sentence needs the fine-tuned model")
        hint: busy ? root.model.progressText : root.model.problem
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.spacing12
        visible: root.sentence.available

        SentenceInput {
            Layout.fillWidth: true
            sentence: root.sentence
        }
        AppText {
            objectName: "sentenceError"
            Layout.fillWidth: true
            visible: text
            text: root.sentence.error
            color: Theme.danger
            wrapMode: Text.Wrap
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: false // as high as its texts; the grid takes the rest
            z: 1 // a dragged word stays above
            spacing: Theme.spacing12
            Panel {
                Layout.fillWidth: true
                Layout.preferredWidth: 300
                Layout.fillHeight: true
                Layout.minimumHeight: wordFlow.implicitHeight + tray.implicitHeight + 74 * Theme.scale
                title: qsTr("What moves the classifier")
                subtitle: root.sentence.noAttribution
                DropArea { // beside the words: behind the last one
                    anchors.fill: wordFlow
                    keys: ["palimpsest/trigger"]
                    onDropped: drop => root.sentence.addTrigger(drop.source.row, root.sentence.words.count)
                }
                SentenceWords {
                    id: wordFlow
                    objectName: "sentenceWords"
                    anchors { left: parent.left; right: parent.right; top: parent.top }
                    words: root.sentence.words
                    secondBegin: root.sentence.secondBegin
                    onDropped: (trigger, before) => root.sentence.addTrigger(trigger, before)
                    onRemoved: word => root.sentence.removeWord(word)
                }
                AppText {
                    id: trayTitle
                    anchors { left: parent.left; top: wordFlow.bottom; topMargin: Theme.spacing12 }
                    visible: root.sentence.triggers.count > 0
                    text: qsTr("Words of polar concepts: click puts one in front, drag anywhere")
                    color: Theme.muted
                    font.pixelSize: Theme.textSmall
                }
                TriggerTray {
                    id: tray
                    objectName: "triggerTray"
                    anchors { left: parent.left; right: parent.right; top: trayTitle.bottom; topMargin: Theme.spacing4 }
                    triggers: root.sentence.triggers
                    onChosen: row => root.sentence.prependTrigger(row)
                }
            }
            Panel {
                Layout.preferredWidth: 280 * Theme.scale
                Layout.fillHeight: true
                Layout.minimumHeight: bars.implicitHeight + 2 * padding
                ColumnLayout {
                    id: bars
                    anchors { left: parent.left; right: parent.right }
                    spacing: Theme.spacing12
                    ClassBars {
                        objectName: "fineTunedClasses"
                        title: qsTr("Fine-tuned")
                        ink: Theme.fineTuned
                        classes: root.sentence.fineTuned
                        missing: root.sentence.noAttribution
                    }
                    ClassBars {
                        objectName: "baseClasses"
                        title: qsTr("Base")
                        ink: Theme.baseModel
                        classes: root.sentence.base
                        missing: root.sentence.noBase
                    }
                }
            }
        }
        Panel {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: 120 * Theme.scale
            title: qsTr("Concepts, base → fine-tuned")
            subtitle: root.sentence.words.layers.length > 0 ? qsTr("framed where the fine-tuned model leaves the base: %1 of %2").arg(root.sentence.words.leavingCount).arg(root.sentence.words.count * root.sentence.words.layers.length) : ""
            actions: InfoButton { topic: "leaves" }
            ConceptGrid {
                id: grid
                objectName: "conceptGrid"
                anchors.fill: parent
                visible: root.sentence.words.layers.length > 0
                words: root.sentence.words
                onConceptChosen: (layer, side, conceptId) => root.conceptChosen(layer, side, conceptId)
            }
            Connections { // a reset leaves a list without a current row
                target: root.sentence
                function onAnswered() { grid.currentIndex = Math.max(0, grid.currentIndex); }
            }
            EmptyState {
                objectName: "noConcepts"
                anchors.centerIn: parent
                visible: root.sentence.words.layers.length === 0
                busy: root.sentence.computing && !root.sentence.noConcepts
                text: busy ? qsTr("Finding the concepts of the words") : root.sentence.noConcepts || qsTr("Type a sentence to see its concepts")
                actionText: root.sentence.baseMissing ? qsTr("Choose the base model's folder…") : ""
                onTriggered: dialog.open()
            }
        }
    }
    FolderDialog {
        id: dialog
        title: qsTr("Folder of the base checkpoint")
        onAccepted: root.sentence.chooseBaseFolder(selectedFolder)
    }
}
