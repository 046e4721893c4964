import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// All jobs of this sitting with progress, outcome and what they left out.
StatusPanel {
    id: root
    required property JobController jobs

    title: qsTr("Jobs")
    actions: AppButton {
        flat: true
        text: qsTr("Remove ended")
        onClicked: root.jobs.list.removeEnded()
    }
    ListView {
        id: list
        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(contentHeight, 360 * Theme.scale)
        clip: true
        spacing: Theme.spacing12
        model: root.jobs.list
        reuseItems: true
        ScrollBar.vertical: ScrollBar {}
        delegate: ColumnLayout {
            id: row
            required property int jobId
            required property string title
            required property double fraction
            required property string stateText
            required property string message
            required property string timeLeftText
            required property bool active
            required property string warnings
            width: ListView.view.width
            spacing: Theme.spacing4
            RowLayout {
                AppText {
                    Layout.fillWidth: true
                    text: row.title
                    elide: Text.ElideRight
                }
                AppText {
                    text: row.active && row.timeLeftText ? row.timeLeftText : row.stateText
                    color: Theme.muted
                    font.pixelSize: Theme.textSmall
                }
                AppButton {
                    visible: row.active
                    flat: true
                    implicitHeight: Theme.controlHeight - 6
                    icon.source: "qrc:/icons/close.svg"
                    toolTip: qsTr("Cancel; what is finished is kept")
                    onClicked: root.jobs.cancel(row.jobId)
                }
            }
            ProgressLine {
                Layout.fillWidth: true
                visible: row.active
                fraction: row.fraction
            }
            AppText {
                Layout.fillWidth: true
                visible: text
                text: row.message
                color: Theme.muted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.Wrap
            }
            AppText {
                Layout.fillWidth: true
                visible: text
                text: row.warnings
                font.pixelSize: Theme.textSmall
                wrapMode: Text.Wrap
            }
        }
    }
}
