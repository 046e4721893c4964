import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Words in the same concepts. A click follows a word, the button beside it compares it.
ListView {
    id: root
    required property NearWordModel words
    signal wordChosen(string word)
    signal comparisonChosen(string word)

    model: words
    clip: true
    reuseItems: true
    cacheBuffer: 0
    activeFocusOnTab: true
    boundsBehavior: Flickable.StopAtBounds
    highlightMoveDuration: 0
    ScrollBar.vertical: ScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Nearest words")
    Keys.onReturnPressed: root.wordChosen(root.words.wordAt(currentIndex))
    Keys.onSpacePressed: root.comparisonChosen(root.words.wordAt(currentIndex))

    delegate: ItemDelegate {
        id: row
        required property int index
        required property string word
        required property real similarity
        required property string similarityText
        required property string countText
        width: ListView.view.width
        implicitHeight: Math.round(26 * Theme.scale)
        padding: 0
        focusPolicy: Qt.NoFocus
        Accessible.name: qsTr("%1, %2 alike, %3 occurrences").arg(word).arg(similarityText).arg(countText)
        onClicked: root.wordChosen(root.words.wordAt(index))
        background: Rectangle {
            color: row.hovered ? Theme.raised : "transparent"
            border.color: Theme.accent
            border.width: root.activeFocus && row.ListView.isCurrentItem ? 1 : 0
            Rectangle {
                y: 3
                width: parent.width * row.similarity
                height: parent.height - 6
                radius: 2
                color: Theme.accentSoft
            }
        }
        contentItem: RowLayout {
            spacing: Theme.spacing8
            AppText {
                Layout.fillWidth: true
                Layout.leftMargin: Theme.spacing4
                text: row.word
                elide: Text.ElideRight
            }
            AppText {
                text: row.similarityText
            }
            AppText {
                Layout.preferredWidth: Math.round(44 * Theme.scale)
                horizontalAlignment: Text.AlignRight
                text: row.countText
                color: Theme.muted
            }
            AppButton {
                Layout.rightMargin: Theme.spacing12
                flat: true
                focusPolicy: Qt.NoFocus
                implicitHeight: row.height
                text: qsTr("Compare")
                toolTip: qsTr("Show how far both words go together (Space)")
                font.pixelSize: Theme.textSmall
                onClicked: root.comparisonChosen(root.words.wordAt(row.index))
            }
        }
    }
    FocusRing { shown: root.activeFocus }
}
