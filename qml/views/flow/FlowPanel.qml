import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// The chosen ribbon or block with its words, and the lineage of the selected concept.
AppSplit {
    keptAs: "flow-panel"
    id: root
    required property FlowModel model

    orientation: Qt.Vertical

    Panel {
        SplitView.fillHeight: true
        SplitView.minimumHeight: 140

        ColumnLayout {
            anchors.fill: parent
            spacing: Theme.spacing4
            visible: root.model.currentColumn >= 0
            AppText {
                objectName: "ribbonTitle"
                Layout.fillWidth: true
                text: root.model.currentTitle
                font.pixelSize: Theme.textLarge
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
            }
            AppText {
                Layout.fillWidth: true
                text: root.model.currentText
                color: Theme.muted
                wrapMode: Text.Wrap
            }
            WordList {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.topMargin: Theme.spacing8
                model: root.model.words
                title: root.model.currentTo >= 0 ? qsTr("Words that moved") : qsTr("Words")
                copyable: true
            }
        }
        EmptyState {
            anchors.centerIn: parent
            visible: root.model.currentColumn < 0
            text: qsTr("No ribbon is selected")
            hint: qsTr("Click a ribbon or a block for its words, or move with the arrow keys")
        }
    }
    Panel {
        SplitView.preferredHeight: root.height * 0.45
        SplitView.minimumHeight: 120
        title: qsTr("Lineage")
        subtitle: root.model.lineageTitle

        LineageList {
            objectName: "lineage"
            anchors.fill: parent
            lineage: root.model.lineage
            onChosen: row => root.model.goToStep(row)
        }
        AppText {
            anchors.fill: parent
            visible: root.model.lineage.count === 0
            text: qsTr("Select a concept of a shown column in any view to follow it")
            color: Theme.muted
            wrapMode: Text.Wrap
        }
    }
}
