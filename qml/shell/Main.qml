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
    // What stands in the window needs about 760 × 480 at scale 1: larger type than it holds would cut controls off.
    readonly property real typeRoom: Math.max(1, Math.floor(Math.min(width / 760, height / 480) * 20) / 20)
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

    // A turn of the event loop after `open`: the first view is made then, and not together with all that follows opening.
    property bool viewsShown: false
    Connections {
        target: root.session
        function onResultsChanged() { Qt.callLater(() => root.viewsShown = root.session.open); }
    }

    Binding { target: Theme; property: "dark"; value: root.settings.dark }
    Binding { target: Theme; property: "scale"; value: Math.min(root.settings.scale * talk.typeScale, root.typeRoom) }
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
            dialogs.newProjectOpen = true;
        }
        onNewProjectRequested: dialogs.newProjectOpen = true
        onOpenProjectRequested: dialogs.open.open()
        onImportRequested: dialogs.files.chooseImport()
        onExportRequested: dialogs.files.chooseExport()
        onAddLabelsRequested: dialogs.addLabels.dialog().openFor(-1)
        onFilesImportRequested: dialogs.importOpen = true
        onFilesExportRequested: dialogs.exportOpen = true
        onFigureExportRequested: dialogs.figureExportOpen = true
        onFigurePrintRequested: dialogs.exportFigure.dialog().openToPrint()
        onAnnotationsRequested: dialogs.annotationsOpen = true
        onSearchRequested: dialogs.searchOpen = true
        onPaletteRequested: dialogs.paletteOpen = true
        onHelpRequested: dialogs.helpOpen = true
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
                    visible: root.viewsShown
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
                    onLabelsRequested: set => dialogs.addLabels.dialog().openFor(set)
                    onImportRequested: dialogs.importOpen = true
                    onExportRequested: dialogs.exportOpen = true
                }
                StartPage {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    visible: !root.session.open
                    session: root.session
                    runner: root.runner
                    recent: root.recent
                    onOpenRequested: dialogs.open.open()
                    onNewRequested: dialogs.newProjectOpen = true
                    onImportRequested: dialogs.importOpen = true
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
        windowShown: root.active
    }
}
