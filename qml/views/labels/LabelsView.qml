import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Latent concepts against human-defined labels: sets, labels by layer, curves, and the concepts behind a number.
FocusScope {
    id: root
    required property LabelBrowser browser
    required property LabelForm form
    readonly property alias matrixItem: matrixPane.figureItem
    property int page: 0 // 0 matrix, 1 curves; listen to pageActivated
    signal pageActivated(int page)
    signal addRequested()
    signal changeRequested(int set)
    signal importRequested()
    signal exportRequested()
    signal conceptRequested()

    readonly property LabelSession labels: browser.labels

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spacing12
        spacing: Theme.spacing12
        visible: root.browser.state === LabelBrowser.Ready

        HelpLine {
            Layout.fillWidth: true
            text: qsTr("A concept carries a label when at least %1 of its %2 have it. By chance: the same count in 100 random partitions with concepts of the same sizes. B is the base model, F the fine-tuned one; click a number for its concepts, a heading to sort.")
                .arg(Math.round(root.labels.theta * 100) + " %").arg(root.labels.byType ? qsTr("distinct words") : qsTr("occurrences"))
        }
        AppSplit {
            keptAs: "labels"
            Layout.fillWidth: true
            Layout.fillHeight: true
            orientation: Qt.Horizontal

            LabelSetPane {
                SplitView.preferredWidth: Math.round(Math.min(250 * Theme.scale, root.width * 0.28))
                SplitView.minimumWidth: 190 * Theme.scale
                browser: root.browser
                form: root.form
                onAddRequested: root.addRequested()
                onChangeRequested: set => root.changeRequested(set)
            }
            Panel {
                id: middle
                readonly property bool narrow: width < 520 * Theme.scale // the menu has the same actions
                SplitView.fillWidth: true
                SplitView.minimumWidth: 320

                ColumnLayout {
                    anchors.fill: parent
                    spacing: Theme.spacing8
                    Item { // no layout: one that is out of sight misses that its parts appear
                        Layout.fillWidth: true
                        implicitHeight: Math.max(pages.implicitHeight, more.implicitHeight)
                        SegmentedControl {
                            id: pages
                            objectName: "pages"
                            anchors.verticalCenter: parent.verticalCenter
                            accessibleName: qsTr("Matrix or curves")
                            labels: [qsTr("Labels by layer"), qsTr("Curves")]
                            currentIndex: root.page
                            onActivated: index => root.pageActivated(index)
                        }
                        AppText {
                            anchors {
                                left: pages.right; leftMargin: Theme.spacing12
                                right: more.visible ? more.left : parent.right; rightMargin: Theme.spacing12
                                verticalCenter: parent.verticalCenter
                            }
                            text: root.page === 0 ? root.browser.summary : ""
                            color: Theme.muted
                            elide: Text.ElideRight
                        }
                        Row {
                            id: more
                            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                            visible: !middle.narrow
                            spacing: Theme.spacing4
                            AppText {
                                objectName: "chanceText"
                                anchors.verticalCenter: parent.verticalCenter
                                text: root.browser.chanceText
                                color: Theme.muted
                                font.pixelSize: Theme.textSmall
                            }
                            AppButton {
                                flat: true
                                text: qsTr("Import…")
                                toolTip: qsTr("ConceptX, TransformersConceptNet, LACOAT, SciPy, NeuroX (Ctrl+I)")
                                onClicked: root.importRequested()
                            }
                            AppButton {
                                flat: true
                                text: qsTr("Export…")
                                toolTip: qsTr("The same, and tables, Newick, Embedding Projector and Atlas (Ctrl+Shift+E)")
                                onClicked: root.exportRequested()
                            }
                        }
                    }
                    StackLayout {
                        Layout.fillWidth: true
                        Layout.fillHeight: true
                        currentIndex: root.page
                        LabelMatrixPane {
                            id: matrixPane
                            focus: true
                            browser: root.browser
                        }
                        Loader {
                            active: root.page === 1 || item
                            sourceComponent: LabelCurvesPane { browser: root.browser }
                        }
                    }
                }
            }
            LabelConceptsPane {
                SplitView.preferredWidth: Math.round(Math.min(300 * Theme.scale, root.width * 0.28))
                SplitView.minimumWidth: 220
                browser: root.browser
                onConceptRequested: root.conceptRequested()
            }
        }
    }
    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(460 * Theme.scale, parent.width - 2 * Theme.spacing16)
        spacing: Theme.spacing12
        visible: root.browser.state !== LabelBrowser.Ready
        EmptyState {
            objectName: "stateMessage"
            Layout.fillWidth: true
            busy: root.browser.state === LabelBrowser.Computing
            text: busy ? qsTr("Comparing concepts with labels")
                : root.browser.state === LabelBrowser.NoSets ? qsTr("This project has no labels yet") : qsTr("No project is open")
            hint: busy ? ""
                : root.browser.state === LabelBrowser.NoSets
                    ? qsTr("Labels say what words are by definition: casing, suffixes, parts of speech, WordNet classes, your own lists. Attach some to see which concepts share one, layer by layer.")
                    : qsTr("Open a project or make a new one to compare its concepts with labels")
            actionText: root.browser.state === LabelBrowser.NoSets ? qsTr("Add labels…") : ""
            onTriggered: root.addRequested()
        }
        AppButton {
            Layout.alignment: Qt.AlignHCenter
            visible: root.browser.state === LabelBrowser.NoSets
            flat: true
            text: qsTr("Import a ConceptX folder…")
            onClicked: root.importRequested()
        }
    }
}
