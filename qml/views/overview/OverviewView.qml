import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models

// What fine-tuning did, over all layers: a sentence, three charts and the numbers behind them.
FocusScope {
    id: root
    required property StudySession session
    required property OverviewModel overview
    property LabelBrowser labels: null
    readonly property bool labelled: labels && labels.state === LabelBrowser.Ready
    required property SuggestionListModel suggestions
    readonly property string basisText: qsTr("%1. A concept is kept when it and a concept of the other model hold at least θ of each other; a task concept has at least θ of its 5 or more occurrences in sentences of one class.").arg(root.overview.basis)
    signal conceptChosen(int layer, int side, int conceptId)

    Binding {
        target: root.suggestions
        property: "active"
        value: root.visible
    }

    EmptyState {
        anchors.centerIn: parent
        visible: !root.overview.available
        busy: root.session.open && root.session.summarizing
        text: root.session.open ? qsTr("Comparing the models in all layers…")
                                : qsTr("Open a project to see what fine-tuning did")
    }
    Flickable { // scrolls where the text is large and the window small
        id: page
        anchors.fill: parent
        visible: root.overview.available
        contentHeight: sheet.height + 2 * Theme.spacing12
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ScrollBar {}

        ColumnLayout {
            id: sheet
            x: Theme.spacing12
            y: Theme.spacing12
            width: page.width - 2 * Theme.spacing12
            height: Math.max(implicitHeight, page.height - 2 * Theme.spacing12)
            spacing: Theme.spacing12

            Headline {
                Layout.fillWidth: true
                overview: root.overview
            }
            HelpLine {
                Layout.fillWidth: true
                text: root.basisText + " " + qsTr("Click a chart or a row to go to a layer.")
            }
            GridLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                readonly property int charts: 2 + (root.session.classNames.length > 0 ? 1 : 0) + (root.labelled ? 1 : 0)
                columns: sheet.width < 840 * Theme.scale ? 2 : charts < 4 ? charts : sheet.width < 1400 * Theme.scale ? 2 : 4
                columnSpacing: Theme.spacing12
                rowSpacing: Theme.spacing12
                ChartCard {
                    id: keptCard
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: 270 * Theme.scale
                    title: qsTr("Kept and new")
                    topic: "kept"
                    chart: root.overview.keptChart
                    currentIndex: root.overview.layerIndex
                    onIndexActivated: index => root.overview.activateIndex(index)
                    FigureSource {
                        name: "kept"
                        title: qsTr("Kept and new concepts by layer")
                        caption: root.basisText
                        provider: keptCard.picture
                        ofLayer: false
                    }
                }
                ChartCard {
                    id: statusCard
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: 270 * Theme.scale
                    title: qsTr("What became of base concepts")
                    topic: "split"
                    chart: root.overview.statusChart
                    currentIndex: root.overview.layerIndex
                    onIndexActivated: index => root.overview.activateIndex(index)
                    FigureSource {
                        name: "status"
                        title: qsTr("What became of base concepts, by layer")
                        caption: root.basisText
                        provider: statusCard.picture
                        ofLayer: false
                    }
                }
                ChartCard {
                    id: taskCard
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: 270 * Theme.scale
                    visible: root.session.classNames.length > 0
                    title: qsTr("Task concepts")
                    topic: "task"
                    chart: root.overview.taskChart
                    currentIndex: root.overview.layerIndex
                    onIndexActivated: index => root.overview.activateIndex(index)
                    FigureSource {
                        name: "task"
                        title: qsTr("Task concepts by layer")
                        caption: root.basisText
                        provider: taskCard.picture
                        ofLayer: false
                    }
                }
                Loader {
                    objectName: "labelCurve"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: 270 * Theme.scale
                    active: root.labelled
                    visible: active
                    sourceComponent: ChartCard {
                        id: labelCard
                        title: qsTr("Concepts with a label")
                        chart: root.labels.currentCurve
                        currentIndex: root.overview.layerIndex
                        onIndexActivated: index => root.overview.activateIndex(index)
                        actions: [
                            AppComboBox {
                                implicitHeight: Theme.controlHeight - 4
                                label: qsTr("Label set")
                                model: root.labels.labels.names
                                currentIndex: root.labels.labels.current
                                onActivated: index => root.labels.labels.current = index
                            }
                        ]
                        FigureSource {
                            name: "label-curve"
                            title: qsTr("Concepts with a label of %1, by layer").arg(root.labels.labels.names[root.labels.labels.current] ?? "")
                            caption: qsTr("Concepts of which at least %1 of the occurrences carry one label; the bands are 95 % of random partitions with concepts of the same sizes.").arg(Math.round(root.labels.labels.theta * 100) + " %")
                            provider: labelCard.picture
                            ofLayer: false
                        }
                    }
                }
            }
            GridLayout {
                Layout.fillWidth: true
                columns: sheet.width >= 1140 * Theme.scale ? 2 : 1
                columnSpacing: Theme.spacing12
                rowSpacing: Theme.spacing12
                LayerTable {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 790 * Theme.scale
                    Layout.preferredHeight: implicitHeight
                    Layout.alignment: Qt.AlignTop
                    overview: root.overview
                    session: root.session
                }
                Suggestions {
                    Layout.fillWidth: true
                    Layout.preferredWidth: 340 * Theme.scale
                    Layout.fillHeight: true
                    Layout.minimumHeight: 180 * Theme.scale
                    suggestions: root.suggestions
                    onConceptChosen: (layer, side, conceptId) => root.conceptChosen(layer, side, conceptId)
                }
            }
        }
    }
}
