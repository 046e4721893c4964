import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Below the view while presenting: the caption, which slide it is, and the way back into the talk.
Rectangle {
    id: root
    required property Story story
    required property Presentation presentation

    implicitHeight: row.implicitHeight + 2 * Theme.spacing12
    color: Theme.background

    RowLayout {
        id: row
        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter }
        anchors.leftMargin: Theme.spacing12
        anchors.rightMargin: Theme.spacing12
        spacing: Theme.spacing24
        AppText {
            objectName: "slideCaptionShown"
            Layout.fillWidth: true
            text: root.story.caption
            textFormat: Text.PlainText
            font.pixelSize: Theme.textTitle
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
        }
        AppButton {
            objectName: "backToSlide"
            visible: root.presentation.exploring
            primary: true
            focusPolicy: Qt.NoFocus
            text: qsTr("Back to the slide (Esc)")
            onClicked: root.presentation.backToSlide()
        }
        AppText {
            objectName: "slideNumber"
            text: qsTr("%1 / %2").arg(root.presentation.row + 1).arg(root.story.count)
            color: Theme.muted
            font.pixelSize: Theme.textLarge
        }
    }
}
