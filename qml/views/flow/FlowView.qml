import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models

// Occurrences that flow between groups of concepts, from model to model or from layer to layer.
FocusScope {
    id: root
    required property StudySession session
    required property FlowModel model

    Binding {
        target: root.model
        property: "active"
        value: root.visible
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spacing12
        spacing: Theme.spacing12
        visible: root.model.state === FlowModel.Ready

        HelpLine {
            id: help
            Layout.fillWidth: true
            text: (root.model.grouping === FlowModel.ByStatus
                ? qsTr("Concepts are gathered by what became of them between the models of their layer.")
                : qsTr("Concepts are gathered by the class that at least θ of their occurrences come from (5 occurrences or more)."))
                + " " + qsTr("A block is as high as its occurrences are many; a ribbon is the occurrences that are in one group here and in another one there. The selected concept is followed in blue.")
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.spacing12
            SegmentedControl {
                objectName: "across"
                accessibleName: qsTr("Between what occurrences flow")
                labels: [qsTr("Base to fine-tuned"), qsTr("Layers of base"), qsTr("Layers of fine-tuned")]
                currentIndex: root.model.across
                onActivated: index => root.model.across = index
            }
            Row {
                spacing: Theme.spacing8
                AppText {
                    height: Theme.controlHeight
                    verticalAlignment: Text.AlignVCenter
                    text: qsTr("Group by")
                    color: Theme.muted
                }
                SegmentedControl {
                    objectName: "grouping"
                    accessibleName: qsTr("What concepts are grouped by")
                    labels: [qsTr("Status"), qsTr("Class")]
                    currentIndex: root.model.grouping
                    onActivated: index => root.model.grouping = index
                }
            }
        }
        AppSplit {
            keptAs: "flow"
            Layout.fillWidth: true
            Layout.fillHeight: true

            Panel {
                SplitView.fillWidth: true
                SplitView.minimumWidth: 360

                FlowFigure {
                    id: figure
                    objectName: "flow"
                    anchors.fill: parent
                    anchors.margins: Theme.spacing4
                    focus: true
                    activeFocusOnTab: true
                    snapshot: root.model.snapshot
                    lineage: root.model.lineageSnapshot
                    groupNames: root.model.groupNames
                    columnTitles: root.model.columnTitles
                    dark: Theme.dark
                    textColor: Theme.text
                    mutedColor: Theme.muted
                    borderColor: Theme.border
                    surfaceColor: Theme.surface
                    accentColor: Theme.accent
                    font.pixelSize: Theme.textBody
                    onPicked: (column, from, to) => root.model.pick(column, from, to)
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("Flow of occurrences. %1 %2").arg(root.model.currentTitle).arg(root.model.currentText)

                    Connections {
                        target: root.model
                        function onCurrentChanged() {
                            figure.setCurrent(root.model.currentColumn, root.model.currentFrom, root.model.currentTo);
                        }
                    }
                    FigureSource {
                        name: "flow"
                        title: root.model.across === FlowModel.Models ? qsTr("Flow of occurrences from base to fine-tuned") : qsTr("Flow of occurrences through the layers")
                        caption: help.text
                        provider: figure
                        ofLayer: root.model.across === FlowModel.Models
                    }
                    FocusRing { shown: figure.activeFocus }
                    Rectangle {
                        id: card
                        objectName: "flowHover"
                        readonly property string title: figure.hoveredColumn < 0 ? ""
                            : root.model.titleOf(figure.hoveredColumn, figure.hoveredFrom, figure.hoveredTo)
                        x: Math.max(0, Math.min(figure.hoverPoint.x + 16, figure.width - width))
                        y: Math.max(0, Math.min(figure.hoverPoint.y + 16, figure.height - height))
                        width: cardTexts.implicitWidth + 2 * Theme.spacing8
                        height: cardTexts.implicitHeight + 2 * Theme.spacing8
                        radius: Theme.radius
                        color: Theme.surface
                        border.color: Theme.muted
                        visible: title
                        Column {
                            id: cardTexts
                            anchors.centerIn: parent
                            AppText {
                                text: card.title
                                font.weight: Font.DemiBold
                            }
                            AppText {
                                text: figure.hoveredColumn < 0 ? ""
                                    : root.model.textOf(figure.hoveredColumn, figure.hoveredFrom, figure.hoveredTo)
                                color: Theme.muted
                            }
                        }
                    }
                }
            }
            FlowPanel {
                SplitView.preferredWidth: root.width * 0.28
                SplitView.minimumWidth: 240
                model: root.model
            }
        }
    }
    EmptyState {
        objectName: "stateMessage"
        anchors.centerIn: parent
        visible: root.model.state !== FlowModel.Ready
        busy: root.model.state === FlowModel.Computing
        text: busy ? qsTr("Following the occurrences of this layer")
            : root.model.state === FlowModel.Failed ? root.model.error : qsTr("No project is open")
        hint: root.model.state === FlowModel.NothingOpen ? qsTr("Open a project or make a new one to see where occurrences go") : ""
        actionText: root.model.state === FlowModel.Failed ? qsTr("Try again") : ""
        onTriggered: root.model.retry()
    }
}
