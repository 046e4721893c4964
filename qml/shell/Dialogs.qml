import QtQuick
import QtQuick.Dialogs
import Palimpsest.Models

// Everything that opens over the window. Each is made once, and keeps what was typed.
Item {
    id: root
    required property StudySession session
    required property JobController jobs
    required property Annotations annotations
    required property Story story
    required property Publisher publisher
    required property StudyRunner runner
    required property NewProjectModel newProject
    required property LabelForm labelForm
    required property ExchangeForm exchange
    required property FigureExport figures
    required property Actions actions
    required property Navigator navigator
    required property ViewStack views
    property bool windowShown: false
    readonly property alias open: openDialog
    readonly property alias addLabels: addLabelsDialog
    readonly property alias exportFigure: exportFigureDialog
    readonly property alias files: annotationFiles
    readonly property alias storyFiles: storyTools
    property alias paletteOpen: commandPalette.shown
    property alias searchOpen: searchDialog.shown
    property alias annotationsOpen: annotationsDialog.shown
    property alias newProjectOpen: newProjectDialog.shown
    property alias helpOpen: helpDialog.shown
    property alias addLabelsOpen: addLabelsDialog.shown
    property alias importOpen: importFilesDialog.shown
    property alias exportOpen: exportFilesDialog.shown
    property alias figureExportOpen: exportFigureDialog.shown
    property alias searchText: searchModel.text

    Timer { // one after the other, once the window is there
        readonly property list<LateDialog> late: [searchDialog, commandPalette, exportFigureDialog, newProjectDialog,
            addLabelsDialog, annotationsDialog, helpDialog, importFilesDialog, exportFilesDialog]
        property int next: 0
        running: root.windowShown && next < late.length
        repeat: true
        interval: 300
        onTriggered: late[next++].active = true
    }
    FileDialog {
        id: openDialog
        title: qsTr("Open project")
        nameFilters: [qsTr("Palimpsest projects (*.palimpsest)"), qsTr("All files (*)")]
        onAccepted: root.session.openProject(selectedFile)
    }
    LateDialog {
        id: newProjectDialog
        sourceComponent: NewProjectDialog {
            form: root.newProject
            runner: root.runner
        }
    }
    LateDialog {
        id: addLabelsDialog
        sourceComponent: AddLabelsDialog {
            form: root.labelForm
        }
    }
    LateDialog {
        id: importFilesDialog
        sourceComponent: ImportDialog {
            form: root.exchange
        }
    }
    LateDialog {
        id: exportFilesDialog
        sourceComponent: ExportDialog {
            form: root.exchange
        }
    }
    LateDialog {
        id: exportFigureDialog
        sourceComponent: ExportFigureDialog {
            figures: root.figures
            inStory: root.actions.navigator?.viewId === "story"
            onStoryPdfRequested: root.actions.trigger("story.pdf")
        }
    }
    LateDialog {
        id: helpDialog
        sourceComponent: HelpDialog {
            actions: root.actions
        }
    }
    LateDialog {
        id: commandPalette
        sourceComponent: CommandPalette {
            objectName: "palette"
            actions: root.actions
        }
    }
    SearchModel {
        id: searchModel
        active: searchDialog.shown
        session: root.session
        jobs: root.jobs
        annotations: root.annotations
    }
    LateDialog {
        id: searchDialog
        sourceComponent: SearchDialog {
            objectName: "searchDialog"
            model: searchModel
            onConceptChosen: (layer, side, conceptId) => root.navigator.showConcept(layer, side, conceptId, "concepts")
            onWordChosen: word => {
                root.views.words.word = word;
                root.navigator.showView("words");
            }
        }
    }
    LateDialog {
        id: annotationsDialog
        sourceComponent: AnnotationsDialog {
            annotations: root.annotations
            onImportRequested: annotationFiles.chooseImport()
            onExportRequested: annotationFiles.chooseExport()
        }
    }
    AnnotationFiles {
        id: annotationFiles
        annotations: root.annotations
    }
    StoryTools {
        id: storyTools
        story: root.story
        publisher: root.publisher
    }
}
