import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// A new project: which models, which sentences, how. Run opens when every choice is valid.
AppDialog {
    id: root
    required property NewProjectModel form
    required property StudyRunner runner

    title: qsTr("New project")
    width: Math.min(860 * Theme.scale, parent.width - 2 * Theme.spacing24)
    height: Math.min(implicitHeight, parent.height - 2 * Theme.spacing24)

    Connections {
        target: root.form
        function onStarted() { root.close() }
    }

    Flickable {
        anchors.fill: parent
        implicitHeight: contentHeight
        contentHeight: column.implicitHeight + 4
        clip: true
        ScrollBar.vertical: ScrollBar {}

        ColumnLayout {
            id: column
            y: 2
            width: parent.width - Theme.spacing12
            spacing: Theme.spacing8

            ModelField {
                objectName: "baseModel"
                Layout.fillWidth: true
                label: qsTr("Base model")
                hint: qsTr("Folder with config.json and model.safetensors, or owner/name at Hugging Face")
                choice: root.form.baseModel
            }
            ModelField {
                objectName: "fineTunedModel"
                Layout.fillWidth: true
                label: qsTr("Fine-tuned model")
                hint: qsTr("Folder of the same model after fine-tuning, or owner/name at Hugging Face")
                choice: root.form.fineTunedModel
            }
            PathField {
                Layout.fillWidth: true
                label: qsTr("Sentences")
                hint: qsTr("A text file with one sentence a line, or a .tsv or .csv table")
                nameFilters: [qsTr("Texts and tables (*.txt *.tsv *.csv)"), qsTr("All files (*)")]
                path: root.form.corpusPath
                onChosen: path => root.form.corpusPath = path
            }
            CorpusPreview {
                Layout.fillWidth: true
                form: root.form
            }
            RowLayout {
                spacing: Theme.spacing12
                visible: root.form.preview.table && root.form.preview.rows > 0
                AppText {
                    Layout.preferredWidth: 126 * Theme.scale
                    text: qsTr("Text column")
                }
                AppComboBox {
                    label: qsTr("Text column")
                    emptyText: qsTr("none")
                    model: root.form.textColumns
                    currentIndex: root.form.textColumns.indexOf(root.form.textColumn)
                    onActivated: index => root.form.textColumn = root.form.textColumns[index]
                }
                AppText {
                    text: qsTr("Label column")
                }
                AppComboBox {
                    label: qsTr("Label column")
                    emptyText: qsTr("no classes")
                    model: root.form.labelColumns
                    currentIndex: root.form.labelColumns.indexOf(root.form.labelColumn)
                    onActivated: index => root.form.labelColumn = root.form.labelColumns[index]
                }
                AppText {
                    text: qsTr("Pair column")
                }
                AppComboBox {
                    objectName: "pairColumn"
                    label: qsTr("Column of a pair's second text, such as the hypothesis")
                    emptyText: qsTr("no pairs")
                    model: root.form.pairColumns
                    currentIndex: root.form.pairColumns.indexOf(root.form.pairColumn)
                    onActivated: index => root.form.pairColumn = root.form.pairColumns[index]
                }
            }
            Rectangle {
                Layout.fillWidth: true
                implicitHeight: 1
                color: Theme.border
            }
            StudyOptions {
                Layout.fillWidth: true
                form: root.form
            }
            PathField {
                Layout.fillWidth: true
                label: qsTr("Project file")
                save: true
                nameFilters: [qsTr("Palimpsest projects (*.palimpsest)")]
                path: root.form.projectPath
                onChosen: path => root.form.projectPath = path
            }
            Rectangle {
                Layout.fillWidth: true
                implicitHeight: outcome.implicitHeight + 2 * Theme.spacing8
                radius: Theme.radius
                color: root.form.ready || root.form.checking ? Theme.raised : Theme.accentSoft
                ColumnLayout {
                    id: outcome
                    anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter }
                    anchors.margins: Theme.spacing12
                    spacing: Theme.spacing4
                    AppText {
                        Layout.fillWidth: true
                        wrapMode: Text.Wrap
                        text: root.form.checking ? qsTr("Checking…") : root.form.problem || root.form.estimate
                    }
                    AppText {
                        Layout.fillWidth: true
                        visible: text
                        color: Theme.muted
                        wrapMode: Text.Wrap
                        text: root.form.notice
                    }
                }
            }
        }
    }
    footerText: root.runner.running ? qsTr("Another run is under way; this one can start when it has ended") : ""
    buttons: [
        AppButton {
            text: qsTr("Close")
            onClicked: root.close()
        },
        AppButton {
            primary: true
            text: qsTr("Run")
            enabled: root.form.ready && !root.runner.running
            onClicked: root.form.run()
        }
    ]
}
