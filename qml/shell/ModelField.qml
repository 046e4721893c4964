import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// A checkpoint by folder or id: the field, what of it is on this machine, and its download, on request only.
ColumnLayout {
    id: root
    required property ModelChoice choice
    property string label: ""
    property string hint: ""

    spacing: Theme.spacing4

    PathField {
        Layout.fillWidth: true
        label: root.label
        hint: root.hint
        folder: true
        path: root.choice.text
        onChosen: path => root.choice.text = path
    }
    RowLayout {
        Layout.fillWidth: true
        Layout.leftMargin: 130 * Theme.scale + Theme.spacing8
        spacing: Theme.spacing8
        visible: root.choice.found

        AppText {
            Layout.fillWidth: true
            objectName: root.objectName + "Found"
            color: Theme.muted
            wrapMode: Text.Wrap
            text: root.choice.found
            Accessible.name: qsTr("%1: %2").arg(root.label).arg(text)
        }
        AppButton {
            objectName: root.objectName + "Download"
            visible: root.choice.downloadable || root.choice.downloading
            text: root.choice.downloading ? qsTr("Cancel") : qsTr("Download")
            Accessible.name: root.choice.downloading ? qsTr("Cancel the download of %1").arg(root.choice.text) : qsTr("Download %1").arg(root.choice.text)
            onClicked: root.choice.downloading ? root.choice.cancelDownload() : root.choice.download()
        }
    }
}
