import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// What is analysed and how: filters, layers, pooling, K, θ, device.
GridLayout {
    id: root
    required property NewProjectModel form

    columns: 4
    columnSpacing: Theme.spacing12
    rowSpacing: Theme.spacing8

    component Label: AppText {
        color: Theme.muted
        Layout.preferredWidth: 200 * Theme.scale
    }

    Label { text: qsTr("Sentences, fewer words than") }
    AppSpinBox {
        implicitWidth: 130 * Theme.scale
        label: qsTr("Sentences of fewer words are kept")
        from: 2
        to: 100000
        value: root.form.maxWords
        onValueModified: root.form.maxWords = value
    }
    Label { text: qsTr("Occurrences kept per word") }
    AppSpinBox {
        implicitWidth: 130 * Theme.scale
        label: qsTr("Most occurrences per word")
        zeroText: qsTr("no limit")
        from: 0
        to: 10000000
        value: root.form.maxOccurrences
        onValueModified: root.form.maxOccurrences = value
    }
    Label { text: qsTr("Words, least frequency") }
    AppSpinBox {
        implicitWidth: 130 * Theme.scale
        label: qsTr("Smallest frequency of a word")
        zeroText: qsTr("no limit")
        from: 0
        to: 10000000
        value: root.form.minFrequency
        onValueModified: root.form.minFrequency = value
    }
    Label { text: qsTr("Words, greatest frequency") }
    AppSpinBox {
        implicitWidth: 130 * Theme.scale
        label: qsTr("Largest frequency of a word")
        zeroText: qsTr("no limit")
        from: 0
        to: 10000000
        value: root.form.maxFrequency
        onValueModified: root.form.maxFrequency = value
    }
    Label { text: qsTr("Layers") }
    AppTextField {
        implicitWidth: 130 * Theme.scale
        label: qsTr("Layers")
        placeholderText: qsTr("all, or 0,3,5-6")
        text: root.form.layers
        onEditingFinished: root.form.layers = text
    }
    Label { text: qsTr("Word vector from pieces") }
    AppComboBox {
        label: qsTr("Word vector from pieces")
        model: [qsTr("Last piece"), qsTr("First piece"), qsTr("Mean of pieces")]
        currentIndex: root.form.pooling
        onActivated: index => root.form.pooling = index
    }
    Label { text: qsTr("Concepts per layer, K") }
    AppSpinBox {
        implicitWidth: 130 * Theme.scale
        label: qsTr("Concepts per layer")
        from: 2
        to: 100000
        value: root.form.k
        onValueModified: root.form.k = value
    }
    Label { text: qsTr("Overlap θ") }
    AppSlider {
        from: 0.05
        to: 1
        stepSize: 0.01
        value: root.form.theta
        valueText: root.form.theta.toFixed(2)
        sliderWidth: 100 * Theme.scale
        onMoved: value => root.form.theta = value
    }
    Label { text: qsTr("Computed on") }
    AppComboBox {
        readonly property list<string> devices: ["auto", "cpu", "cuda"]
        label: qsTr("Computed on")
        model: [qsTr("Automatic"), qsTr("Processor"), qsTr("Graphics card")]
        currentIndex: devices.indexOf(root.form.device)
        onActivated: index => root.form.device = devices[index]
    }
}
