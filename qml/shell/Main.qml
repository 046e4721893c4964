import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The window: bars around the views. All that it shows is owned by C++ and comes in through its properties.
ApplicationWindow {
    id: root
    required property StudySession session
    required property Selection selection
    required property Annotations annotations
    required property Story story
    required property Publisher publisher
    required property JobController jobs
    required property WordMask mask
    required property StudyRunner runner
    required property AppSettings settings
    required property RecentProjectsModel recent
    required property NewProjectModel newProject
    required property LabelSession labels
    required property LabelForm labelForm
    required property ExchangeForm exchange
    required property FigureExport figures
    property alias currentView: navigatorObject.view
    property alias navigator: navigatorObject
    property alias paletteOpen: dialogs.paletteOpen
    property alias searchOpen: dialogs.searchOpen
    property alias annotationsOpen: dialogs.annotationsOpen
    property alias newProjectOpen: dialogs.newProjectOpen
    property alias helpOpen: dialogs.helpOpen
    property alias addLabelsOpen: dialogs.addLabelsOpen
    property alias importOpen: dialogs.importOpen
    property alias exportOpen: dialogs.exportOpen
    property alias figureExportOpen: dialogs.figureExportOpen
    property alias searchText: dialogs.searchText
    property alias menuOpen: topBar.menuOpen
    property alias labelsPage: views.labelsPage
    property alias taskPart: views.taskPart

    width: settings.windowSize.width
    height: settings.windowSize.height
    minimumWidth: 800
    minimumHeight: 560
    visible: true
    property bool presentationStage: true // clicks in it go into the view behind a slide
    title: session.open ? session.projectName + " – Palimpsest" : "Palimpsest"
    color: Theme.background
    font.pixelSize: Theme.textBody // of tool tips, which have no other place for it
    palette { toolTipBase: Theme.surface; toolTipText: Theme.text }
    onClosing: {
        settings.keepWindowSize(width, height);
        settings.keepView(navigatorObject.viewId);
    }
    Component.onCompleted: navigatorObject.showView(settings.view)

    Binding { target: Theme; property: "dark"; value: root.settings.dark }
    Binding { target: Theme; property: "scale"; value: root.settings.scale * talk.typeScale }
    Binding { target: root.story; property: "navigator"; value: navigatorObject }
    Binding { target: Theme; property: "settings"; value: root.settings }

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
        story: root.story
        navigator: navigatorObject
        settings: root.settings
        mask: root.mask
        onCheckpointDropped: folder => {
            root.newProject.takeCheckpoint(folder);
            dialogs.newProjectForm.open();
        }
        onNewProjectRequested: dialogs.newProjectForm.open()
        onOpenProjectRequested: dialogs.open.open()
        onImportRequested: dialogs.files.chooseImport()
        onExportRequested: dialogs.files.chooseExport()
        onAddLabelsRequested: dialogs.addLabels.openFor(-1)
        onFilesImportRequested: dialogs.importFiles.open()
        onFilesExportRequested: dialogs.exportFiles.open()
        onFigureExportRequested: dialogs.exportFigure.open()
        onFigurePrintRequested: dialogs.exportFigure.openToPrint()
        onAnnotationsRequested: dialogs.annotators.open()
        onSearchRequested: dialogs.search.open()
        onPaletteRequested: dialogs.palette.open()
        onHelpRequested: dialogs.help.open()
        onQuitRequested: root.close()
        onPinRequested: again => dialogs.storyFiles.pin(views, again)
        onPresentRequested: row => talk.presentation.start(row)
        onStoryPageRequested: dialogs.storyFiles.choosePage()
        onStoryPdfRequested: dialogs.storyFiles.choosePdf()
        onReportRequested: dialogs.storyFiles.chooseReport()
        onNextUnnamedRequested: views.browser.goToNextUnnamed()
        onRenameRequested: {
            navigatorObject.showView("concepts");
            views.browser.requestRename();
        }
    }
    ActionShortcuts { actions: actions }

    FocusScope { // arrow keys that no control wants go through the layers
        anchors.fill: parent
        focus: true
        Keys.onLeftPressed: root.session.stepLayer(-1)
        Keys.onRightPressed: root.session.stepLayer(1)

        ColumnLayout {
            id: stage
            anchors.fill: parent
            spacing: 0

            TopBar {
                id: topBar
                Layout.fillWidth: true
                visible: !talk.active
                session: root.session
                selection: root.selection
                settings: root.settings
                actions: actions
                navigator: navigatorObject
            }
            Notices {
                visible: !talk.active
                Layout.fillWidth: true
                Layout.fillHeight: false // a layout would share the height with the views
                jobs: root.jobs
                annotations: root.annotations
                story: root.story
                publisher: root.publisher
                runner: root.runner
                labelForm: root.labelForm
                exchange: root.exchange
            }
            SlideTitle {
                Layout.fillWidth: true
                visible: talk.active
                story: root.story
            }
            RowLayout {
                spacing: 0
                ViewRail {
                    Layout.fillHeight: true
                    visible: root.session.open && !talk.active
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
                    story: root.story
                    jobs: root.jobs
                    navigator: navigatorObject
                    labels: root.labels
                    labelForm: root.labelForm
                    currentIndex: root.currentView
                    onActionRequested: action => actions.trigger(action)
                    onPresentRequested: row => talk.presentation.start(row)
                    onConceptRequested: navigatorObject.showView("concepts")
                    onLabelsRequested: set => dialogs.addLabels.openFor(set)
                    onImportRequested: dialogs.importFiles.open()
                    onExportRequested: dialogs.exportFiles.open()
                }
                StartPage {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    visible: !root.session.open
                    session: root.session
                    runner: root.runner
                    recent: root.recent
                    onOpenRequested: dialogs.open.open()
                    onNewRequested: dialogs.newProjectForm.open()
                    onImportRequested: dialogs.importFiles.open()
                }
            }
            SlideFooter {
                Layout.fillWidth: true
                visible: talk.active
                story: root.story
                presentation: talk.presentation
            }
            LayerStrip {
                Layout.fillWidth: true
                visible: root.session.open && !talk.active
                session: root.session
            }
            StatusBar {
                Layout.fillWidth: true
                visible: !talk.active
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
        Talk {
            id: talk
            anchors.fill: parent
            story: root.story
            session: root.session
            window: root
            stage: stage
            live: views
        }
    }
    Dialogs {
        id: dialogs
        session: root.session
        jobs: root.jobs
        annotations: root.annotations
        story: root.story
        publisher: root.publisher
        runner: root.runner
        newProject: root.newProject
        labelForm: root.labelForm
        exchange: root.exchange
        figures: root.figures
        actions: actions
        navigator: navigatorObject
        views: views
    }
}
