import QtQuick
import QtQuick.Dialogs
import Palimpsest.Models

// Where names, tags and notes are read from and written to.
Item {
    id: root
    required property Annotations annotations

    function chooseImport() {
        importDialog.open();
    }
    function chooseExport() {
        exportDialog.open();
    }

    FileDialog {
        id: exportDialog
        title: qsTr("Export annotations")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "json"
        nameFilters: [qsTr("JSON (*.json)"), qsTr("Table (*.tsv)")]
        onAccepted: root.annotations.exportTo(selectedFile)
    }
    FileDialog {
        id: importDialog
        title: qsTr("Import annotations")
        nameFilters: [qsTr("Annotations (*.json *.tsv)"), qsTr("All files (*)")]
        onAccepted: root.annotations.importFrom(selectedFile)
    }
}
