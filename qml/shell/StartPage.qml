import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// What one can begin with while nothing is open.
Item {
    id: root
    required property StudySession session
    required property StudyRunner runner
    required property RecentProjectsModel recent
    signal openRequested()
    signal newRequested()
    signal importRequested()

    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(560 * Theme.scale, parent.width - 2 * Theme.spacing24)
        spacing: Theme.spacing24

        RowLayout {
            spacing: Theme.spacing16
            Image {
                source: "qrc:/icons/palimpsest.svg"
                sourceSize: Qt.size(64 * Theme.scale, 64 * Theme.scale)
            }
            ColumnLayout {
                spacing: Theme.spacing4
                AppText {
                    text: "Palimpsest"
                    font.pixelSize: Theme.textDisplay
                    font.weight: Font.DemiBold
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }
                AppText {
                    Layout.fillWidth: true
                    text: qsTr("What fine-tuning writes over the latent space of a language model, layer by layer")
                    color: Theme.muted
                    wrapMode: Text.Wrap
                }
            }
        }
        RowLayout {
            spacing: Theme.spacing12
            AppButton {
                primary: true
                focus: true
                text: qsTr("New project…")
                onClicked: root.newRequested()
            }
            AppButton {
                text: qsTr("Open project…")
                onClicked: root.openRequested()
            }
            AppButton {
                text: qsTr("Import files…")
                toolTip: qsTr("Folders of ConceptX, LACOAT and TransformersConceptNet (Ctrl+I)")
                onClicked: root.importRequested()
            }
            AppButton {
                text: qsTr("Open the demo")
                enabled: !root.runner.running
                toolTip: qsTr("A real pair, MiniLM-L6 and its version fine-tuned for sentiment; made once, which takes minutes")
                onClicked: root.runner.runDemo()
            }
        }
        ColumnLayout {
            visible: root.recent.count > 0
            spacing: Theme.spacing4
            AppText {
                text: qsTr("Recent projects")
                color: Theme.muted
            }
            Column {
                id: projects
                Layout.fillWidth: true
                spacing: Theme.spacing4
                Repeater {
                    model: root.recent
                    AppButton {
                        id: entry
                        required property string name
                        required property string path
                        required property string folder
                        width: projects.width
                        flat: true
                        Accessible.name: qsTr("Open %1").arg(name)
                        contentItem: RowLayout {
                            spacing: Theme.spacing12
                            AppText {
                                text: entry.name
                                color: Theme.accent
                            }
                            AppText {
                                Layout.fillWidth: true
                                text: entry.folder
                                color: Theme.muted
                                elide: Text.ElideMiddle
                            }
                        }
                        onClicked: root.session.openProject(path)
                    }
                }
            }
        }
        AppText {
            Layout.fillWidth: true
            text: qsTr("A project file, or the folder of a checkpoint for a new project, may also be dropped on this window.")
            color: Theme.muted
            wrapMode: Text.Wrap
        }
    }
}
