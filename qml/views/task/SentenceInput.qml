import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The sentence: typed, or one of the corpus; and what is asked about it.
ColumnLayout {
    id: root
    required property TaskSentenceModel sentence
    spacing: Theme.spacing8

    RowLayout {
        spacing: Theme.spacing8
        AppTextField {
            id: field
            objectName: "sentenceField"
            Layout.fillWidth: true
            focus: true
            label: qsTr("Sentence")
            placeholderText: root.sentence.hasPairs ? qsTr("The first text, such as the premise") : qsTr("Type a sentence; words are separated by spaces")
            text: root.sentence.text
            onTextEdited: root.sentence.text = text
        }
        AppText { text: qsTr("or number"); color: Theme.muted }
        AppSpinBox {
            objectName: "sentenceNumber"
            label: qsTr("Number of a sentence of the corpus")
            from: 0
            to: root.sentence.sentenceCount
            zeroText: qsTr("none")
            value: root.sentence.sentence
            onValueModified: root.sentence.showSentence(value)
        }
        AppText {
            text: root.sentence.sentenceText
            visible: text
            color: Theme.muted
        }
    }
    AppTextField {
        objectName: "secondField"
        Layout.fillWidth: true
        visible: root.sentence.hasPairs
        label: qsTr("Second text of the pair")
        placeholderText: qsTr("The second text, such as the hypothesis; empty: the first one alone")
        text: root.sentence.second
        onTextEdited: root.sentence.second = text
    }
    RowLayout {
        spacing: Theme.spacing8
        AppText { text: qsTr("Attribution"); color: Theme.muted }
        AppComboBox {
            objectName: "attributionMethod"
            implicitWidth: 180 * Theme.scale
            label: qsTr("Method of attribution")
            model: [qsTr("Integrated gradients"), qsTr("Gradient × input"), qsTr("Occlusion")]
            currentIndex: root.sentence.method
            onActivated: index => root.sentence.method = index
        }
        AppText { text: qsTr("of the"); color: Theme.muted; visible: root.sentence.targets.length > 0 }
        AppComboBox {
            objectName: "attributionTarget"
            visible: root.sentence.targets.length > 0
            implicitWidth: 150 * Theme.scale
            label: qsTr("Class that is explained")
            model: root.sentence.targets
            currentIndex: root.sentence.target
            onActivated: index => root.sentence.target = index
        }
        InfoButton { topic: "attribution" }
        AppText {
            objectName: "completeness"
            Layout.fillWidth: true
            text: root.sentence.attributionText ? root.sentence.attributionText + ", " + root.sentence.completenessText : ""
            color: Theme.muted
            elide: Text.ElideRight
        }
        BusyIndicator {
            implicitWidth: Theme.controlHeight
            implicitHeight: Theme.controlHeight
            running: root.sentence.computing
            opacity: running ? 1 : 0
            palette.dark: Theme.accent
        }
    }
}
