import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import QtQuick.Templates as T
import Palimpsest.Controls
import Palimpsest.Models

// A word's concepts in all layers of both models. Up and Down move, Enter goes there, Escape closes.
Popup {
    id: root
    required property SearchModel model
    signal conceptChosen(int layer, int side, int conceptId)
    signal wordChosen(string word)

    function choose(row: int) {
        if (row < 0 || row >= list.count)
            return;
        close();
        conceptChosen(model.layerAt(row), model.sideAt(row), model.conceptAt(row));
    }

    parent: T.Overlay.overlay
    x: Math.round((parent.width - width) / 2)
    y: Math.round(parent.height * 0.08)
    width: Math.min(760 * Theme.scale, parent.width - 2 * Theme.spacing24)
    padding: Theme.spacing12
    modal: true
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    T.Overlay.modal: Rectangle { color: Theme.dark ? "#80000000" : "#30000000" }
    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.color: Theme.border
    }
    onOpened: {
        field.forceActiveFocus();
        field.selectAll();
    }

    contentItem: ColumnLayout {
        spacing: Theme.spacing8
        RowLayout {
            spacing: Theme.spacing8
            AppTextField {
                id: field
                objectName: "searchField"
                Layout.fillWidth: true
                placeholderText: qsTr("Search for a word…")
                label: qsTr("Beginning of a word; =word means exactly that word")
                text: root.model.text
                onTextEdited: root.model.text = text
                Keys.onDownPressed: list.incrementCurrentIndex()
                Keys.onUpPressed: list.decrementCurrentIndex()
                onAccepted: root.choose(list.currentIndex)
            }
            AppButton {
                objectName: "openInWords"
                enabled: root.model.word
                text: root.model.word ? qsTr("Path of “%1”").arg(root.model.wordTitle) : qsTr("Path of the word")
                toolTip: qsTr("Show the word in the Words view")
                onClicked: {
                    root.close();
                    root.wordChosen(root.model.word);
                }
            }
        }
        Flow {
            Layout.fillWidth: true
            visible: root.model.words.length > 1
            spacing: Theme.spacing4
            Repeater {
                model: root.model.words
                AppButton {
                    required property int index
                    required property string modelData
                    implicitHeight: Theme.controlHeight - 6
                    text: modelData
                    toolTip: qsTr("Search for this word only")
                    onClicked: root.model.chooseWord(index)
                }
            }
        }
        AppText {
            Layout.fillWidth: true
            text: root.model.summary
            color: Theme.muted
            elide: Text.ElideRight
        }
        ListView {
            id: list
            objectName: "searchList"
            cacheBuffer: 0 // items made ahead of need outlive a reset in Qt 6.4 and warn
            Layout.fillWidth: true
            implicitHeight: Math.min(contentHeight, 440 * Theme.scale)
            clip: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            model: root.model
            onCountChanged: currentIndex = 0
            ScrollBar.vertical: ScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Concepts found")
            Keys.onReturnPressed: root.choose(currentIndex)
            section.property: "layerText"
            section.delegate: AppText {
                required property string section
                topPadding: Theme.spacing8
                text: section
                font.weight: Font.DemiBold
            }
            delegate: SearchDelegate {
                width: ListView.view.width
                highlighted: ListView.isCurrentItem
                onClicked: root.choose(index)
            }
        }
        AppText {
            Layout.fillWidth: true
            visible: list.count > 0
            text: qsTr("Per layer and model the concepts with the most of the occurrences found; bars: their share")
            color: Theme.muted
            font.pixelSize: Theme.textSmall
            wrapMode: Text.Wrap
        }
    }
}
