import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models

// Labels by layer for both models: how many concepts carry each label, with the chance level above.
FocusScope {
    id: root
    required property LabelBrowser browser
    readonly property alias figureItem: figure

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.spacing8

        RowLayout {
            spacing: Theme.spacing8
            AppTextField {
                objectName: "labelFilter"
                Layout.fillWidth: true
                Layout.preferredWidth: 120 * Theme.scale
                placeholderText: qsTr("Label contains…")
                label: qsTr("Only labels that contain this text")
                text: root.browser.text
                onTextEdited: root.browser.text = text
                Keys.onEscapePressed: root.browser.text = ""
                Keys.onDownPressed: figure.forceActiveFocus()
            }
            AppComboBox {
                objectName: "rowKind"
                Layout.fillWidth: true
                Layout.maximumWidth: 150 * Theme.scale
                label: qsTr("Labels that are listed")
                model: [qsTr("All labels"), qsTr("With concepts"), qsTr("Without a concept")]
                currentIndex: root.browser.rows
                onActivated: index => root.browser.rows = index
            }
            AppComboBox {
                objectName: "sortKey"
                Layout.fillWidth: true
                Layout.maximumWidth: 140 * Theme.scale
                label: qsTr("Sorted by")
                model: [qsTr("By concepts"), qsTr("By frequency"), qsTr("By name"), qsTr("By change"), qsTr("By column")]
                currentIndex: root.browser.sort
                onActivated: index => root.browser.sort = index
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            LabelMatrix {
                id: figure
                objectName: "labelMatrix"
                anchors.fill: parent
                anchors.rightMargin: Theme.spacing8 // room for the scroll bars, there or not
                anchors.bottomMargin: Theme.spacing8
                focus: true
                activeFocusOnTab: true
                matrix: root.browser.matrix
                selectedLabel: root.browser.pickedLabel
                selectedLayer: root.browser.pickedLayer
                selectedSide: root.browser.pickedSide
                sortedLayer: root.browser.sortedLayer
                sortedSide: root.browser.sortedSide
                dark: Theme.dark
                textColor: Theme.text
                mutedColor: Theme.muted
                borderColor: Theme.border
                surfaceColor: Theme.surface
                raisedColor: Theme.raised
                accentColor: Theme.accent
                baseColor: Theme.baseModel
                fineTunedColor: Theme.fineTuned
                font.pixelSize: Theme.textSmall + 1
                Accessible.role: Accessible.Table
                Accessible.name: qsTr("Concepts by label and layer, %1").arg(root.browser.summary)
                Accessible.description: hoverText
                onCellPicked: (label, layer, side) => root.browser.pickCell(label, layer, side)
                onHeadingPicked: (layer, side) => root.browser.sortByColumn(layer, side)
                FocusRing { shown: figure.activeFocus }
                FigureSource {
                    name: "labels"
                    title: qsTr("Concepts by label and layer")
                    caption: qsTr("How many concepts carry each label, by layer; %1. By chance: the same count in random partitions with concepts of the same sizes.").arg(root.browser.summary)
                    provider: figure
                    ofLayer: false
                }
                AppToolTip {
                    x: Math.min(figure.hoverPoint.x + 14, figure.width - width)
                    y: figure.hoverPoint.y + 18
                    visible: figure.hoverText
                    delay: 300
                    text: figure.hoverText
                }
            }
            ScrollBar {
                id: vertical
                anchors { top: parent.top; bottom: parent.bottom; right: parent.right }
                orientation: Qt.Vertical
                size: figure.sizeY
                position: figure.positionY
                onPositionChanged: if (pressed) figure.positionY = position
            }
            ScrollBar {
                id: horizontal
                anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
                orientation: Qt.Horizontal
                size: figure.sizeX
                position: figure.positionX
                onPositionChanged: if (pressed) figure.positionX = position
            }
            EmptyState {
                objectName: "emptyMatrix"
                anchors.centerIn: parent
                anchors.verticalCenterOffset: Theme.spacing24
                visible: root.browser.rowCount === 0
                text: root.browser.text ? qsTr("No label contains this text")
                    : root.browser.rows === LabelBrowser.BareLabels ? qsTr("Every label has a concept in some layer")
                    : qsTr("No concept carries a label of this set")
                hint: root.browser.text || root.browser.rows !== LabelBrowser.CarriedLabels ? ""
                    : qsTr("Lower the threshold, or look at the near misses at the right")
                actionText: root.browser.text || root.browser.rows !== LabelBrowser.AllLabels ? qsTr("Show all labels") : ""
                onTriggered: {
                    root.browser.text = "";
                    root.browser.rows = LabelBrowser.AllLabels;
                }
            }
        }
    }
}
