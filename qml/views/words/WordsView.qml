import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models
import Palimpsest.Views

// The way of a word, or of two, through the layers of both models.
FocusScope {
    id: root
    required property StudySession session
    required property WordsModel words
    signal conceptChosen(int layer, int side, int conceptId)

    Binding {
        target: root.words
        property: "active"
        value: root.visible
    }

    function chooseRow(row: Item, side: int) {
        if (row !== null)
            conceptChosen(row.layerNumber, side, side === Selection.Base ? row.baseId : row.fineTunedId);
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spacing12
        spacing: Theme.spacing12
        visible: root.session.open

        HelpLine {
            id: help
            Layout.fillWidth: true
            text: qsTr("At each layer the concepts that hold most occurrences of the word. An occurrence stayed when its fine-tuned concept is the best counterpart of its base concept or the reverse. Words are near when their occurrences are in the same concepts, over all layers of both models.")
        }
        RowLayout {
            spacing: Theme.spacing8
            AppText { text: qsTr("Word"); color: Theme.muted }
            AppTextField {
                objectName: "wordField"
                focus: true
                implicitWidth: 180 * Theme.scale
                label: qsTr("Word, or its beginning")
                text: root.words.word
                onAccepted: root.words.word = text
            }
            AppText { text: qsTr("compared with"); color: Theme.muted }
            AppTextField {
                objectName: "secondField"
                implicitWidth: 180 * Theme.scale
                label: qsTr("Second word")
                placeholderText: qsTr("no other word")
                text: root.words.second
                onAccepted: root.words.second = text
            }
            AppButton {
                visible: root.words.second
                flat: true
                icon.source: "qrc:/icons/close.svg"
                toolTip: qsTr("Compare with no other word")
                onClicked: root.words.second = ""
            }
            AppText {
                Layout.fillWidth: true
                text: root.words.problem
                color: Theme.danger
                elide: Text.ElideRight
                visible: root.words.found
            }
        }
        AppText {
            objectName: "wordHeadline"
            Layout.fillWidth: true
            visible: root.words.found
            text: root.words.headline
            font.pixelSize: Theme.textLarge
            wrapMode: Text.Wrap
        }
        AppSplit {
            keptAs: "words"
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.words.found
            Panel {
                SplitView.fillWidth: true
                SplitView.minimumWidth: 420
                title: qsTr("Layers")
                actions: InfoButton { topic: "stayed" }
                subtitle: root.words.secondFound
                    ? qsTr("base model, fine-tuned model, and how alike “%1” is in each").arg(root.words.second)
                    : qsTr("base model left, fine-tuned model right")
                ListView {
                    id: path
                    objectName: "wordPath"
                    anchors.fill: parent
                    clip: true
                    cacheBuffer: 0
                    activeFocusOnTab: true
                    boundsBehavior: Flickable.StopAtBounds
                    highlightMoveDuration: 0
                    model: root.words.path
                    ScrollBar.vertical: ScrollBar {}
                    Accessible.role: Accessible.List
                    Accessible.name: qsTr("Layers of the word %1").arg(root.words.word)
                    Keys.onReturnPressed: event => root.chooseRow(currentItem,
                        event.modifiers & Qt.ShiftModifier ? Selection.FineTuned : Selection.Base)
                    delegate: WordPathDelegate {
                        width: ListView.view.width - Theme.spacing12
                        current: layerNumber === root.session.layer
                        highlighted: ListView.isCurrentItem && path.activeFocus
                        onConceptChosen: (side, conceptId) => root.conceptChosen(layerNumber, side, conceptId)
                    }
                    FocusRing { parent: path; shown: path.activeFocus }
                    FigureSource {
                        name: "word"
                        title: qsTr("A word's way through the layers")
                        caption: root.words.headline + " " + help.text
                        provider: root.words
                        ofLayer: false
                    }
                    Connections { // a reset leaves a list without a current row
                        target: root.words
                        function onResultsChanged() { path.currentIndex = Math.max(0, path.currentIndex); }
                    }
                }
            }
            AppSplit {
                keptAs: "words-side"
                SplitView.preferredWidth: root.width * 0.36
                SplitView.minimumWidth: 280
                orientation: Qt.Vertical
                Panel {
                    SplitView.preferredHeight: root.height * 0.42
                    SplitView.minimumHeight: 120
                    title: qsTr("Nearest words")
                    subtitle: qsTr("alike, occurrences")
                    actions: InfoButton { topic: "alike" }
                    NearWords {
                        objectName: "nearWords"
                        anchors.fill: parent
                        words: root.words.near
                        onWordChosen: word => root.words.word = word
                        onComparisonChosen: word => root.words.second = word
                    }
                }
                Panel {
                    SplitView.fillHeight: true
                    SplitView.minimumHeight: 120
                    title: qsTr("Sentences")
                    subtitle: root.words.sentences.summary
                    ListView {
                        id: sentenceList
                        objectName: "wordSentences"
                        anchors.fill: parent
                        clip: true
                        reuseItems: true
                        cacheBuffer: 0
                        activeFocusOnTab: true
                        boundsBehavior: Flickable.StopAtBounds
                        model: root.words.sentences
                        ScrollBar.vertical: ScrollBar {}
                        Accessible.role: Accessible.List
                        Accessible.name: qsTr("Sentences")
                        delegate: SentenceDelegate {
                            width: ListView.view.width
                        }
                        FocusRing { parent: sentenceList; shown: sentenceList.activeFocus }
                    }
                }
            }
        }
        Item {
            Layout.fillHeight: true
            visible: !root.words.found
        }
    }
    EmptyState {
        objectName: "wordState"
        anchors.centerIn: parent
        visible: !root.words.found
        busy: root.words.computing
        text: root.words.problem
        hint: root.session.open && !busy ? qsTr("Type another word above; only words that passed the filters of the run are analysed") : ""
    }
}
