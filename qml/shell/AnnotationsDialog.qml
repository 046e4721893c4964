import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Who annotates, how far two annotators agree, and annotations as files.
AppDialog {
    id: root
    required property Annotations annotations
    signal importRequested()
    signal exportRequested()

    title: qsTr("Annotators and agreement")
    width: Math.min(560 * Theme.scale, parent.width - 2 * Theme.spacing24)

    buttons: [
        AppButton {
            text: qsTr("Import…")
            onClicked: root.importRequested()
        },
        AppButton {
            text: qsTr("Export…")
            onClicked: root.exportRequested()
        }
    ]

    GridLayout {
        anchors.fill: parent
        columns: 2
        columnSpacing: Theme.spacing12
        rowSpacing: Theme.spacing8

        AppText {
            text: qsTr("You annotate as")
            color: Theme.muted
        }
        AppTextField {
            objectName: "annotatorField"
            Layout.fillWidth: true
            label: qsTr("Name of the annotator")
            text: root.annotations.annotator
            onEditingFinished: root.annotations.annotator = text
        }
        AppText {
            Layout.columnSpan: 2
            Layout.fillWidth: true
            text: root.annotations.summary
            wrapMode: Text.Wrap
        }
        AppText {
            text: qsTr("Compare with")
            color: Theme.muted
        }
        RowLayout {
            spacing: Theme.spacing8
            AppComboBox {
                id: other
                objectName: "otherAnnotator"
                Layout.fillWidth: true
                label: qsTr("Other annotator")
                model: root.annotations.others
                emptyText: qsTr("nobody else has annotated yet")
                enabled: count > 0
                onActivated: index => currentIndex = index
            }
            InfoButton { topic: "kappa" }
        }
        Column {
            id: agreement
            Layout.columnSpan: 2
            Layout.fillWidth: true
            visible: other.currentText
            spacing: Theme.spacing4
            Repeater {
                model: root.visible && other.currentText
                    ? root.annotations.agreementWith(other.currentText) : []
                AppText {
                    required property string modelData
                    width: agreement.width
                    text: modelData
                    wrapMode: Text.Wrap
                }
            }
        }
        AppText {
            Layout.columnSpan: 2
            Layout.fillWidth: true
            text: qsTr("Cohen’s κ over the concepts that both have judged: names compared without letter case, ratings as categories, each tag as a yes or no. Annotations are bound to the members of a concept: where K changes, they are shown on the concept that shares most with them, from a Jaccard index of 0.5 on.")
            color: Theme.muted
            font.pixelSize: Theme.textSmall
            wrapMode: Text.Wrap
        }
    }
}
