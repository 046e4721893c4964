import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// What one says about a concept: tags, a rating, a note; and where that comes from when it is carried over.
ColumnLayout {
    id: root
    required property ConceptCardModel card
    required property Annotations annotations
    property bool noteShown: card.note

    spacing: Theme.spacing4

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.spacing8
        AppTextField {
            id: tagField
            objectName: "tagField"
            Layout.fillWidth: true
            placeholderText: qsTr("Tags, separated by commas")
            label: qsTr("Tags of the concept, separated by commas")
            text: root.card.tags
            onEditingFinished: root.annotations.setTags(root.card.side, root.card.conceptId, text)
            Keys.onEscapePressed: text = root.card.tags
            Connections {
                target: root.card
                function onAnnotationChanged() { tagField.text = root.card.tags; }
            }
        }
        RatingControl {
            objectName: "rating"
            label: qsTr("Rating")
            value: root.card.rating
            onRated: value => root.annotations.rate(root.card.side, root.card.conceptId, value)
        }
        AppButton {
            objectName: "noteButton"
            flat: true
            text: qsTr("Note")
            checked: root.noteShown
            toolTip: qsTr("Write a note on the concept")
            onClicked: root.noteShown = !root.noteShown
        }
    }
    AppTextArea {
        objectName: "noteField"
        Layout.fillWidth: true
        Layout.maximumHeight: Math.round(110 * Theme.scale)
        visible: root.noteShown
        placeholderText: qsTr("Note")
        label: qsTr("Note on the concept")
        value: root.card.note
        onEdited: text => root.annotations.setNote(root.card.side, root.card.conceptId, text)
    }
    RowLayout {
        visible: root.card.carriedText
        spacing: Theme.spacing8
        AppText {
            Layout.fillWidth: true
            text: root.card.carriedText
            color: Theme.muted
            font.pixelSize: Theme.textSmall
            wrapMode: Text.Wrap
        }
        InfoButton { topic: "carried" }
    }
    AppText {
        Layout.fillWidth: true
        visible: text
        text: root.card.othersText
        color: Theme.muted
        font.pixelSize: Theme.textSmall
        wrapMode: Text.Wrap
    }
    Connections {
        target: root.card
        function onConceptChanged() { root.noteShown = root.card.note; }
    }
}
