import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Who a concept is: number, model and size, and what became of it, in words.
ColumnLayout {
    id: root
    required property ConceptCardModel card
    property bool explain: true

    spacing: Theme.spacing4

    RowLayout {
        spacing: Theme.spacing12
        Rectangle {
            implicitWidth: 4
            implicitHeight: Math.round(22 * Theme.scale)
            radius: 2
            color: root.card.side === Selection.Base ? Theme.baseModel : Theme.fineTuned
        }
        AppText {
            text: root.card.title
            font.pixelSize: Theme.textTitle
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        StatusBadge {
            status: root.card.status
            letter: root.card.statusLetter
            word: root.card.statusText
        }
        Item { Layout.fillWidth: true }
    }
    AppText {
        Layout.fillWidth: true
        text: root.card.subtitle
        color: Theme.muted
        wrapMode: Text.Wrap
    }
    AppText {
        Layout.fillWidth: true
        visible: root.explain
        text: root.card.statusMeaning
        wrapMode: Text.Wrap
    }
    AppText {
        Layout.fillWidth: true
        visible: text
        text: root.card.taskText
        wrapMode: Text.Wrap
    }
}
