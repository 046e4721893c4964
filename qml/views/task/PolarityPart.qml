import QtQuick
import QtQuick.Controls.Basic
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// Task concepts per layer under three definitions of a sentence's class, and those of the shown layer.
Item {
    id: root
    required property TaskModel model
    required property Selection selection
    readonly property TaskPolarityModel polarity: model.polarity
    readonly property bool classes: model.classNames.length > 0

    EmptyState {
        objectName: "noClasses"
        anchors.centerIn: parent
        visible: !root.classes
        busy: root.model.state === TaskModel.Predicting
        text: busy ? qsTr("Opening the fine-tuned model") : qsTr("There are no classes, neither in the corpus nor in the model")
        hint: busy ? "" : qsTr("Run the study again with a column of classes, or with a model that was fine-tuned to classify sentences")
    }
    AppSplit {
        keptAs: "polarity"
        anchors.fill: parent
        orientation: Qt.Vertical
        visible: root.classes

        Row {
            id: cards
            readonly property bool all: root.width >= 760 * Theme.scale
            readonly property var known: [root.polarity.hasGold, root.polarity.hasPredictions,
                root.polarity.hasGold && root.polarity.hasPredictions]
            readonly property int shown: all ? Math.max(1, known.filter(one => one).length) : 1
            SplitView.preferredHeight: parent.height * 0.52
            SplitView.minimumHeight: 200 * Theme.scale
            spacing: Theme.spacing12
            Repeater {
                model: 3
                ChartCard {
                    required property int index
                    objectName: "polarityChart" + index
                    width: (cards.width - (cards.shown - 1) * cards.spacing) / cards.shown
                    height: cards.height
                    visible: cards.known[index] && (cards.all || index === root.polarity.definition)
                    title: [qsTr("Gold class"), qsTr("Predicted class"), qsTr("Gold where the model is right")][index]
                    topic: ["task", "predicted", "right"][index]
                    chart: [root.polarity.gold, root.polarity.predicted, root.polarity.right][index]
                    currentIndex: root.polarity.layerIndex
                    border.color: index === root.polarity.definition ? Theme.accent : Theme.border
                    onIndexActivated: at => root.polarity.activateIndex(at)
                }
            }
        }
        PolarConceptList {
            SplitView.fillHeight: true
            SplitView.minimumHeight: 140 * Theme.scale
            model: root.model
            selection: root.selection
        }
    }
}
