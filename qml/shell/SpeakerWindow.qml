import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import QtQuick.Window
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// What the speaker sees and the room does not: notes, clock, time since the beginning, the next slide.
Window {
    id: root
    required property Story story
    required property Presentation presentation

    title: qsTr("Speaker – Palimpsest")
    width: 900
    height: 600
    color: Theme.background
    onClosing: presentation.speakerShown = false
    Component.onCompleted: presentation.watch(root)

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spacing16
        spacing: Theme.spacing12

        RowLayout {
            spacing: Theme.spacing24
            AppText {
                objectName: "speakerElapsed"
                text: root.presentation.elapsed
                font.pixelSize: Theme.textDisplay
                font.weight: Font.DemiBold
                Accessible.name: qsTr("%1 since the beginning").arg(text)
            }
            AppText {
                text: root.presentation.clock
                color: Theme.muted
                font.pixelSize: Theme.textDisplay
                Accessible.name: qsTr("It is %1").arg(text)
            }
            AppText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignRight
                text: root.presentation.blank ? qsTr("The screen is dark (B)") : root.presentation.exploring ? qsTr("In the view (Esc: back)") : ""
                color: Theme.danger
            }
            AppText {
                text: qsTr("%1 / %2").arg(root.presentation.row + 1).arg(root.story.count)
                font.pixelSize: Theme.textTitle
            }
        }
        AppText {
            Layout.fillWidth: true
            text: root.story.title
            textFormat: Text.PlainText
            font.pixelSize: Theme.textTitle
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
        }
        RowLayout {
            spacing: Theme.spacing16
            Flickable {
                id: page
                objectName: "speakerNotes"
                Layout.fillWidth: true
                Layout.fillHeight: true
                clip: true
                contentHeight: notes.implicitHeight
                boundsBehavior: Flickable.StopAtBounds
                ScrollBar.vertical: ScrollBar {}
                AppText {
                    id: notes
                    width: page.width - Theme.spacing12
                    text: root.story.notes || qsTr("No notes on this slide")
                    textFormat: Text.PlainText
                    color: root.story.notes ? Theme.text : Theme.muted
                    font.pixelSize: Theme.textTitle
                    lineHeight: 1.2
                    wrapMode: Text.Wrap
                }
            }
            Column {
                Layout.preferredWidth: root.width * 0.34
                Layout.alignment: Qt.AlignTop
                Repeater { // of the next row alone
                    model: root.story
                    delegate: Panel {
                        id: next
                        required property int index
                        required property string shownTitle
                        required property string picture
                        required property url iconSource
                        width: root.width * 0.34
                        implicitHeight: Math.round(width / 1.6) + 90 * Theme.scale
                        visible: index === root.presentation.row + 1
                        title: qsTr("Next")
                        SlidePicture {
                            id: nextPicture
                            width: parent.width
                            picture: next.picture
                            iconSource: next.iconSource
                        }
                        AppText {
                            anchors { top: nextPicture.bottom; left: parent.left; right: parent.right; topMargin: Theme.spacing8 }
                            text: next.shownTitle
                            textFormat: Text.PlainText
                            elide: Text.ElideRight
                        }
                    }
                }
            }
        }
        RowLayout {
            spacing: Theme.spacing8
            AppButton {
                text: qsTr("Previous")
                focusPolicy: Qt.NoFocus
                onClicked: root.presentation.step(-1)
            }
            AppButton {
                primary: true
                text: qsTr("Next")
                focusPolicy: Qt.NoFocus
                onClicked: root.presentation.step(1)
            }
            AppButton {
                text: root.presentation.blank ? qsTr("Show the screen (B)") : qsTr("Dark screen (B)")
                focusPolicy: Qt.NoFocus
                onClicked: root.presentation.setBlank(!root.presentation.blank)
            }
            Item { Layout.fillWidth: true }
            AppButton {
                text: qsTr("End the talk")
                focusPolicy: Qt.NoFocus
                onClicked: root.presentation.stop()
            }
        }
    }
}
