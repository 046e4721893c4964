import QtQuick
import Palimpsest.Controls
import Palimpsest.Models

// What fine-tuning did, over all layers.
Item {
    id: root
    required property StudySession session
    required property Selection selection

    EmptyState {
        anchors.centerIn: parent
        text: qsTr("Open a project to see what fine-tuning did")
    }
}
