import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The words that the window uses and its keys.
AppDialog {
    id: root
    required property Actions actions
    title: qsTr("Words and keys")
    width: Math.min(680 * Theme.scale, parent.width - 2 * Theme.spacing24)
    height: Math.min(implicitHeight, parent.height - 2 * Theme.spacing24)

    Flickable {
        anchors.fill: parent
        implicitHeight: contentHeight
        contentHeight: sheet.implicitHeight
        clip: true
        ScrollBar.vertical: ScrollBar {}
        ColumnLayout {
            id: sheet
            width: parent.width - Theme.spacing12
            spacing: Theme.spacing8

            GridLayout {
                Layout.fillWidth: true
                columns: 2
                columnSpacing: Theme.spacing16
                rowSpacing: Theme.spacing8
                Repeater {
                    model: [
                        qsTr("Concept"), qsTr("A cluster of word occurrences whose activations at a layer lie close together (Ward’s clustering, cut at K)"),
                        qsTr("θ-aligned"), qsTr("At least the share θ of a concept’s members lies in one concept of the other model"),
                        qsTr("Kept"), qsTr("Aligned both ways with one concept of the other model"),
                        qsTr("Merged"), qsTr("A base concept that lies in a larger fine-tuned one"),
                        qsTr("Split"), qsTr("A base concept that falls into smaller fine-tuned ones"),
                        qsTr("Vanished"), qsTr("A base concept without an aligned one in the fine-tuned model"),
                        qsTr("New"), qsTr("A fine-tuned concept without an aligned one in the base model"),
                        qsTr("Task concept"), qsTr("At least θ of its occurrences come from sentences of one class, and it has 5 members or more"),
                        qsTr("Label"), qsTr("What a word is by definition (part of speech, suffix, WordNet class); a concept carries one that at least θ of it has"),
                        qsTr("By chance"), qsTr("The same count in random concepts of the same sizes")
                    ]
                    AppText {
                        required property int index
                        required property string modelData
                        Layout.fillWidth: index % 2 === 1
                        Layout.alignment: Qt.AlignTop
                        text: modelData
                        font.weight: index % 2 === 0 ? Font.DemiBold : Font.Normal
                        wrapMode: index % 2 === 0 ? Text.NoWrap : Text.Wrap
                    }
                }
            }
            AppText {
                Layout.topMargin: Theme.spacing12
                text: qsTr("Keys")
                font.pixelSize: Theme.textLarge
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }
            Repeater {
                model: ActionListModel { actions: root.actions }
                RowLayout {
                    id: entry
                    required property string title
                    required property string keysText
                    visible: keysText
                    spacing: Theme.spacing16
                    AppText {
                        Layout.preferredWidth: 130 * Theme.scale
                        text: entry.keysText
                        font.weight: Font.DemiBold
                    }
                    AppText {
                        Layout.fillWidth: true
                        text: entry.title
                        wrapMode: Text.Wrap
                    }
                }
            }
        }
    }
}
