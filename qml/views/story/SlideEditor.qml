import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// The current slide: its picture, and the texts that go with it.
Flickable {
    id: root
    required property Story story
    required property int index
    required property string title
    required property string caption
    required property string notes
    required property string placeText
    required property string picture
    required property url iconSource
    required property bool outdated
    signal presentRequested(int row)

    clip: true
    contentHeight: sheet.implicitHeight
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar {}

    component Caption: AppText {
        color: Theme.muted
        font.pixelSize: Theme.textSmall
    }

    ColumnLayout {
        id: sheet
        width: root.width - Theme.spacing12
        spacing: Theme.spacing8

        RowLayout {
            spacing: Theme.spacing16
            SlidePicture {
                Layout.preferredWidth: Math.min(sheet.width * 0.45, 260 * Theme.scale)
                Layout.preferredHeight: Layout.preferredWidth / 1.6
                picture: root.picture
                iconSource: root.iconSource
                hint: root.story.masked ? qsTr("No picture while words are masked; go there and press Ctrl+Shift+D") : ""
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.spacing8
                AppText {
                    Layout.fillWidth: true
                    text: root.outdated ? qsTr("%1. The layer was computed anew since: no concept is selected.").arg(root.placeText) : root.placeText
                    color: root.outdated ? Theme.danger : Theme.muted
                    wrapMode: Text.Wrap
                }
                Flow {
                    Layout.fillWidth: true
                    spacing: Theme.spacing8
                    AppButton {
                        objectName: "goThere"
                        text: qsTr("Go there")
                        toolTip: qsTr("Show this place in its view (Return)")
                        onClicked: root.story.go(root.index)
                    }
                    AppButton {
                        text: qsTr("Present from here")
                        toolTip: qsTr("Begin the talk with this slide (Shift+F5)")
                        onClicked: root.presentRequested(root.index)
                    }
                    AppButton {
                        text: qsTr("Move up")
                        enabled: root.index > 0
                        toolTip: qsTr("Ctrl+Up in the list")
                        onClicked: root.story.move(root.index, root.index - 1)
                    }
                    AppButton {
                        text: qsTr("Move down")
                        enabled: root.index < root.story.count - 1
                        toolTip: qsTr("Ctrl+Down in the list")
                        onClicked: root.story.move(root.index, root.index + 1)
                    }
                    AppButton {
                        objectName: "removeSlide"
                        text: qsTr("Remove")
                        toolTip: qsTr("Delete in the list; can be undone")
                        onClicked: root.story.remove(root.index)
                    }
                }
            }
        }
        AppText {
            Layout.fillWidth: true
            visible: root.story.masked
            text: qsTr("Offensive words are masked; show them (Ctrl+Shift+M) to change texts")
            color: Theme.muted
            wrapMode: Text.Wrap
        }
        Caption { text: qsTr("Title") }
        AppTextField {
            objectName: "slideTitle"
            Layout.fillWidth: true
            label: qsTr("Title of the slide")
            text: root.title
            readOnly: root.story.masked
            maximumLength: 250
            onEditingFinished: root.story.setTitle(root.index, text)
        }
        Caption { text: qsTr("Caption, shown below the view and in exported files") }
        AppTextArea {
            objectName: "slideCaption"
            Layout.fillWidth: true
            Layout.minimumHeight: 70 * Theme.scale
            label: qsTr("Caption of the slide")
            value: root.caption
            readOnly: root.story.masked
            onEdited: text => root.story.setCaption(root.index, text)
        }
        Caption { text: qsTr("Notes, shown to the speaker only") }
        AppTextArea {
            objectName: "slideNotes"
            Layout.fillWidth: true
            Layout.minimumHeight: 110 * Theme.scale
            label: qsTr("Notes of the slide")
            value: root.notes
            readOnly: root.story.masked
            onEdited: text => root.story.setNotes(root.index, text)
        }
    }
}
