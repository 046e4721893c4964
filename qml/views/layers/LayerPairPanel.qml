import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// The chosen cell: its shares, and what became of each concept of the row's layer.
Panel {
    id: root
    required property LayerMatrixModel model
    // Statuses in the order of the choices.
    readonly property list<int> statuses: [-1, 0, 1, 2, 4]

    TallColumn {
        anchors.fill: parent
        spacing: Theme.spacing8
        visible: root.model.rowLayer >= 0

        AppText {
            objectName: "cellTitle"
            Layout.fillWidth: true
            text: root.model.cellTitle
            font.pixelSize: Theme.textLarge
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
        }
        AppText {
            Layout.fillWidth: true
            text: root.model.cellText
            color: Theme.muted
            wrapMode: Text.Wrap
        }
        AppComboBox {
            objectName: "pairStatus"
            Layout.fillWidth: true
            label: qsTr("Which concepts are listed")
            model: root.model.concepts.statusLabels
            currentIndex: root.statuses.indexOf(root.model.concepts.status)
            onActivated: index => root.model.concepts.status = root.statuses[index]
        }
        ListView {
            id: list
            objectName: "pairList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredHeight: 140 * Theme.scale
            clip: true
            reuseItems: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            model: root.model.concepts
            ScrollBar.vertical: ScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Concepts of the row's layer")
            Keys.onReturnPressed: root.model.goToConcept(currentIndex)

            delegate: ItemDelegate {
                id: entry
                required property int index
                required property string title
                required property string words
                required property int status
                required property string statusLetter
                required property string statusText
                required property string counterpart
                required property string counterpartWords
                width: ListView.view.width
                padding: Theme.spacing8
                focusPolicy: Qt.NoFocus
                Accessible.name: qsTr("%1, %2, %3, %4").arg(title).arg(words).arg(statusText).arg(counterpart)
                onClicked: root.model.goToConcept(index)
                background: Rectangle {
                    color: entry.hovered ? Theme.raised : "transparent"
                    border.color: Theme.accent
                    border.width: list.activeFocus && entry.ListView.isCurrentItem ? 1 : 0
                }
                contentItem: RowLayout {
                    spacing: Theme.spacing8
                    StatusBadge {
                        Layout.alignment: Qt.AlignTop
                        status: entry.status
                        letter: entry.statusLetter
                    }
                    ColumnLayout {
                        Layout.fillWidth: true
                        spacing: 1
                        AppText {
                            Layout.fillWidth: true
                            text: entry.words
                            elide: Text.ElideRight
                        }
                        AppText {
                            Layout.fillWidth: true
                            text: entry.title
                            color: Theme.muted
                            font.pixelSize: Theme.textSmall
                            elide: Text.ElideRight
                        }
                        AppText {
                            Layout.fillWidth: true
                            text: entry.counterpart + "   " + entry.counterpartWords
                            color: Theme.muted
                            font.pixelSize: Theme.textSmall
                            elide: Text.ElideRight
                        }
                    }
                }
            }
            AppText {
                visible: list.count === 0
                text: qsTr("No concept of this kind")
                color: Theme.muted
            }
        }
    }
    EmptyState {
        anchors.centerIn: parent
        visible: root.model.rowLayer < 0
        text: qsTr("No pair of layers is selected")
        hint: qsTr("Click a cell of the matrix, or move with the arrow keys")
    }
}
