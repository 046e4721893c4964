import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The window: bars around the views. All that it shows is owned by C++ and comes in through its properties.
ApplicationWindow {
    id: root
    required property StudySession session
    required property Selection selection
    required property Annotations annotations
    required property JobController jobs
    required property WordMask mask
    required property StudyRunner runner
    required property AppSettings settings
    required property RecentProjectsModel recent
    required property NewProjectModel newProject
    required property LabelSession labels
    required property LabelForm labelForm
    required property ExchangeForm exchange
    property alias currentView: navigatorObject.view
    property alias navigator: navigatorObject
    property alias paletteOpen: palette.visible
    property alias searchOpen: searchDialog.visible
    property alias annotationsOpen: annotationsDialog.visible
    property alias menuOpen: topBar.menuOpen
    property alias searchText: searchModel.text
    property alias newProjectOpen: newProjectDialog.visible
    property alias helpOpen: helpDialog.visible
    property alias labelsPage: views.labelsPage
    property alias addLabelsOpen: addLabelsDialog.visible
    property alias importOpen: importFilesDialog.visible
    property alias exportOpen: exportFilesDialog.visible

    width: settings.windowSize.width
    height: settings.windowSize.height
    minimumWidth: 800
    minimumHeight: 560
    visible: true
    title: session.open ? session.projectName + " – Palimpsest" : "Palimpsest"
    color: Theme.background
    onClosing: {
        settings.keepWindowSize(width, height);
        settings.keepView(navigatorObject.viewId);
    }
    Component.onCompleted: navigatorObject.showView(settings.view)

    Binding { target: Theme; property: "dark"; value: root.settings.dark }
    Binding { target: Theme; property: "scale"; value: root.settings.scale }

    Navigator {
        id: navigatorObject
        session: root.session
        selection: root.selection
    }
    Actions {
        id: actions
        session: root.session
        selection: root.selection
        annotations: root.annotations
        navigator: navigatorObject
        settings: root.settings
        mask: root.mask
        onCheckpointDropped: folder => {
            root.newProject.takeCheckpoint(folder);
            newProjectDialog.open();
        }
        onNewProjectRequested: newProjectDialog.open()
        onOpenProjectRequested: openDialog.open()
        onImportRequested: annotationFiles.chooseImport()
        onExportRequested: annotationFiles.chooseExport()
        onAddLabelsRequested: addLabelsDialog.openFor(-1)
        onFilesImportRequested: importFilesDialog.open()
        onFilesExportRequested: exportFilesDialog.open()
        onAnnotationsRequested: annotationsDialog.open()
        onSearchRequested: searchDialog.open()
        onPaletteRequested: palette.open()
        onHelpRequested: helpDialog.open()
        onQuitRequested: root.close()
        onNextUnnamedRequested: views.browser.goToNextUnnamed()
        onRenameRequested: {
            navigatorObject.showView("concepts");
            views.browser.requestRename();
        }
    }
    Instantiator {
        model: ActionListModel { actions: actions }
        delegate: Shortcut {
            required property string actionId
            required property list<string> keySequences
            required property bool possible
            enabled: possible && keySequences.length > 0
            sequences: keySequences
            onActivated: actions.trigger(actionId)
        }
    }

    FocusScope { // arrow keys that no control wants go through the layers
        anchors.fill: parent
        focus: true
        Keys.onLeftPressed: root.session.stepLayer(-1)
        Keys.onRightPressed: root.session.stepLayer(1)

        ColumnLayout {
            anchors.fill: parent
            spacing: 0

            TopBar {
                id: topBar
                Layout.fillWidth: true
                session: root.session
                selection: root.selection
                settings: root.settings
                actions: actions
                navigator: navigatorObject
            }
            Notices {
                Layout.fillWidth: true
                Layout.fillHeight: false // a layout would share the height with the views
                jobs: root.jobs
                annotations: root.annotations
                runner: root.runner
                labelForm: root.labelForm
                exchange: root.exchange
            }
            RowLayout {
                spacing: 0
                ViewRail {
                    Layout.fillHeight: true
                    visible: root.session.open
                    currentIndex: root.currentView
                    onActivated: index => root.currentView = index
                }
                ViewStack {
                    id: views
                    objectName: "views"
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    visible: root.session.open
                    session: root.session
                    selection: root.selection
                    annotations: root.annotations
                    jobs: root.jobs
                    navigator: navigatorObject
                    labels: root.labels
                    labelForm: root.labelForm
                    currentIndex: root.currentView
                    onConceptRequested: navigatorObject.showView("concepts")
                    onLabelsRequested: set => addLabelsDialog.openFor(set)
                    onImportRequested: importFilesDialog.open()
                    onExportRequested: exportFilesDialog.open()
                }
                StartPage {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    visible: !root.session.open
                    session: root.session
                    runner: root.runner
                    recent: root.recent
                    onOpenRequested: openDialog.open()
                    onNewRequested: newProjectDialog.open()
                    onImportRequested: importFilesDialog.open()
                }
            }
            LayerStrip {
                Layout.fillWidth: true
                visible: root.session.open
                session: root.session
            }
            StatusBar {
                Layout.fillWidth: true
                session: root.session
                jobs: root.jobs
            }
        }
        DropArea {
            anchors.fill: parent
            keys: ["text/uri-list"]
            onDropped: drop => actions.openDropped(drop.urls[0])
        }
        TapHandler { // the thumb's buttons of a mouse
            acceptedButtons: Qt.BackButton | Qt.ForwardButton
            onTapped: (point, button) => actions.trigger(button === Qt.BackButton ? "go.back" : "go.forward")
        }
    }

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
    HelpDialog {
        id: helpDialog
        actions: actions
    }
    CommandPalette {
        id: palette
        objectName: "palette"
        actions: actions
    }
    SearchDialog {
        id: searchDialog
        objectName: "searchDialog"
        model: SearchModel {
            id: searchModel
            session: root.session
            jobs: root.jobs
            annotations: root.annotations
        }
        onConceptChosen: (layer, side, conceptId) => navigatorObject.showConcept(layer, side, conceptId, "concepts")
        onWordChosen: word => {
            views.words.word = word;
            navigatorObject.showView("words");
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
}
