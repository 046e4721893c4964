import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models

// The matrix of all base and fine-tuned concepts of a layer, and the words of the chosen cell.
FocusScope {
    id: root
    required property StudySession session
    required property Selection selection
    required property ConceptBrowser browser
    readonly property alias matrixItem: matrix

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spacing12
        spacing: Theme.spacing12
        visible: root.browser.state === ConceptBrowser.Ready

        HelpLine {
            id: help
            Layout.fillWidth: true
            text: qsTr("Each cell is a pair of concepts of layer %1; its colour is the share of occurrences that they have in common. Rows stand as the base model's merge tree hangs, columns where their counterparts stand, so a model that changed little shows a diagonal.").arg(root.browser.layer)
        }
        AlignmentToolBar {
            Layout.fillWidth: true
            matrix: matrix
            thetaText: root.browser.thetaText
        }
        AppSplit {
            keptAs: "alignment"
            Layout.fillWidth: true
            Layout.fillHeight: true

            Panel {
                SplitView.fillWidth: true
                SplitView.minimumWidth: 360

                AlignmentMatrix {
                    id: matrix
                    objectName: "matrix"
                    anchors { left: parent.left; right: legend.left; top: parent.top; bottom: parent.bottom }
                    anchors.topMargin: Theme.spacing4
                    anchors.rightMargin: Theme.spacing16
                    focus: true
                    activeFocusOnTab: true
                    snapshot: root.browser.snapshot
                    selectedBase: root.browser.pair.baseId
                    selectedFineTuned: root.browser.pair.fineTunedId
                    rowTitle: qsTr("Base concepts, layer %1").arg(root.browser.layer)
                    columnTitle: qsTr("Fine-tuned concepts, layer %1").arg(root.browser.layer)
                    dark: Theme.dark
                    textColor: Theme.text
                    mutedColor: Theme.muted
                    borderColor: Theme.border
                    surfaceColor: Theme.surface
                    accentColor: Theme.accent
                    font.pixelSize: Theme.textSmall
                    onPairPicked: (baseId, fineTunedId) => root.browser.selectPair(baseId, fineTunedId)
                    onHoveredChanged: root.browser.hoverPair(hoveredBase, hoveredFineTuned)
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("Alignment matrix of layer %1, %2 rows, %3 columns").arg(root.browser.layer).arg(rows).arg(columns)

                    FigureSource {
                        name: "alignment"
                        title: qsTr("Overlap of base and fine-tuned concepts, layer %1").arg(root.browser.layer)
                        caption: help.text
                        provider: matrix
                    }
                    FocusRing { shown: matrix.activeFocus }
                    HoverCard {
                        objectName: "hoverCard"
                        x: Math.max(0, Math.min(matrix.hoverPoint.x + 16, matrix.width - width))
                        y: matrix.hoverPoint.y + 16 + height > matrix.height ? matrix.hoverPoint.y - height - 8
                                                                            : matrix.hoverPoint.y + 16
                        pair: root.browser.hoveredPair
                    }
                    EmptyState {
                        anchors.centerIn: parent
                        visible: root.browser.state === ConceptBrowser.Ready && matrix.ready && matrix.cellCount === 0
                        text: qsTr("No cell is left by these filters")
                        actionText: qsTr("Show all cells")
                        onTriggered: matrix.showEverything()
                    }
                }
                ColumnLayout {
                    id: legend
                    readonly property bool brief: parent.height < 340 * Theme.scale
                    anchors { right: parent.right; top: parent.top }
                    anchors.topMargin: Theme.spacing4
                    width: 190 * Theme.scale
                    spacing: brief ? 0 : Theme.spacing4
                    AppText {
                        text: qsTr("Overlap")
                        font.weight: Font.DemiBold
                    }
                    AppText {
                        Layout.fillWidth: true
                        text: matrix.shareOf === AlignmentMatrix.OfBase ? qsTr("Share of the base concept")
                            : matrix.shareOf === AlignmentMatrix.OfFineTuned ? qsTr("Share of the fine-tuned concept")
                            : qsTr("Share of either concept, the larger")
                        font.pixelSize: Theme.textSmall
                        color: Theme.muted
                        wrapMode: Text.Wrap
                    }
                    ColorLegend {
                        Layout.fillWidth: true
                        dark: Theme.dark
                        theta: root.browser.theta
                        textColor: Theme.text
                        borderColor: Theme.border
                        font.pixelSize: Theme.textSmall
                    }
                    AppText {
                        Layout.topMargin: legend.brief ? Theme.spacing4 : Theme.spacing16
                        text: qsTr("Beside rows and columns")
                        font.weight: Font.DemiBold
                    }
                    AppText {
                        Layout.fillWidth: true
                        visible: !legend.brief
                        text: qsTr("What became of the concept")
                        font.pixelSize: Theme.textSmall
                        color: Theme.muted
                    }
                    StatusLegend { spacing: legend.brief ? 0 : Theme.spacing8 }
                    AppText {
                        Layout.topMargin: Theme.spacing16
                        visible: !legend.brief
                        text: qsTr("Shown")
                        font.weight: Font.DemiBold
                    }
                    AppText {
                        Layout.fillWidth: true
                        visible: !legend.brief
                        text: matrix.summary
                        font.pixelSize: Theme.textSmall
                        color: Theme.muted
                        wrapMode: Text.Wrap
                    }
                }
            }
            PairPanel {
                SplitView.preferredWidth: root.width * 0.32
                SplitView.minimumWidth: 300
                browser: root.browser
            }
        }
    }
    EmptyState {
        objectName: "stateMessage"
        anchors.centerIn: parent
        visible: root.browser.state !== ConceptBrowser.Ready
        busy: root.browser.state === ConceptBrowser.Computing
        text: busy ? qsTr("Comparing the concepts of this layer") : qsTr("No project is open")
        hint: busy ? "" : qsTr("Open a project or make a new one to see its alignment")
    }
}
