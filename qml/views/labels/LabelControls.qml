import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// What makes a concept carry a label: threshold, what is counted, and the gates.
ColumnLayout {
    id: root
    required property LabelSession labels

    spacing: Theme.spacing4

    SegmentedControl {
        objectName: "measure"
        accessibleName: qsTr("What is counted")
        labels: [qsTr("By occurrence"), qsTr("By type")]
        currentIndex: root.labels.byType ? 1 : 0
        onActivated: index => root.labels.byType = index === 1
    }
    AppSlider {
        objectName: "threshold"
        Layout.fillWidth: true
        label: qsTr("Share θ")
        toolTip: qsTr("Share of a concept that must have the label")
        from: 0.05
        to: 1
        stepSize: 0.01
        value: root.labels.theta
        valueText: root.labels.theta.toFixed(2)
        sliderWidth: 80 * Theme.scale
        onMoved: value => root.labels.theta = value
    }
    AppSlider {
        Layout.fillWidth: true
        label: qsTr("Unlabelled")
        toolTip: qsTr("A concept with a larger unlabelled share carries no label")
        from: 0
        to: 1
        stepSize: 0.05
        value: root.labels.maxUnknown
        valueText: qsTr("≤ %1 %").arg(Math.round(root.labels.maxUnknown * 100))
        valueWidth: 48 * Theme.scale
        sliderWidth: 60 * Theme.scale
        onMoved: value => root.labels.maxUnknown = value
    }
    RowLayout {
        spacing: Theme.spacing8
        AppText {
            Layout.fillWidth: true
            text: qsTr("Min. distinct words")
            color: Theme.muted
            elide: Text.ElideRight
        }
        AppSpinBox {
            objectName: "minimumTypes"
            implicitWidth: 70 * Theme.scale
            label: qsTr("A concept of fewer distinct words carries no label")
            from: 1
            to: 999
            value: root.labels.minimumTypes
            onValueModified: root.labels.minimumTypes = value
        }
    }
}
