import QtQuick
import QtQuick.Controls.Basic
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models
import Palimpsest.Views

// Task concepts per layer under three definitions of a sentence's class, and those of the shown layer.
Item {
    id: root
    required property TaskModel model
    required property Selection selection
    required property string caption // of the figures
    readonly property TaskPolarityModel polarity: model.polarity
    readonly property bool classes: model.classNames.length > 0
    readonly property var figureParameters: ({ "classes": polarity.balanced ? qsTr("as if equally frequent") : qsTr("as frequent as they are") })

    FigureSource {
        name: "polarity"
        title: qsTr("Task concepts by layer, under three definitions of a sentence's class")
        caption: root.caption
        provider: root.polarity
        parameters: root.figureParameters
        ofLayer: false
    }

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
                    id: card
                    required property int index
                    objectName: "polarityChart" + index
                    width: (cards.width - (cards.shown - 1) * cards.spacing) / cards.shown
                    height: cards.height
                    visible: cards.known[index] && (cards.all || index === root.polarity.definition)
                    title: root.polarity.definitionTitles[index]
                    topic: ["task", "predicted", "right"][index]
                    chart: [root.polarity.gold, root.polarity.predicted, root.polarity.right][index]
                    currentIndex: root.polarity.layerIndex
                    border.color: index === root.polarity.definition ? Theme.accent : Theme.border
                    onIndexActivated: at => root.polarity.activateIndex(at)
                    FigureSource {
                        name: "polarity-" + ["gold", "predicted", "right"][card.index]
                        title: qsTr("Task concepts by layer: %1").arg(card.title)
                        caption: root.caption
                        provider: card.picture
                        parameters: root.figureParameters
                        ofLayer: false
                    }
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
