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

            Repeater {
                model: DefinitionListModel {}
                RowLayout {
                    id: definition
                    required property string title
                    required property string text
                    spacing: Theme.spacing16
                    AppText {
                        Layout.preferredWidth: 130 * Theme.scale
                        Layout.alignment: Qt.AlignTop
                        text: definition.title
                        font.weight: Font.DemiBold
                        wrapMode: Text.Wrap
                    }
                    AppText {
                        Layout.fillWidth: true
                        text: definition.text
                        wrapMode: Text.Wrap
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
