import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// What the run of the open project left out or changed, one sentence each.
StatusPanel {
    id: root
    required property StudySession session

    title: qsTr("Notes on this project")
    ListView {
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(contentHeight, 300 * Theme.scale)
        clip: true
        focus: true
        spacing: Theme.spacing8
        model: root.session.warnings
        ScrollBar.vertical: ScrollBar {}
        delegate: AppText {
            required property string modelData
            width: ListView.view.width - Theme.spacing12
            text: modelData
            wrapMode: Text.Wrap
        }
    }
}
