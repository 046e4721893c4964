import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// Saved places with what is said there, in order: to be edited, presented, exported.
FocusScope {
    id: root
    required property Story story
    signal presentRequested(int row)
    signal pageRequested() // export as a web page
    signal pdfRequested()

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spacing12
        spacing: Theme.spacing12
        visible: root.story.count > 0

        HelpLine {
            Layout.fillWidth: true
            text: qsTr("A slide is a saved place: a view with its layer, K, θ, selected concept and options. Pin the present view from anywhere with Ctrl+D. While presenting, the view behind a slide is live: click into it, Escape brings the slide back.")
        }
        RowLayout {
            spacing: Theme.spacing8
            AppButton {
                objectName: "present"
                primary: true
                text: qsTr("Present")
                icon.source: "qrc:/icons/play.svg"
                toolTip: qsTr("Full screen, from the first slide (F5)")
                onClicked: root.presentRequested(0)
            }
            AppButton {
                text: qsTr("Web page…")
                toolTip: qsTr("One file that opens in any browser, without a network")
                onClicked: root.pageRequested()
            }
            AppButton {
                text: qsTr("PDF slides…")
                toolTip: qsTr("One page a slide, figures as vectors")
                onClicked: root.pdfRequested()
            }
            AppText {
                Layout.fillWidth: true
                horizontalAlignment: Text.AlignRight
                text: root.story.count === 1 ? qsTr("1 slide") : qsTr("%1 slides").arg(root.story.count)
                color: Theme.muted
            }
        }
        AppSplit {
            keptAs: "story"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Panel {
                SplitView.preferredWidth: root.width * 0.45
                SplitView.minimumWidth: 300
                padding: 1
                SlideList {
                    objectName: "slides"
                    anchors.fill: parent
                    focus: true
                    story: root.story
                }
            }
            Panel {
                SplitView.fillWidth: true
                SplitView.minimumWidth: 300
                Repeater { // of the current row alone
                    id: editors
                    anchors.fill: parent
                    model: root.story
                    delegate: Loader {
                        id: editor
                        required property int index
                        required property string title
                        required property string shownTitle
                        required property string caption
                        required property string shownCaption
                        required property string notes
                        required property string shownNotes
                        required property string placeText
                        required property string picture
                        required property url iconSource
                        required property bool outdated
                        anchors.fill: parent
                        active: index === root.story.current
                        visible: active
                        sourceComponent: SlideEditor {
                            objectName: "slideEditor"
                            story: root.story
                            index: editor.index
                            title: root.story.masked ? editor.shownTitle : editor.title
                            caption: root.story.masked ? editor.shownCaption : editor.caption
                            notes: root.story.masked ? editor.shownNotes : editor.notes
                            placeText: editor.placeText
                            picture: editor.picture
                            iconSource: editor.iconSource
                            outdated: editor.outdated
                            onPresentRequested: row => root.presentRequested(row)
                        }
                    }
                }
            }
        }
    }
    EmptyState {
        objectName: "storyState"
        anchors.centerIn: parent
        visible: root.story.count === 0
        busy: root.story.loading
        text: root.story.loading ? qsTr("Reading the story")
            : root.story.error || qsTr("The story has no slides yet")
        hint: root.story.loading || root.story.error ? ""
            : qsTr("Go to any view, choose a layer or a concept, and press Ctrl+D: what you see becomes a slide that you can name, move and present")
    }
}
