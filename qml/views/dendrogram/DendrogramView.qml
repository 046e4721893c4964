import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models
import Palimpsest.Views

// The merge trees of both models face to face, with the cut that makes the concepts.
FocusScope {
    id: root
    required property StudySession session
    required property Selection selection
    required property ConceptBrowser browser
    required property DendrogramModel model
    readonly property alias figureItem: figure

    Binding {
        target: root.model
        property: "active"
        value: root.visible
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spacing12
        spacing: Theme.spacing12
        visible: root.model.state === DendrogramModel.Ready

        HelpLine {
            id: help
            Layout.fillWidth: true
            text: qsTr("How Ward's method joined the occurrences of layer %1, from single occurrences at the leaves to one cluster at the root. The dashed line cuts both trees into K concepts; drag it to change K. Links join concepts that are aligned at θ. %2").arg(root.model.layer).arg(root.model.crossingsText)
        }
        DendrogramToolBar {
            Layout.fillWidth: true
            figure: figure
            model: root.model
        }
        AppSplit {
            keptAs: "dendrogram"
            Layout.fillWidth: true
            Layout.fillHeight: true

            Panel {
                SplitView.fillWidth: true
                SplitView.minimumWidth: 360

                Dendrogram {
                    id: figure
                    objectName: "dendrogram"
                    anchors { left: parent.left; right: parent.right; top: parent.top; bottom: legend.top }
                    anchors.margins: Theme.spacing4
                    anchors.bottomMargin: Theme.spacing8
                    focus: true
                    activeFocusOnTab: true
                    snapshot: root.model.snapshot
                    labels: root.model.labels
                    baseTitle: qsTr("Base model, layer %1").arg(root.model.layer)
                    fineTunedTitle: qsTr("Fine-tuned model, layer %1").arg(root.model.layer)
                    linksTitle: qsTr("Aligned concepts")
                    dark: Theme.dark
                    textColor: Theme.text
                    mutedColor: Theme.muted
                    borderColor: Theme.border
                    surfaceColor: Theme.surface
                    accentColor: Theme.accent
                    font.pixelSize: Theme.textSmall
                    onSceneChanged: setCurrent(root.model.currentFineTuned, root.model.currentNode)
                    onNodePicked: (fineTuned, node) => root.model.pick(fineTuned, node)
                    onLinkPicked: (baseId, fineTunedId) => root.browser.selectPair(baseId, fineTunedId)
                    onCollapseRequested: (fineTuned, node) => root.model.toggleCollapsed(fineTuned, node)
                    onCounterpartRequested: root.model.goToCounterpart()
                    onCutMoved: k => root.moveCut(k)
                    onHoveredChanged: root.showHovered()
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("Dendrogram of layer %1, cut into %2 concepts. %3").arg(root.model.layer).arg(cut).arg(root.model.current.title)

                    Connections {
                        target: root.model
                        function onCurrentChanged() {
                            figure.setCurrent(root.model.currentFineTuned, root.model.currentNode);
                        }
                    }
                    FigureSource {
                        name: "dendrogram"
                        title: qsTr("Merge trees of layer %1").arg(root.model.layer)
                        caption: help.text
                        provider: figure
                    }
                    FocusRing { shown: figure.activeFocus }
                    NodeHoverCard {
                        objectName: "nodeCard"
                        x: Math.max(0, Math.min(figure.hoverPoint.x + 16, figure.width - width))
                        y: figure.hoverPoint.y + 16 + height > figure.height ? figure.hoverPoint.y - height - 8
                                                                            : figure.hoverPoint.y + 16
                        card: root.model.hovered
                    }
                    HoverCard {
                        objectName: "linkCard"
                        x: Math.max(0, Math.min(figure.hoverPoint.x + 16, figure.width - width))
                        y: figure.hoverPoint.y + 16 + height > figure.height ? figure.hoverPoint.y - height - 8
                                                                            : figure.hoverPoint.y + 16
                        visible: figure.hoveredLink >= 0 && pair.valid
                        pair: root.browser.hoveredPair
                    }
                }
                DendrogramLegend {
                    id: legend
                    anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
                    figure: figure
                    colorBy: figure.colorBy
                    links: figure.sides === Dendrogram.Both
                    classNames: root.browser.classNames
                    labelNames: figure.labelNames
                }
            }
            SubtreePanel {
                SplitView.preferredWidth: root.width * 0.24
                SplitView.minimumWidth: 220
                model: root.model
                onZoomRequested: figure.showCurrent()
            }
        }
    }
    EmptyState {
        objectName: "stateMessage"
        anchors.centerIn: parent
        visible: root.model.state !== DendrogramModel.Ready
        busy: root.model.state === DendrogramModel.Computing
        text: busy ? qsTr("Laying out the trees of this layer")
            : root.model.state === DendrogramModel.Failed ? root.model.error : qsTr("No project is open")
        hint: root.model.state === DendrogramModel.NothingOpen ? qsTr("Open a project or make a new one to see its merge trees") : ""
        actionText: root.model.state === DendrogramModel.Failed ? qsTr("Try again") : ""
        onTriggered: root.model.retry()
    }

    signal cutMoved(int k)

    function moveCut(k: int) {
        root.cutMoved(k);
        if (root.session)
            root.session.k = k;
    }

    function showHovered() {
        root.model.hover(figure.hoveredFineTuned, figure.hoveredNode);
        root.browser.hoverPair(root.model.baseOfLink(figure.hoveredLink), root.model.fineTunedOfLink(figure.hoveredLink));
    }
}
