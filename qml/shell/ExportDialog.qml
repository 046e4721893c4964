import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// What the window shows as files of other programs.
AppDialog {
    id: root
    required property ExchangeForm form

    title: qsTr("Export")
    width: Math.min(760 * Theme.scale, parent.width - 2 * Theme.spacing24)

    Connections {
        target: root.form
        function onStarted() { root.close() }
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.spacing8

        RowLayout {
            spacing: Theme.spacing8
            AppText {
                Layout.preferredWidth: 130 * Theme.scale
                text: qsTr("As")
            }
            AppComboBox {
                objectName: "exportKind"
                Layout.fillWidth: true
                label: qsTr("Kind of files")
                model: root.form.exportKinds
                currentIndex: root.form.exportKind
                onActivated: index => root.form.exportKind = index
            }
        }
        RowLayout {
            spacing: Theme.spacing8
            AppText {
                Layout.preferredWidth: 130 * Theme.scale
                text: qsTr("Model")
            }
            SegmentedControl {
                accessibleName: qsTr("Model whose concepts are written")
                labels: [qsTr("Base"), qsTr("Fine-tuned")]
                currentIndex: root.form.exportSide
                onActivated: index => root.form.exportSide = index
            }
        }
        PathField {
            objectName: "exportOutput"
            Layout.fillWidth: true
            label: root.form.exportsFolder ? qsTr("Folder") : qsTr("File")
            folder: root.form.exportsFolder
            save: !root.form.exportsFolder
            nameFilters: [qsTr("Files (*%1)").arg(root.form.exportEnding), qsTr("All files (*)")]
            path: root.form.exportOutput
            hint: root.form.exportsFolder ? qsTr("Made when it is not there yet") : qsTr("Ends in %1").arg(root.form.exportEnding)
            onChosen: path => root.form.exportOutput = path
        }
        AppText {
            Layout.fillWidth: true
            text: root.form.exportText
            color: Theme.muted
            wrapMode: Text.Wrap
        }
    }
    footerText: root.form.running ? qsTr("Another import or export is under way") : ""
    buttons: [
        AppButton {
            text: qsTr("Close")
            onClicked: root.close()
        },
        AppButton {
            objectName: "runExport"
            primary: true
            text: qsTr("Export")
            enabled: root.form.canExport
            onClicked: root.form.runExport()
        }
    ]
}
