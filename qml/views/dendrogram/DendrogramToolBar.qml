import QtQuick
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models

// What the trees show and how near.
Flow {
    id: root
    required property Dendrogram figure
    required property DendrogramModel model

    spacing: Theme.spacing12

    function colorChosen(index: int) {
        root.model.labelSet = index < Dendrogram.Label ? "" : root.model.labelSets[index - Dendrogram.Label];
        root.figure.colorBy = Math.min(index, Dendrogram.Label);
    }

    SegmentedControl {
        objectName: "sides"
        accessibleName: qsTr("Which trees are shown")
        labels: [qsTr("Both"), qsTr("Base"), qsTr("Fine-tuned")]
        currentIndex: root.figure.sides
        onActivated: index => root.figure.sides = index
    }
    Row {
        spacing: Theme.spacing8
        AppText {
            height: Theme.controlHeight
            verticalAlignment: Text.AlignVCenter
            text: qsTr("Colour")
            color: Theme.muted
        }
        AppComboBox {
            objectName: "colorBy"
            label: qsTr("Colour of concepts")
            model: [qsTr("Status"), qsTr("Class"), qsTr("Size"), qsTr("Model")].concat(root.model.labelSets)
            currentIndex: root.figure.colorBy < Dendrogram.Label ? root.figure.colorBy
                : Dendrogram.Label + root.model.labelSets.indexOf(root.model.labelSet)
            onActivated: index => root.colorChosen(index)
            onPressedChanged: if (pressed) root.model.listLabelSets()
        }
    }
    Row {
        spacing: Theme.spacing8
        AppText {
            height: Theme.controlHeight
            verticalAlignment: Text.AlignVCenter
            text: qsTr("Axis")
            color: Theme.muted
        }
        SegmentedControl {
            objectName: "axis"
            accessibleName: qsTr("Axis of the merges")
            labels: [qsTr("Clusters"), qsTr("Height")]
            currentIndex: root.figure.axis
            onActivated: index => root.figure.axis = index
        }
    }
    AppCheckBox {
        objectName: "roomBySize"
        text: qsTr("Room by size")
        toolTip: qsTr("Give a concept room by its occurrences instead of the same to each")
        checked: root.model.roomBySize
        onToggled: root.model.roomBySize = checked
    }
    AppCheckBox {
        objectName: "unalignedLinks"
        visible: root.figure.sides === Dendrogram.Both
        text: qsTr("Unaligned links")
        toolTip: qsTr("Also link concepts that are not aligned to their best counterparts")
        checked: root.figure.unalignedLinks
        onToggled: root.figure.unalignedLinks = checked
    }
    Row {
        spacing: Theme.spacing4
        AppButton {
            text: "−"
            toolTip: qsTr("Zoom out (−)")
            Accessible.name: toolTip
            onClicked: root.figure.zoomOut()
        }
        AppButton {
            text: "+"
            toolTip: qsTr("Zoom in (+)")
            Accessible.name: toolTip
            onClicked: root.figure.zoomIn()
        }
        AppButton {
            objectName: "wholeTree"
            text: qsTr("Whole tree")
            toolTip: qsTr("Show the whole tree (Home)")
            onClicked: root.figure.showAll()
        }
    }
    AppButton {
        objectName: "expandAll"
        visible: root.model.hasCollapsed
        text: qsTr("Expand all")
        toolTip: qsTr("Show all collapsed subtrees again")
        onClicked: root.model.expandAll()
    }
}
