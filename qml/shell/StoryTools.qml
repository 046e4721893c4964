import QtQuick
import QtQuick.Dialogs
import Palimpsest.Controls
import Palimpsest.Models

// Takes slides of views, and asks where a story or a report is to be written.
Item {
    id: root
    required property Story story
    required property Publisher publisher

    function pin(view: Item, again: bool) {
        if (!view.grabToImage(result => root.keep(result.image, again)))
            keep(undefined, again);
    }
    function keep(picture: var, again: bool) {
        if (again)
            story.retake(story.current, picture, Theme.background);
        else
            story.pin(picture, Theme.background);
    }
    function choosePage() {
        pageDialog.open();
    }
    function choosePdf() {
        pdfDialog.open();
    }
    function chooseReport() {
        reportDialog.open();
    }

    FileDialog {
        id: pageDialog
        title: qsTr("Export the story as a web page")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "html"
        nameFilters: [qsTr("Web page (*.html)")]
        onAccepted: root.publisher.writeStory(selectedFile)
    }
    FileDialog {
        id: pdfDialog
        title: qsTr("Export the story as PDF slides")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "pdf"
        nameFilters: [qsTr("PDF (*.pdf)")]
        onAccepted: root.publisher.writeStory(selectedFile)
    }
    FileDialog {
        id: reportDialog
        title: qsTr("Report of the study")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "html"
        nameFilters: [qsTr("Web page (*.html)"), qsTr("PDF (*.pdf)")]
        onAccepted: root.publisher.writeReport(selectedFile)
    }
}
