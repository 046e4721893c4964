import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// The current node: what it is, its words, and what can be done with it.
Panel {
    id: root
    required property DendrogramModel model
    readonly property TreeNodeCard card: model.current
    signal zoomRequested()

    TallColumn {
        anchors.fill: parent
        spacing: Theme.spacing8
        visible: root.card.valid

        AppText {
            Layout.fillWidth: true
            objectName: "subtreeTitle"
            text: root.card.title
            color: root.card.fineTuned ? Theme.fineTuned : Theme.baseModel
            font.pixelSize: Theme.textLarge
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
        }
        StatusBadge {
            visible: root.card.status >= 0
            status: root.card.status
            letter: root.card.statusLetter
            word: root.card.statusText
        }
        AppText {
            Layout.fillWidth: true
            text: root.card.subtitle
            wrapMode: Text.Wrap
        }
        AppText {
            Layout.fillWidth: true
            visible: text
            text: root.card.classText
            color: Theme.muted
            wrapMode: Text.Wrap
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.spacing4
            AppButton {
                text: qsTr("Zoom to it")
                toolTip: qsTr("Fill the picture with this subtree (Enter)")
                onClicked: root.zoomRequested()
            }
            AppButton {
                objectName: "collapse"
                visible: root.card.collapsible
                text: root.card.collapsed ? qsTr("Expand") : qsTr("Collapse")
                toolTip: qsTr("Hide or show what is below (Space)")
                onClicked: root.model.toggleCollapsed(root.card.fineTuned, root.card.node)
            }
            AppButton {
                visible: root.card.status >= 0
                text: qsTr("Counterpart")
                toolTip: qsTr("Go to the best counterpart in the other model (C)")
                onClicked: root.model.goToCounterpart()
            }
        }
        WordList {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.topMargin: Theme.spacing8
            Layout.preferredHeight: 120 * Theme.scale
            model: root.card.words
            title: qsTr("Words")
            copyable: true
        }
    }
    EmptyState {
        anchors.centerIn: parent
        visible: !root.card.valid
        text: qsTr("No subtree is selected")
        hint: qsTr("Click a branch, a link or a name, or walk through the tree with the arrow keys")
    }
}
