import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models
import Palimpsest.Views

// Every layer against every layer, and the concepts of the chosen pair.
FocusScope {
    id: root
    required property StudySession session
    required property LayerMatrixModel model
    readonly property alias matrixItem: matrix

    Binding {
        target: root.model
        property: "active"
        value: root.visible
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spacing12
        spacing: Theme.spacing12
        visible: root.model.state === LayerMatrixModel.Ready

        HelpLine {
            id: help
            Layout.fillWidth: true
            text: qsTr("Each cell compares the concepts of two layers at K = %1 and θ = %2. Kept: the row's concept and one of the column hold at least θ of each other. Aligned: at least θ of the one lies in the other. Click a cell for its concepts, a concept to select it in its layer.").arg(root.session ? root.session.k : 0).arg(root.model.theta.toFixed(2))
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.spacing12
            SegmentedControl {
                objectName: "models"
                accessibleName: qsTr("Whose layers are compared")
                labels: [qsTr("Base and fine-tuned"), qsTr("Base"), qsTr("Fine-tuned")]
                currentIndex: root.model.models
                onActivated: index => root.model.models = index
            }
            SegmentedControl {
                objectName: "share"
                accessibleName: qsTr("Which share is shown")
                labels: [qsTr("Kept"), qsTr("Row aligned to column"), qsTr("Column aligned to row")]
                currentIndex: matrix.share
                onActivated: index => matrix.share = index
            }
            Row {
                spacing: Theme.spacing8
                visible: root.model.busy || root.model.stopped
                height: Theme.controlHeight
                ProgressLine {
                    anchors.verticalCenter: parent.verticalCenter
                    fraction: root.model.progress
                }
                AppText {
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.model.progressText
                    color: Theme.muted
                }
                AppButton {
                    objectName: "stopOrResume"
                    text: root.model.stopped ? qsTr("Compute the rest") : qsTr("Stop")
                    onClicked: root.model.stopped ? root.model.resume() : root.model.stop()
                }
            }
        }
        AppSplit {
            keptAs: "layers"
            Layout.fillWidth: true
            Layout.fillHeight: true

            Panel {
                SplitView.fillWidth: true
                SplitView.minimumWidth: 360

                LayerMatrix {
                    id: matrix
                    objectName: "layerMatrix"
                    anchors { left: parent.left; right: parent.right; top: parent.top; bottom: legend.top }
                    anchors.margins: Theme.spacing4
                    focus: true
                    activeFocusOnTab: true
                    snapshot: root.model.snapshot
                    theta: root.model.theta
                    rowTitle: root.model.rowTitle
                    columnTitle: root.model.columnTitle
                    rowLayer: root.model.rowLayer
                    columnLayer: root.model.columnLayer
                    dark: Theme.dark
                    textColor: Theme.text
                    mutedColor: Theme.muted
                    borderColor: Theme.border
                    surfaceColor: Theme.surface
                    accentColor: Theme.accent
                    font.pixelSize: Theme.textBody
                    onCellPicked: (rowLayer, columnLayer) => root.model.pickCell(rowLayer, columnLayer)
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("Layers against layers. %1 %2").arg(root.model.cellTitle).arg(root.model.cellText)

                    FigureSource {
                        name: "layers"
                        title: qsTr("Layers against layers")
                        caption: help.text
                        provider: matrix
                        ofLayer: false
                    }
                    FocusRing { shown: matrix.activeFocus }
                    Rectangle {
                        objectName: "layerHover"
                        x: Math.max(0, Math.min(matrix.hoverPoint.x + 16, matrix.width - width))
                        y: Math.max(0, Math.min(matrix.hoverPoint.y + 16, matrix.height - height))
                        width: hoverText.implicitWidth + 2 * Theme.spacing8
                        height: hoverText.implicitHeight + 2 * Theme.spacing4
                        radius: Theme.radius
                        color: Theme.surface
                        border.color: Theme.muted
                        visible: matrix.hoverText
                        AppText {
                            id: hoverText
                            anchors.centerIn: parent
                            text: matrix.hoverText
                        }
                    }
                }
                Column {
                    id: legend
                    anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom }
                    width: Math.min(320 * Theme.scale, parent.width)
                    AppText {
                        width: parent.width
                        horizontalAlignment: Text.AlignHCenter
                        text: matrix.share === LayerMatrix.Kept ? qsTr("Share of the row's concepts that are kept")
                            : matrix.share === LayerMatrix.RowInColumn ? qsTr("Share of the row's concepts that are aligned")
                            : qsTr("Share of the column's concepts that are aligned")
                        font.pixelSize: Theme.textSmall
                        color: Theme.muted
                        elide: Text.ElideRight
                    }
                    ColorLegend {
                        width: parent.width
                        dark: Theme.dark
                        textColor: Theme.text
                        borderColor: Theme.border
                        font.pixelSize: Theme.textSmall
                        theta: -1
                    }
                }
            }
            LayerPairPanel {
                SplitView.preferredWidth: root.width * 0.36
                SplitView.minimumWidth: 280
                model: root.model
            }
        }
    }
    EmptyState {
        objectName: "stateMessage"
        anchors.centerIn: parent
        visible: root.model.state !== LayerMatrixModel.Ready
        busy: root.model.state === LayerMatrixModel.Computing
        text: busy ? qsTr("Comparing layers with each other")
            : root.model.state === LayerMatrixModel.Failed ? root.model.error : qsTr("No project is open")
        hint: root.model.state === LayerMatrixModel.NothingOpen ? qsTr("Open a project or make a new one to compare its layers") : ""
        actionText: root.model.state === LayerMatrixModel.Failed ? qsTr("Try again") : ""
        onTriggered: root.model.resume()
    }
}
