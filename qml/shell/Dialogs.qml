import QtQuick
import QtQuick.Dialogs
import Palimpsest.Models

// Everything that opens over the window. Made with it, so that each keeps what was typed.
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
    readonly property alias open: openDialog
    readonly property alias newProjectForm: newProjectDialog
    readonly property alias addLabels: addLabelsDialog
    readonly property alias importFiles: importFilesDialog
    readonly property alias exportFiles: exportFilesDialog
    readonly property alias exportFigure: exportFigureDialog
    readonly property alias help: helpDialog
    readonly property alias palette: commandPalette
    readonly property alias search: searchDialog
    readonly property alias annotators: annotationsDialog
    readonly property alias files: annotationFiles
    readonly property alias storyFiles: storyTools
    property alias paletteOpen: commandPalette.visible
    property alias searchOpen: searchDialog.visible
    property alias annotationsOpen: annotationsDialog.visible
    property alias newProjectOpen: newProjectDialog.visible
    property alias helpOpen: helpDialog.visible
    property alias addLabelsOpen: addLabelsDialog.visible
    property alias importOpen: importFilesDialog.visible
    property alias exportOpen: exportFilesDialog.visible
    property alias figureExportOpen: exportFigureDialog.visible
    property alias searchText: searchModel.text

    FileDialog {
        id: openDialog
        title: qsTr("Open project")
        nameFilters: [qsTr("Palimpsest projects (*.palimpsest)"), qsTr("All files (*)")]
        onAccepted: root.session.openProject(selectedFile)
    }
    NewProjectDialog {
        id: newProjectDialog
        form: root.newProject
        runner: root.runner
    }
    AddLabelsDialog {
        id: addLabelsDialog
        form: root.labelForm
    }
    ImportDialog {
        id: importFilesDialog
        form: root.exchange
    }
    ExportDialog {
        id: exportFilesDialog
        form: root.exchange
    }
    ExportFigureDialog {
        id: exportFigureDialog
        figures: root.figures
        inStory: root.actions.navigator?.viewId === "story"
        onStoryPdfRequested: root.actions.trigger("story.pdf")
    }
    HelpDialog {
        id: helpDialog
        actions: root.actions
    }
    CommandPalette {
        id: commandPalette
        objectName: "palette"
        actions: root.actions
    }
    SearchDialog {
        id: searchDialog
        objectName: "searchDialog"
        model: SearchModel {
            id: searchModel
            active: searchDialog.visible
            session: root.session
            jobs: root.jobs
            annotations: root.annotations
        }
        onConceptChosen: (layer, side, conceptId) => root.navigator.showConcept(layer, side, conceptId, "concepts")
        onWordChosen: word => {
            root.views.words.word = word;
            root.navigator.showView("words");
        }
    }
    AnnotationsDialog {
        id: annotationsDialog
        annotations: root.annotations
        onImportRequested: annotationFiles.chooseImport()
        onExportRequested: annotationFiles.chooseExport()
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
