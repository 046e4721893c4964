import QtQuick
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models

// Method, model, colours, and how near.
Flow {
    id: root
    required property Scatter figure
    required property MapModel model
    required property int frame // 0 base, 1 fine-tuned, 2 between them
    signal frameChosen(int frame)

    spacing: Theme.spacing12

    SegmentedControl {
        objectName: "method"
        accessibleName: qsTr("How occurrences are placed")
        labels: [qsTr("PCA"), qsTr("UMAP")]
        currentIndex: root.model.method
        onActivated: index => root.model.method = index
    }
    SegmentedControl {
        objectName: "frame"
        visible: root.model.state === MapModel.Ready
        accessibleName: qsTr("Which model is shown")
        labels: [qsTr("Base"), qsTr("Fine-tuned"), qsTr("Morph")]
        currentIndex: root.frame
        onActivated: index => root.frameChosen(index)
    }
    Row {
        spacing: Theme.spacing8
        visible: root.model.state === MapModel.Ready
        AppText {
            height: Theme.controlHeight
            verticalAlignment: Text.AlignVCenter
            text: qsTr("Colour")
            color: Theme.muted
        }
        AppComboBox {
            objectName: "coloring"
            label: qsTr("Colour of occurrences")
            model: [qsTr("Status"), qsTr("Class"), qsTr("Branch"), qsTr("Concept"), qsTr("Word search")]
            currentIndex: root.model.coloring
            onActivated: index => root.model.coloring = index
        }
        AppTextField {
            objectName: "search"
            visible: root.model.coloring === MapModel.BySearch
            width: 150 * Theme.scale
            placeholderText: qsTr("Part of a word")
            Accessible.name: placeholderText
            text: root.model.search
            onTextEdited: root.model.search = text
        }
    }
    AppButton {
        objectName: "lasso"
        visible: root.model.state === MapModel.Ready
        text: qsTr("Lasso")
        toolTip: qsTr("Draw around points to list their words and concepts (L, or drag with Shift)")
        checkable: true
        checked: root.figure.lassoMode
        highlighted: checked
        onToggled: root.figure.lassoMode = checked
    }
    Row {
        spacing: Theme.spacing4
        visible: root.model.state === MapModel.Ready
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
            objectName: "wholeMap"
            text: qsTr("Whole map")
            toolTip: qsTr("Show all occurrences (Home)")
            onClicked: root.figure.showAll()
        }
    }
}
