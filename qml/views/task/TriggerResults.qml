import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models
import Palimpsest.Views

// What a search found: triggers, kinds side by side, and the sentences that flipped.
ColumnLayout {
    id: root
    required property TaskModel model
    readonly property TriggerLabModel lab: model.lab
    signal conceptChosen(int layer, int conceptId)

    function openConcept(row: Item) {
        if (row !== null && row.conceptId >= 0 && !lab.outdated && !lab.stale)
            conceptChosen(lab.layer, row.conceptId);
    }

    spacing: Theme.spacing8

    FigureSource {
        name: "triggers"
        title: qsTr("Triggers towards %1").arg(root.lab.shownTargetName)
        caption: root.lab.headline + (root.lab.comparisonText ? ". " + root.lab.comparisonText : "")
        provider: root.lab
        active: root.lab.headline !== ""
        ofLayer: false
    }
    Rectangle {
        objectName: "staleTriggers"
        Layout.fillWidth: true
        visible: root.lab.stale
        implicitHeight: staleText.implicitHeight + 2 * Theme.spacing8
        radius: Theme.radius
        color: Theme.raised
        border.color: Theme.danger
        AppText {
            id: staleText
            anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; margins: Theme.spacing8 }
            text: qsTr("Of an earlier run: corpus, model or activations are others since, so search again")
            wrapMode: Text.Wrap
        }
    }
    RowLayout {
        spacing: Theme.spacing8
        ColumnLayout {
            spacing: 2
            AppText {
                objectName: "labHeadline"
                Layout.fillWidth: true
                text: root.lab.headline + (root.lab.comparisonText ? ". " + root.lab.comparisonText : "")
                wrapMode: Text.Wrap
            }
            AppText {
                objectName: "labMadeWith"
                Layout.fillWidth: true
                text: root.lab.madeWith
                color: Theme.muted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.Wrap
            }
        }
        AppText {
            objectName: "outdated"
            visible: root.lab.outdated
            text: qsTr("Of earlier choices")
            color: Theme.danger
        }
        AppButton {
            objectName: "removeTriggers"
            text: qsTr("Remove")
            toolTip: qsTr("Remove these results from the project; Undo brings them back")
            enabled: root.lab.state !== TriggerLabModel.Running
            onClicked: root.lab.remove()
        }
        AppButton {
            objectName: "exportTriggers"
            text: qsTr("Export…")
            toolTip: qsTr("Triggers, or flipped sentences beside their originals, as a table (TSV)")
            onClicked: menu.open()
            Menu {
                id: menu
                y: parent.height
                MenuItem {
                    text: qsTr("Triggers with rates…")
                    onTriggered: triggersDialog.open()
                }
                MenuItem {
                    text: qsTr("Flipped sentences…")
                    onTriggered: sentencesDialog.open()
                }
            }
        }
    }
    AppSplit {
        keptAs: "triggers"
        Layout.fillWidth: true
        Layout.fillHeight: true
        orientation: Qt.Vertical

        AppSplit {
            keptAs: "triggerWords"
            SplitView.preferredHeight: root.height * 0.52
            SplitView.minimumHeight: 180 * Theme.scale
            Panel {
                SplitView.fillWidth: true
                SplitView.minimumWidth: 320
                title: qsTr("Trigger words")
                RowLayout {
                    id: heads
                    anchors { left: parent.left; right: parent.right; top: parent.top }
                    anchors { leftMargin: Theme.spacing8; rightMargin: Theme.spacing8 + Theme.spacing12 }
                    spacing: Theme.spacing8
                    Repeater {
                        model: [[qsTr("flip rate, 95 % interval"), 198], [qsTr("shift"), 44], [qsTr("count"), 40], [qsTr("concept"), 48]]
                        AppText {
                            required property var modelData
                            required property int index
                            Layout.fillWidth: index === 0
                            Layout.preferredWidth: modelData[1] * Theme.scale
                            horizontalAlignment: Text.AlignRight
                            rightPadding: index === 0 ? 78 * Theme.scale : 0
                            text: modelData[0]
                            color: Theme.muted
                            font.pixelSize: Theme.textSmall
                        }
                    }
                }
                ListView {
                    id: list
                    objectName: "triggerList"
                    anchors { left: parent.left; right: parent.right; top: heads.bottom; bottom: parent.bottom }
                    anchors.topMargin: Theme.spacing4
                    clip: true
                    reuseItems: true
                    cacheBuffer: 0
                    activeFocusOnTab: true
                    boundsBehavior: Flickable.StopAtBounds
                    highlightMoveDuration: 0
                    model: root.lab.triggers
                    ScrollBar.vertical: ScrollBar {}
                    Accessible.role: Accessible.List
                    Accessible.name: qsTr("Trigger words, best first")
                    Keys.onReturnPressed: root.openConcept(currentItem)
                    delegate: TriggerDelegate {
                        width: ListView.view.width - Theme.spacing12
                        end: Math.min(1, root.lab.triggers.highest)
                        ink: Theme.classColor(root.lab.shownTarget)
                        highlighted: ListView.isCurrentItem && list.activeFocus
                        onChosen: {
                            list.currentIndex = index;
                            root.openConcept(this);
                        }
                    }
                    FocusRing { parent: list; shown: list.activeFocus }
                    Connections { // a reset leaves lists without a current row
                        target: root.lab
                        function onResultChanged() { list.currentIndex = Math.max(0, list.currentIndex); }
                        function onComposedIndexChanged() { sentences.currentIndex = Math.max(0, sentences.currentIndex); }
                    }
                }
            }
            Panel {
                SplitView.preferredWidth: root.width * 0.39
                SplitView.minimumWidth: 260
                title: qsTr("Beside controls")
                subtitle: qsTr("means, 95 % intervals")
                Flickable {
                    anchors.fill: parent
                    contentHeight: kindColumn.height
                    clip: true
                    boundsBehavior: Flickable.StopAtBounds
                    ScrollBar.vertical: ScrollBar {}
                    TriggerKinds {
                        id: kindColumn
                        objectName: "triggerKinds"
                        width: parent.width - Theme.spacing12
                        kinds: root.lab.kinds
                        polarInk: Theme.classColor(root.lab.shownTarget)
                    }
                }
            }
        }
        AppSplit {
            keptAs: "triggerSentences"
            SplitView.fillHeight: true
            SplitView.minimumHeight: 150 * Theme.scale
            Panel {
                SplitView.preferredWidth: root.width * 0.38
                SplitView.minimumWidth: 220
                title: qsTr("Best words together")
                Flickable {
                    anchors.fill: parent
                    contentHeight: composedColumn.height
                    clip: true
                    boundsBehavior: Flickable.StopAtBounds
                    ScrollBar.vertical: ScrollBar {}
                    TriggerKinds {
                        id: composedColumn
                        objectName: "composedTriggers"
                        width: parent.width - Theme.spacing12
                        kinds: root.lab.composed
                        byKind: false
                        polarInk: Theme.classColor(root.lab.shownTarget)
                        currentIndex: root.lab.composedIndex
                        onChosen: index => root.lab.composedIndex = index
                    }
                }
            }
            Panel {
                SplitView.fillWidth: true
                SplitView.minimumWidth: 300
                title: qsTr("Flipped sentences")
                subtitle: qsTr("%1 with the trigger at the left; original, changed, probability of %2").arg(sentences.count).arg(root.lab.shownTargetName)
                FlippedSentences {
                    id: sentences
                    objectName: "flippedSentences"
                    anchors.fill: parent
                    model: root.lab.flipped
                }
            }
        }
    }
    FileDialog {
        id: triggersDialog
        title: qsTr("Export triggers")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "tsv"
        nameFilters: [qsTr("Tables (*.tsv)")]
        onAccepted: root.lab.exportTriggers(selectedFile)
    }
    FileDialog {
        id: sentencesDialog
        title: qsTr("Export flipped sentences")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "tsv"
        nameFilters: [qsTr("Tables (*.tsv)")]
        onAccepted: root.lab.exportSentences(selectedFile)
    }
}
