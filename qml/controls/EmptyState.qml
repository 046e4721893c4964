import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// What stands where nothing can be shown: why, and what to do. busy: it is being computed.
ColumnLayout {
    id: root
    property string text: ""
    property string hint: ""
    property string actionText: ""
    property bool busy: false
    signal triggered()

    spacing: Theme.spacing12
    width: Math.min(420 * Theme.scale, parent ? parent.width - 2 * Theme.spacing16 : 420)

    BusyIndicator {
        Layout.alignment: Qt.AlignHCenter
        visible: root.busy
        running: visible
        palette.dark: Theme.accent
    }
    AppText {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        text: root.text
        font.pixelSize: Theme.textLarge
    }
    AppText {
        Layout.fillWidth: true
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        visible: text
        text: root.hint
        color: Theme.muted
    }
    AppButton {
        Layout.alignment: Qt.AlignHCenter
        visible: text
        text: root.actionText
        onClicked: root.triggered()
    }
}
