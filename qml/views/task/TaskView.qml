import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// What the classifier leans on: polar concepts, triggers made of their words, and single sentences.
FocusScope {
    id: root
    required property StudySession session
    required property Selection selection
    required property TaskModel model
    property int part: 0 // polarity, trigger lab, sentence
    readonly property string polarityText: qsTr("A task concept has at least θ of its 5 or more occurrences in sentences of one class. Bands are 95 % intervals of the share of concepts; dashed lines and open marks are the base model.")
    readonly property list<string> helpTexts: [
        polarityText + " " + qsTr("Click a chart to go to a layer, a concept to select it."),
        qsTr("Words of the fine-tuned model's polar concepts are put into sentences of other classes; counted is how many then get the target class, beside random words of the same frequency, words of other concepts and words found by gradients."),
        qsTr("What both models make of a sentence, while you type: class probabilities, how much each word moves the classifier, and the concept that each word falls in at each layer. Click or drag trigger words into the sentence.")]
    signal partActivated(int part)
    signal conceptChosen(int layer, int side, int conceptId)

    Binding {
        target: root.model
        property: "active"
        value: root.visible
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spacing12
        spacing: Theme.spacing12
        visible: root.session.open

        RowLayout {
            spacing: Theme.spacing16
            SegmentedControl {
                objectName: "taskParts"
                Layout.alignment: Qt.AlignTop
                accessibleName: qsTr("Part of the Task view")
                labels: [qsTr("Polarity"), qsTr("Trigger lab"), qsTr("Sentence")]
                currentIndex: root.part
                onActivated: index => root.partActivated(index)
            }
            HelpLine {
                Layout.fillWidth: true
                text: root.helpTexts[root.part]
            }
        }
        TaskNotice {
            Layout.fillWidth: true
            model: root.model
        }
        StackLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            currentIndex: root.part

            KeptLoader {
                sourceComponent: PolarityPart {
                    objectName: "polarityPart"
                    model: root.model
                    selection: root.selection
                    caption: root.polarityText
                }
            }
            KeptLoader {
                sourceComponent: TriggerLabPart {
                    objectName: "labPart"
                    model: root.model
                    onConceptChosen: (layer, conceptId) => root.conceptChosen(layer, Selection.FineTuned, conceptId)
                }
            }
            KeptLoader {
                sourceComponent: SentencePart {
                    objectName: "sentencePart"
                    model: root.model
                    onConceptChosen: (layer, side, conceptId) => root.conceptChosen(layer, side, conceptId)
                }
            }
        }
    }
    EmptyState {
        objectName: "taskState"
        anchors.centerIn: parent
        visible: !root.session.open
        text: qsTr("No project is open")
        hint: qsTr("Open a project to see which concepts belong to its task")
    }
}
