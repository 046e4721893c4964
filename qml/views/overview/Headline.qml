import QtQuick
import QtQuick.Controls.Basic
import Palimpsest.Controls
import Palimpsest.Models

// The sentence of the overview, word by word: each number is a link that the keyboard can reach.
Flow {
    id: root
    required property OverviewModel overview

    component Word: AppText {
        visible: text
        font.pixelSize: Theme.textTitle
        Accessible.ignored: true
    }

    spacing: metrics.advanceWidth(" ")
    Accessible.role: Accessible.StaticText
    Accessible.name: overview.plainHeadline

    FontMetrics {
        id: metrics
        font.pixelSize: Theme.textTitle
    }
    Repeater {
        model: root.overview.headlineWords
        Row {
            id: word
            required property string before
            required property string link
            required property string after
            required property string target

            Word { text: word.before }
            AbstractButton {
                id: button
                visible: text
                text: word.link
                focusPolicy: Qt.StrongFocus
                Accessible.role: Accessible.Link
                Accessible.name: text
                onClicked: root.overview.activateLink(word.target)
                Keys.onReturnPressed: click()
                Keys.onEnterPressed: click()
                contentItem: Word {
                    text: button.text
                    color: Theme.accent
                    font.underline: true
                }
                background: Item {
                    FocusRing { shown: button.visualFocus }
                }
                HoverHandler { cursorShape: Qt.PointingHandCursor }
            }
            Word { text: word.after }
        }
    }
}
