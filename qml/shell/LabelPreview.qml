import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// What a label set would be: first lines of its file, what is wrong with it, and its most frequent labels.
Rectangle {
    id: root
    required property LabelForm form

    implicitHeight: column.implicitHeight + 2 * Theme.spacing12
    radius: Theme.radius
    color: form.problem ? Theme.dangerSoft : Theme.background
    border.color: form.problem ? Theme.danger : Theme.border

    ColumnLayout {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.spacing12 }
        spacing: Theme.spacing8

        AppText {
            objectName: "labelSummary"
            Layout.fillWidth: true
            text: root.form.checking ? qsTr("Trying it on this project…") : root.form.problem || root.form.summary || root.form.notice
            color: root.form.problem && !root.form.checking ? Theme.danger : Theme.text
            wrapMode: Text.Wrap
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        AppText {
            Layout.fillWidth: true
            visible: text
            text: root.form.fileStart
            font.family: "monospace"
            font.pixelSize: Theme.textSmall
            color: Theme.muted
            elide: Text.ElideRight
            Accessible.name: qsTr("First lines of the file")
        }
        LabelShares {
            Layout.fillWidth: true
            Layout.preferredHeight: contentHeight
            visible: count > 0
            interactive: false
            model: root.form.frequent
            note: qsTr("Most frequent labels, share of all words")
        }
    }
}
