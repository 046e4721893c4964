import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models

// Everything about the selected concept: status, classes, words, and its occurrences in their sentences.
Panel {
    id: root
    required property ConceptCardModel card
    property LabelBrowser labels: null
    property Annotations annotations: null

    function startRename() { header.startRename(); }

    readonly property SentenceListModel sentences: card.sentences

    TallColumn {
        anchors.fill: parent
        anchors.topMargin: Theme.spacing4
        spacing: Theme.spacing12
        visible: root.card.valid

        ConceptHeader {
            id: header
            Layout.fillWidth: true
            card: root.card
            annotations: root.annotations
        }
        Loader {
            Layout.fillWidth: true
            active: root.annotations !== null
            visible: active
            sourceComponent: AnnotationBar {
                card: root.card
                annotations: root.annotations
            }
        }
        ClassShares {
            Layout.fillWidth: true
            model: root.card.classes
        }
        ConceptLabels {
            Layout.fillWidth: true
            labels: root.labels
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: Math.round(Math.max(110 * Theme.scale, Math.min(210 * Theme.scale, root.height * 0.3)))
            Layout.fillHeight: false
            spacing: Theme.spacing12
            WordCloud {
                id: cloud
                objectName: "wordCloud"
                Layout.fillWidth: true
                Layout.fillHeight: true
                model: root.card.words
                color: Theme.text
                markColor: Theme.accent
                markedWord: root.sentences.word
                onWordClicked: word => root.sentences.toggleWord(word)
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("Word cloud of %1").arg(root.card.title)
                FigureSource {
                    name: "concept"
                    title: root.card.title
                    caption: qsTr("The words of a concept; the area of a word grows with its occurrences in the concept.")
                    provider: cloud
                }
            }
            WordList {
                objectName: "wordTable"
                Layout.preferredWidth: Math.round(Math.min(190 * Theme.scale, root.width * 0.36))
                Layout.fillWidth: false
                Layout.fillHeight: true
                title: qsTr("Words")
                copyable: true
                model: root.card.words
                marked: root.sentences.word
                onWordClicked: word => root.sentences.toggleWord(word)
            }
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.spacing8
            AppText {
                text: qsTr("Sentences")
                font.weight: Font.DemiBold
            }
            AppText {
                Layout.fillWidth: true
                text: root.sentences.summary
                color: Theme.muted
                elide: Text.ElideRight
            }
            AppButton {
                flat: true
                visible: root.sentences.word
                text: qsTr("Show all")
                onClicked: root.sentences.word = ""
            }
        }
        ListView {
            id: list
            objectName: "sentenceList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredHeight: 110 * Theme.scale
            clip: true
            reuseItems: true
            cacheBuffer: 0
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            model: root.sentences
            ScrollBar.vertical: ScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Sentences")
            delegate: SentenceDelegate {
                width: ListView.view.width
            }
            FocusRing { parent: list; shown: list.activeFocus }
        }
    }
    EmptyState {
        anchors.centerIn: parent
        visible: !root.card.valid
        text: qsTr("No concept is selected")
        hint: qsTr("Choose one in the list or in the alignment matrix")
    }
}
