import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The followed concept in every column: the concept that holds most of it there.
ListView {
    id: root
    required property LineageListModel lineage
    signal chosen(int row)

    clip: true
    activeFocusOnTab: true
    boundsBehavior: Flickable.StopAtBounds
    model: lineage
    ScrollBar.vertical: ScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Lineage of the selected concept")
    Keys.onReturnPressed: root.chosen(currentIndex)

    delegate: ItemDelegate {
        id: entry
        required property int index
        required property string place
        required property bool fineTuned
        required property string title
        required property string words
        required property string shareText
        required property real fraction
        required property bool current
        width: ListView.view.width
        padding: Theme.spacing4
        focusPolicy: Qt.NoFocus
        Accessible.name: qsTr("%1, %2, %3, %4").arg(place).arg(title).arg(words).arg(shareText)
        onClicked: root.chosen(index)
        background: Rectangle {
            color: entry.current ? Theme.accentSoft : entry.hovered ? Theme.raised : "transparent"
            border.color: Theme.accent
            border.width: root.activeFocus && entry.ListView.isCurrentItem ? 1 : 0
            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width * entry.fraction
                height: 2
                color: entry.fineTuned ? Theme.fineTuned : Theme.baseModel
            }
        }
        contentItem: ColumnLayout {
            spacing: 0
            RowLayout {
                spacing: Theme.spacing8
                AppText {
                    text: entry.place
                    color: entry.fineTuned ? Theme.fineTuned : Theme.baseModel
                    font.pixelSize: Theme.textSmall
                    font.weight: Font.DemiBold
                }
                AppText {
                    Layout.fillWidth: true
                    text: entry.title
                    font.pixelSize: Theme.textSmall
                    color: Theme.muted
                    elide: Text.ElideRight
                }
            }
            AppText {
                Layout.fillWidth: true
                text: entry.words
                elide: Text.ElideRight
            }
            AppText {
                Layout.fillWidth: true
                text: entry.shareText
                color: Theme.muted
                font.pixelSize: Theme.textSmall
                elide: Text.ElideRight
            }
        }
    }
}
