import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// What is searched for, and the button that starts it.
Panel {
    id: root
    required property TaskModel model
    readonly property TriggerLabModel lab: model.lab
    readonly property bool running: lab.state === TriggerLabModel.Running

    title: qsTr("Search")
    actions: InfoButton { topic: "trigger" }

    component Label: AppText {
        Layout.fillWidth: true
        color: Theme.muted
        elide: Text.ElideRight
    }

    ScrollView {
        id: scroller
        anchors.fill: parent
        contentWidth: availableWidth
        ScrollBar.horizontal.policy: ScrollBar.AlwaysOff

        ColumnLayout {
            width: scroller.availableWidth
            spacing: Theme.spacing8
            enabled: !root.running

            Label { text: qsTr("Class that sentences shall get") }
            AppComboBox {
                objectName: "triggerTarget"
                Layout.fillWidth: true
                label: qsTr("Target class")
                model: root.model.classNames
                currentIndex: root.lab.target
                onModelChanged: currentIndex = Qt.binding(() => root.lab.target) // another list resets it
                onActivated: index => root.lab.target = index
            }
            Label { text: qsTr("Words of, in layer %1").arg(root.lab.layer) }
            SegmentedControl {
                objectName: "triggerConcepts"
                accessibleName: qsTr("Whose words are tried")
                labels: [qsTr("Most polar"), qsTr("Picked")]
                currentIndex: root.lab.onlyPicked ? 1 : 0
                onActivated: index => root.lab.onlyPicked = index === 1
            }
            Flow {
                Layout.fillWidth: true
                spacing: Theme.spacing4
                visible: root.lab.onlyPicked
                Repeater {
                    model: root.lab.picked
                    AppButton {
                        required property int index
                        required property string modelData
                        text: modelData + " ×"
                        toolTip: qsTr("Do not take words of %1").arg(modelData)
                        onClicked: root.lab.unpick(index)
                    }
                }
            }
            AppButton {
                objectName: "pickConcept"
                Layout.fillWidth: true
                text: qsTr("Add the selected concept")
                toolTip: qsTr("Select a fine-tuned concept of this layer in Polarity or in another view")
                enabled: root.lab.canPick
                onClicked: root.lab.pickSelected()
            }
            Label { text: qsTr("Where the words go") }
            AppComboBox {
                objectName: "triggerPosition"
                Layout.fillWidth: true
                label: qsTr("Position")
                model: [qsTr("In front"), qsTr("Inside"), qsTr("Behind"), qsTr("All three")]
                currentIndex: root.lab.position
                onActivated: index => root.lab.position = index
            }
            GridLayout {
                Layout.fillWidth: true
                columns: 2
                columnSpacing: Theme.spacing8
                rowSpacing: Theme.spacing8
                Label { text: qsTr("Together, up to") }
                AppSpinBox {
                    implicitWidth: 76 * Theme.scale
                    label: qsTr("Most words of a trigger")
                    from: 1
                    to: 10
                    value: root.lab.mostWords
                    onValueModified: root.lab.mostWords = value
                }
                Label { text: qsTr("Words tried") }
                AppSpinBox {
                    implicitWidth: 76 * Theme.scale
                    label: qsTr("Words tried")
                    from: 1
                    to: 10000
                    value: root.lab.candidates
                    onValueModified: root.lab.candidates = value
                }
                Label { text: qsTr("Sentences drawn") }
                AppSpinBox {
                    implicitWidth: 76 * Theme.scale
                    label: qsTr("Sentences drawn")
                    from: 0
                    to: 1000000
                    zeroText: qsTr("all")
                    value: root.lab.sentences
                    onValueModified: root.lab.sentences = value
                }
            }
            AppButton {
                objectName: "startTriggers"
                Layout.fillWidth: true
                Layout.topMargin: Theme.spacing8
                primary: true
                text: root.lab.state === TriggerLabModel.Ready ? qsTr("Search again") : qsTr("Search triggers")
                enabled: root.lab.canStart
                onClicked: root.lab.start()
            }
        }
    }
}
