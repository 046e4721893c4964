import QtQuick
import Palimpsest.Controls
import Palimpsest.Figures

// What the matrix shows and how near.
Flow {
    id: root
    required property AlignmentMatrix matrix
    required property string thetaText

    spacing: Theme.spacing12

    Row {
        spacing: Theme.spacing8
        AppText {
            height: Theme.controlHeight
            verticalAlignment: Text.AlignVCenter
            text: qsTr("Share of")
            color: Theme.muted
        }
        SegmentedControl {
            objectName: "shareOf"
            accessibleName: qsTr("Whose share is shown")
            labels: [qsTr("Base"), qsTr("Fine-tuned"), qsTr("Larger of both")]
            currentIndex: root.matrix.shareOf
            onActivated: index => root.matrix.shareOf = index
        }
    }
    AppCheckBox {
        objectName: "hideBelowTheta"
        text: qsTr("Hide below θ (%1)").arg(root.thetaText)
        toolTip: qsTr("Leave out cells whose share is below θ")
        checked: root.matrix.hideBelowTheta
        onToggled: root.matrix.hideBelowTheta = checked
    }
    AppCheckBox {
        objectName: "hideUnaligned"
        text: qsTr("Hide unaligned")
        toolTip: qsTr("Leave out vanished base concepts and new fine-tuned ones")
        checked: root.matrix.hideUnaligned
        onToggled: root.matrix.hideUnaligned = checked
    }
    Row {
        spacing: Theme.spacing4
        AppButton {
            text: "−"
            toolTip: qsTr("Zoom out (−)")
            Accessible.name: toolTip
            onClicked: root.matrix.zoomOut()
        }
        AppButton {
            text: "+"
            toolTip: qsTr("Zoom in (+)")
            Accessible.name: toolTip
            onClicked: root.matrix.zoomIn()
        }
        AppButton {
            text: qsTr("Whole matrix")
            toolTip: qsTr("Show the whole matrix (0 or double click)")
            onClicked: root.matrix.showAll()
        }
        AppButton {
            text: qsTr("Selected cell")
            toolTip: qsTr("Zoom to the selected cell (Enter)")
            onClicked: root.matrix.showSelected()
        }
    }
}
