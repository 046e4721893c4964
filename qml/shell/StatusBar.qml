import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// What is being computed, how far it is, and how to stop it; else what the project holds.
Rectangle {
    id: root
    required property StudySession session
    required property JobController jobs

    implicitHeight: Theme.controlHeight + Theme.spacing4
    color: Theme.surface

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.border
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.spacing16
        anchors.rightMargin: Theme.spacing8
        spacing: Theme.spacing12

        AppText {
            Layout.fillWidth: true
            color: Theme.muted
            font.pixelSize: Theme.textSmall
            elide: Text.ElideRight
            text: root.jobs.busy ? root.jobs.statusText
                : root.session.opening ? qsTr("Opening…")
                : root.session.comparing || root.session.summarizing ? qsTr("Comparing the models…")
                : root.session.open ? qsTr("%1 sentences · %2 word occurrences · %3 layers")
                    .arg(root.session.sentenceCount.toLocaleString(Qt.locale("en_US"), "f", 0))
                    .arg(root.session.occurrenceCount.toLocaleString(Qt.locale("en_US"), "f", 0))
                    .arg(root.session.layers.length)
                : qsTr("Ready")
        }
        ProgressLine {
            visible: root.jobs.busy
            Layout.preferredWidth: 160 * Theme.scale
            fraction: root.jobs.statusFraction
        }
        AppButton {
            visible: root.jobs.busy
            flat: true
            implicitHeight: Theme.controlHeight - 4
            text: qsTr("Cancel")
            onClicked: root.jobs.cancel(root.jobs.statusJob)
        }
        AppButton {
            readonly property int count: root.session.warnings.length
            visible: count > 0
            flat: true
            implicitHeight: Theme.controlHeight - 4
            icon.source: "qrc:/icons/warning.svg"
            text: count === 1 ? qsTr("1 note") : qsTr("%1 notes").arg(count)
            font.pixelSize: Theme.textSmall
            toolTip: qsTr("What the run left out or changed")
            checked: notesPanel.opened
            onClicked: notesPanel.opened ? notesPanel.close() : notesPanel.open()
        }
        AppButton {
            id: jobsButton
            visible: root.jobs.list.count > 0
            flat: true
            implicitHeight: Theme.controlHeight - 4
            icon.source: "qrc:/icons/jobs.svg"
            text: qsTr("Jobs")
            checked: jobsPanel.opened
            onClicked: jobsPanel.opened ? jobsPanel.close() : jobsPanel.open()
        }
    }
    NotesPanel {
        id: notesPanel
        objectName: "notesPanel"
        x: root.width - width - Theme.spacing8
        y: -height - Theme.spacing8
        session: root.session
    }
    JobsPanel {
        id: jobsPanel
        objectName: "jobsPanel"
        x: root.width - width - Theme.spacing8
        y: -height - Theme.spacing8
        jobs: root.jobs
    }
}
