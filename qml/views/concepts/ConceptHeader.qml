import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Who a concept is: number, model and size, and what became of it, in words.
ColumnLayout {
    id: root
    required property ConceptCardModel card
    property bool explain: true
    property Annotations annotations: null // null: the name cannot be changed here

    function startRename() {
        nameField.text = card.name;
        nameField.visible = true;
        nameField.forceActiveFocus();
        nameField.selectAll();
    }
    function endRename(keep: bool) {
        if (!nameField.visible)
            return;
        nameField.visible = false;
        if (keep)
            annotations.rename(card.side, card.conceptId, nameField.text);
    }

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
            objectName: "conceptTitle"
            Layout.fillWidth: true
            Layout.maximumWidth: implicitWidth + 1
            visible: !nameField.visible
            text: root.card.title
            elide: Text.ElideRight
            font.pixelSize: Theme.textTitle
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
            Accessible.name: text
            TapHandler {
                enabled: root.annotations !== null
                onDoubleTapped: root.startRename()
            }
        }
        AppTextField {
            id: nameField
            objectName: "nameField"
            Layout.fillWidth: true
            visible: false
            maximumLength: 200
            font.pixelSize: Theme.textLarge
            placeholderText: qsTr("Name of the concept")
            onAccepted: root.endRename(true)
            onActiveFocusChanged: !activeFocus && root.endRename(true)
            Keys.onEscapePressed: root.endRename(false)
        }
        AppButton {
            objectName: "renameButton"
            visible: root.annotations !== null && !nameField.visible
            flat: true
            implicitHeight: Theme.controlHeight - 4
            icon.source: "qrc:/icons/rename.svg"
            icon.width: Math.round(15 * Theme.scale)
            icon.height: Math.round(15 * Theme.scale)
            icon.color: Theme.muted
            toolTip: qsTr("Name the concept (F2)")
            onClicked: root.startRename()
        }
        StatusBadge {
            status: root.card.status
            letter: root.card.statusLetter
            word: root.card.statusText
            wordShown: root.width > 280 * Theme.scale
        }
        InfoButton {
            visible: root.explain
            topic: ["kept", "split", "merged", "new", "vanished"][Math.max(0, root.card.status)]
        }
        Item {
            Layout.fillWidth: true
            Layout.preferredWidth: 0
        }
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
