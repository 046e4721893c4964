import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Words with counts and a bar for each count. A click on a word says so.
ColumnLayout {
    id: root
    required property WordTableModel model
    required property string title
    property string emptyText: qsTr("No words")
    property color barColor: Theme.accentSoft
    property string marked: ""
    property bool copyable: false
    signal wordClicked(string word)

    spacing: Theme.spacing4

    RowLayout {
        spacing: Theme.spacing4
        AppText {
            Layout.fillWidth: true
            text: root.title
            font.weight: Font.DemiBold
            font.pixelSize: Theme.textSmall
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 9
            elide: Text.ElideRight
        }
        AppText {
            text: root.model.count
            color: Theme.muted
            font.pixelSize: Theme.textSmall
        }
        AppButton {
            flat: true
            visible: root.copyable
            implicitHeight: Math.round(20 * Theme.scale)
            padding: 0
            icon.source: "qrc:/icons/copy.svg"
            icon.width: Math.round(14 * Theme.scale)
            icon.height: Math.round(14 * Theme.scale)
            toolTip: qsTr("Copy words and counts (Ctrl+C in the list)")
            onClicked: root.model.copy()
        }
    }
    ListView {
        id: list
        objectName: "words"
        Layout.fillWidth: true
        Layout.fillHeight: true
        clip: true
        reuseItems: true
        cacheBuffer: 0
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.model
        ScrollBar.vertical: ScrollBar {}
        Accessible.role: Accessible.Table
        Accessible.name: root.title
        Keys.onPressed: event => event.matches(StandardKey.Copy) && root.model.copy()
        Keys.onReturnPressed: root.wordClicked(root.model.wordAt(currentIndex))

        delegate: ItemDelegate {
            id: row
            required property int index
            required property string word
            required property string countText
            required property real fraction
            width: ListView.view.width
            implicitHeight: Math.round(22 * Theme.scale)
            padding: 0
            focusPolicy: Qt.NoFocus
            Accessible.name: qsTr("%1, %2").arg(row.word).arg(row.countText)
            onClicked: root.wordClicked(row.word)
            background: Rectangle {
                color: row.hovered ? Theme.raised : "transparent"
                border.color: Theme.accent
                border.width: list.activeFocus && row.ListView.isCurrentItem ? 1 : 0
                Rectangle {
                    width: parent.width * row.fraction
                    height: parent.height - 4
                    y: 2
                    radius: 2
                    color: root.barColor
                }
            }
            contentItem: RowLayout {
                spacing: Theme.spacing4
                AppText {
                    Layout.fillWidth: true
                    Layout.leftMargin: Theme.spacing4
                    text: row.word
                    elide: Text.ElideRight
                    font.underline: row.word === root.marked
                    font.weight: row.word === root.marked ? Font.DemiBold : Font.Normal
                }
                AppText {
                    Layout.rightMargin: Theme.spacing8
                    text: row.countText
                    color: Theme.muted
                    font.pixelSize: Theme.textSmall
                }
            }
        }
        AppText {
            visible: list.count === 0
            text: root.emptyText
            color: Theme.muted
        }
    }
}
