import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// What stands where no map can be shown: what it would be, a button that makes it, how far it is, or why not.
ColumnLayout {
    id: root
    required property MapModel model
    readonly property bool computing: model.state === MapModel.Computing

    spacing: Theme.spacing12

    EmptyState {
        objectName: "stateMessage"
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredWidth: Math.min(440 * Theme.scale, root.width)
        busy: root.model.state === MapModel.Loading
        text: busy ? qsTr("Reading the map of this layer")
            : root.model.state === MapModel.Failed ? root.model.error
            : root.model.state === MapModel.NotComputed ? qsTr("Layer %1 has no such map yet").arg(root.model.layer)
            : root.computing ? qsTr("Making the map of this layer") : qsTr("No project is open")
        hint: root.model.state === MapModel.NothingOpen ? qsTr("Open a project or make a new one to see where its occurrences stand")
            : root.model.state !== MapModel.NotComputed ? ""
            : root.model.method === MapModel.Umap ? qsTr("UMAP lays out the neighbours of every occurrence: some seconds for 10,000 occurrences, minutes for 250,000. The map is kept in the project.")
            : qsTr("The two directions along which the activations vary most, base and fine-tuned turned onto each other. It takes seconds and is kept in the project.")
        actionText: root.model.state === MapModel.Failed ? qsTr("Try again")
            : root.model.state === MapModel.NotComputed ? qsTr("Compute the map") : ""
        onTriggered: root.model.state === MapModel.Failed ? root.model.retry() : root.model.compute()
    }
    ProgressLine {
        Layout.alignment: Qt.AlignHCenter
        Layout.preferredWidth: 280 * Theme.scale
        visible: root.computing
        fraction: root.model.progress
    }
    AppText {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        visible: root.computing
        text: root.model.progressText
        color: Theme.muted
    }
    AppButton {
        objectName: "cancelMap"
        Layout.alignment: Qt.AlignHCenter
        visible: root.computing
        text: qsTr("Cancel")
        onClicked: root.model.cancel()
    }
}
