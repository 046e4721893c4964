import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// What the window shows as a file for a paper or a slide, with a preview that is the file itself.
AppDialog {
    id: root
    required property FigureExport figures
    property bool inStory: false // the view is the story, whose contact sheet is its PDF
    signal storyPdfRequested()

    title: qsTr("Export figure")
    width: Math.min(980 * Theme.scale, parent.width - 2 * Theme.spacing24)
    height: Math.min(640 * Theme.scale, parent.height - 2 * Theme.spacing24)
    onAboutToShow: figures.refresh()

    function openToPrint() {
        open();
        printButton.forceActiveFocus(Qt.TabFocusReason);
    }

    RowLayout {
        anchors.fill: parent
        spacing: Theme.spacing16

        Rectangle { // a table for the paper
            Layout.fillWidth: true
            Layout.fillHeight: true
            color: Theme.raised
            radius: Theme.radius
            FigurePreview {
                objectName: "figurePreview"
                anchors.fill: parent
                anchors.margins: Theme.spacing16
                picture: root.figures.preview
                dark: Theme.dark
                borderColor: Theme.border
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("Preview of %1").arg(root.figures.titles[root.figures.current] ?? "")
            }
            EmptyState {
                anchors.centerIn: parent
                visible: root.figures.current < 0
                objectName: "noFigure"
                text: root.inStory ? qsTr("The story is exported as a whole") : qsTr("This view shows no figure yet")
                hint: root.inStory ? qsTr("Its slides become a PDF or a web page from the buttons of the Story view, or from the menu; each slide's figures are exported from the view that it was pinned in")
                    : qsTr("Lists are exported from their own views")
                actionText: root.inStory ? qsTr("Export slides as PDF…") : ""
                onTriggered: {
                    root.close();
                    root.storyPdfRequested();
                }
            }
        }
        Flickable {
            Layout.preferredWidth: 330 * Theme.scale
            Layout.fillHeight: true
            contentHeight: form.implicitHeight
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ScrollBar {}
            ExportFigureForm {
                id: form
                width: parent.width
                figures: root.figures
                onNumbersRequested: numbersDialog.open()
                onKeptShown: root.close()
            }
        }
    }
    footerText: root.figures.notice
    buttons: [
        AppButton {
            id: printButton
            objectName: "printFigure"
            text: qsTr("Print")
            toolTip: qsTr("On a sheet of paper, as large as the file would be; without a print queue it is opened as PDF")
            enabled: root.figures.current >= 0
            onClicked: root.figures.print()
        },
        AppButton {
            objectName: "copyFigure"
            text: qsTr("Copy")
            toolTip: qsTr("To the clipboard, as picture, SVG and PDF")
            enabled: root.figures.current >= 0
            onClicked: root.figures.copy()
        },
        AppButton {
            text: qsTr("Close")
            onClicked: root.close()
        },
        AppButton {
            objectName: "saveFigure"
            primary: true
            text: qsTr("Save…")
            enabled: root.figures.current >= 0
            onClicked: saveDialog.open()
        }
    ]

    FileDialog {
        id: saveDialog
        title: qsTr("Save figure")
        fileMode: FileDialog.SaveFile
        currentFile: visible ? "" : currentFolder + "/" + root.figures.suggestedName(root.figures.ending())
        defaultSuffix: root.figures.ending()
        nameFilters: [qsTr("Figures (*.%1)").arg(root.figures.ending())]
        onAccepted: root.figures.save(selectedFile)
    }
    FileDialog {
        id: numbersDialog
        title: qsTr("Save numbers")
        fileMode: FileDialog.SaveFile
        nameFilters: [qsTr("Table (*.csv)"), qsTr("JSON (*.json)"), qsTr("LaTeX table, booktabs (*.tex)")]
        defaultSuffix: "csv"
        onAccepted: root.figures.saveNumbers(selectedFile)
    }
}
