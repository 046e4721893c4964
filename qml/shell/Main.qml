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
    required property JobController jobs
    required property StudyRunner runner
    required property AppSettings settings
    required property RecentProjectsModel recent
    required property NewProjectModel newProject
    property int currentView: 0
    property alias newProjectOpen: newProjectDialog.visible
    property alias helpOpen: helpDialog.visible

    width: settings.windowSize.width
    height: settings.windowSize.height
    minimumWidth: 800
    minimumHeight: 560
    visible: true
    title: session.open ? session.projectName + " – Palimpsest" : "Palimpsest"
    color: Theme.background
    onClosing: settings.keepWindowSize(width, height)

    Binding { target: Theme; property: "dark"; value: root.settings.dark }
    Binding { target: Theme; property: "scale"; value: root.settings.scale }

    Shortcut { sequences: [StandardKey.Open]; onActivated: openDialog.open() }
    Shortcut { sequences: [StandardKey.New]; onActivated: newProjectDialog.open() }
    Shortcut { sequence: "Ctrl+Q"; onActivated: root.close() }
    Shortcut { sequences: [StandardKey.HelpContents]; onActivated: helpDialog.open() }
    Shortcut { sequences: [StandardKey.ZoomIn, "Ctrl+="]; onActivated: root.settings.stepScale(1) }
    Shortcut { sequences: [StandardKey.ZoomOut]; onActivated: root.settings.stepScale(-1) }
    Shortcut { sequence: "Ctrl+0"; onActivated: root.settings.resetScale() }
    Shortcut { sequence: "Ctrl+1"; onActivated: root.currentView = 0 }
    Shortcut { sequence: "Ctrl+2"; onActivated: root.currentView = 1 }
    Shortcut { sequence: "Ctrl+3"; onActivated: root.currentView = 2 }
    Shortcut { sequence: "Ctrl+4"; onActivated: root.currentView = 3 }
    Shortcut { sequence: "Ctrl+5"; onActivated: root.currentView = 4 }

    FocusScope { // arrow keys that no control wants go through the layers
        anchors.fill: parent
        focus: true
        Keys.onLeftPressed: root.session.stepLayer(-1)
        Keys.onRightPressed: root.session.stepLayer(1)

        ColumnLayout {
            anchors.fill: parent
            spacing: 0

            TopBar {
                Layout.fillWidth: true
                session: root.session
                selection: root.selection
                settings: root.settings
                onOpenRequested: openDialog.open()
                onNewRequested: newProjectDialog.open()
                onHelpRequested: helpDialog.open()
            }
            Banner {
                Layout.fillWidth: true
                text: root.jobs.error
                danger: true
                onDismissed: root.jobs.clearError()
            }
            Banner {
                Layout.fillWidth: true
                text: root.runner.resumableText
                actionText: qsTr("Resume")
                onTriggered: root.runner.resume()
                onDismissed: root.runner.dismissResume()
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
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    visible: root.session.open
                    session: root.session
                    selection: root.selection
                    currentIndex: root.currentView
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
            onDropped: drop => root.session.openProject(drop.urls[0])
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
    HelpDialog {
        id: helpDialog
    }
}
