import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Browses the concepts of one layer: list, card of the selected one, its counterpart in the other model.
FocusScope {
    id: root
    required property StudySession session
    required property Selection selection
    required property ConceptBrowser browser
    property LabelBrowser labels: null

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spacing12
        spacing: Theme.spacing12
        visible: root.browser.state === ConceptBrowser.Ready

        HelpLine {
            Layout.fillWidth: true
            text: qsTr("Latent concepts of layer %1: Ward's clusters of word occurrences by their activations. A concept is kept when at least %2 of it lies in one concept of the other model, and the reverse; the counterpart shares most members.").arg(root.browser.layer).arg(root.browser.thetaText)
        }
        AppSplit {
            keptAs: "concepts"
            Layout.fillWidth: true
            Layout.fillHeight: true
            orientation: Qt.Horizontal

            ConceptListPane {
                SplitView.preferredWidth: root.width * 0.3
                SplitView.minimumWidth: 250
                focus: true
                browser: root.browser
            }
            ConceptCard {
                SplitView.fillWidth: true
                SplitView.minimumWidth: 300
                id: card
                card: root.browser.card
                annotations: root.browser.annotations
                Connections {
                    target: root.browser
                    function onRenameRequested() { card.startRename(); }
                }
                labels: root.labels
            }
            CounterpartPane {
                SplitView.preferredWidth: root.width * 0.32
                SplitView.minimumWidth: 270
                browser: root.browser
            }
        }
    }
    EmptyState {
        objectName: "stateMessage"
        anchors.centerIn: parent
        visible: root.browser.state !== ConceptBrowser.Ready
        busy: root.browser.state === ConceptBrowser.Computing
        text: busy ? qsTr("Comparing the concepts of this layer") : qsTr("No project is open")
        hint: busy ? "" : qsTr("Open a project or make a new one to browse its concepts")
    }
}
