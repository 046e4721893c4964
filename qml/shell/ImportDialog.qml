import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Files of ConceptX, TransformersConceptNet, LACOAT, SciPy and NeuroX into a project; checked first, if wished.
AppDialog {
    id: root
    required property ExchangeForm form

    title: qsTr("Import files")
    width: Math.min(760 * Theme.scale, parent.width - 2 * Theme.spacing24)
    height: Math.min(implicitHeight, parent.height - 2 * Theme.spacing24)

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
                text: qsTr("Files")
            }
            AppComboBox {
                objectName: "importKind"
                Layout.fillWidth: true
                label: qsTr("Kind of files")
                model: root.form.importKinds
                currentIndex: root.form.importKind
                onActivated: index => root.form.importKind = index
            }
        }
        PathField {
            objectName: "importSource"
            Layout.fillWidth: true
            label: root.form.importsFolder ? qsTr("Folder") : qsTr("File")
            folder: root.form.importsFolder
            path: root.form.importSource
            hint: root.form.importsFolder ? qsTr("With sentences.json, clusters-K.txt, labels_*.json") : ""
            onChosen: path => root.form.importSource = path
        }
        PathField {
            objectName: "importOutput"
            Layout.fillWidth: true
            label: root.form.importNeedsSide ? qsTr("Into project") : qsTr("Write tensors to")
            save: true
            nameFilters: root.form.importNeedsSide ? [qsTr("Palimpsest projects (*.palimpsest)")] : [qsTr("Tensors (*.safetensors)")]
            path: root.form.importOutput
            hint: qsTr("Made when it is not there yet")
            onChosen: path => root.form.importOutput = path
        }
        RowLayout {
            spacing: Theme.spacing8
            visible: root.form.importNeedsSide
            AppText {
                Layout.preferredWidth: 130 * Theme.scale
                text: qsTr("Model")
            }
            SegmentedControl {
                accessibleName: qsTr("Model that the files belong to")
                labels: [qsTr("Base"), qsTr("Fine-tuned")]
                currentIndex: root.form.importSide
                onActivated: index => root.form.importSide = index
            }
            AppText {
                visible: root.form.importNeedsLayer
                text: qsTr("Layer")
            }
            AppSpinBox {
                visible: root.form.importNeedsLayer
                label: qsTr("Layer that the files belong to")
                from: 0
                to: 1000
                value: root.form.importLayer
                onValueModified: root.form.importLayer = value
            }
            Item { Layout.fillWidth: true }
            AppButton {
                objectName: "lint"
                visible: root.form.importsFolder
                enabled: root.form.canLint
                text: qsTr("Check files")
                onClicked: root.form.lint()
            }
        }
        AppText {
            objectName: "findingsText"
            Layout.fillWidth: true
            visible: text
            text: root.form.findingsText
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
        }
        ListView {
            objectName: "findings"
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(contentHeight, 180 * Theme.scale)
            visible: count > 0
            clip: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            model: root.form.findings
            ScrollBar.vertical: ScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: root.form.findingsText
            delegate: AppText {
                required property string modelData
                width: ListView.view.width - Theme.spacing12
                text: modelData
                wrapMode: Text.Wrap
                bottomPadding: Theme.spacing4
                Accessible.role: Accessible.ListItem
                Accessible.name: text
            }
        }
    }
    footerText: root.form.running ? qsTr("Another import or export is under way") : ""
    buttons: [
        AppButton {
            text: qsTr("Close")
            onClicked: root.close()
        },
        AppButton {
            objectName: "runImport"
            primary: true
            text: qsTr("Import")
            enabled: root.form.canImport
            onClicked: root.form.runImport()
        }
    ]
}
