import QtQuick
import QtQuick.Controls.Basic
import Palimpsest.Controls
import Palimpsest.Models

// Word × layer: the concept that each word falls in, base → fine-tuned; framed where the fine-tuned model leaves the
// base. A click, or Return, goes to the fine-tuned concept, with Shift to the base one.
ListView {
    id: root
    required property SentenceWordModel words
    readonly property real wordWidth: 110 * Theme.scale
    readonly property real cellWidth: (width - wordWidth - Theme.spacing12) / Math.max(1, words.layers.length)
    readonly property int lastColumn: words.layers.length - 1
    property int column: 0
    signal conceptChosen(int layer, int side, int conceptId)

    function choose(cell: var, shift: bool) {
        if (cell !== undefined)
            conceptChosen(cell.layer, shift ? Selection.Base : Selection.FineTuned, shift ? cell.baseId : cell.fineTunedId);
    }

    clip: true
    model: words
    activeFocusOnTab: true
    cacheBuffer: 0
    boundsBehavior: Flickable.StopAtBounds
    highlightMoveDuration: 0
    headerPositioning: ListView.OverlayHeader
    ScrollBar.vertical: ScrollBar {}
    Accessible.role: Accessible.Table
    Accessible.name: qsTr("Concepts of the words by layer")
    Keys.onLeftPressed: column = Math.max(0, column - 1)
    Keys.onRightPressed: column = Math.min(lastColumn, column + 1)
    Keys.onReturnPressed: event => choose(currentItem?.cells[column], event.modifiers & Qt.ShiftModifier)

    header: Rectangle {
        z: 2
        width: root.width
        height: Math.round(22 * Theme.scale)
        color: Theme.surface
        Row {
            x: root.wordWidth
            Repeater {
                model: root.words.layers
                AppText {
                    required property int modelData
                    width: root.cellWidth
                    horizontalAlignment: Text.AlignHCenter
                    text: qsTr("Layer %1").arg(modelData)
                    color: Theme.muted
                    font.pixelSize: Theme.textSmall
                }
            }
        }
    }
    delegate: Row {
        id: row
        required property int index
        required property string word
        required property var cells
        height: Math.round(36 * Theme.scale)
        Accessible.role: Accessible.Row
        Accessible.name: word

        AppText {
            width: root.wordWidth
            height: parent.height
            verticalAlignment: Text.AlignVCenter
            text: row.word
            elide: Text.ElideRight
        }
        Repeater {
            model: row.cells
            Item {
                id: cell
                required property int index
                required property var modelData
                readonly property bool focused: root.activeFocus && row.ListView.isCurrentItem && root.column === index
                objectName: "cell" + row.index + "-" + index
                width: root.cellWidth
                height: row.height
                Accessible.role: Accessible.Cell
                Accessible.name: modelData.detail
                Rectangle {
                    anchors { fill: parent; margins: 2 }
                    radius: 3
                    color: hover.hovered ? Theme.accentSoft : cell.modelData.leaves ? Theme.dangerSoft : Theme.raised
                    border.color: cell.focused ? Theme.accent : cell.modelData.leaves ? Theme.danger : "transparent"
                    border.width: cell.focused ? 2 : 1
                }
                Column {
                    anchors.centerIn: parent
                    width: parent.width - Theme.spacing8
                    AppText {
                        width: parent.width
                        horizontalAlignment: Text.AlignHCenter
                        text: cell.modelData.text
                        elide: Text.ElideRight
                        font.pixelSize: Theme.textSmall
                        font.weight: cell.modelData.leaves ? Font.DemiBold : Font.Normal
                    }
                    AppText {
                        width: parent.width
                        horizontalAlignment: Text.AlignHCenter
                        text: cell.modelData.words
                        elide: Text.ElideRight
                        color: Theme.muted
                        font.pixelSize: Theme.textSmall
                    }
                }
                HoverHandler { // the shared card follows the cell under the pointer
                    id: hover
                    cursorShape: Qt.PointingHandCursor
                    onHoveredChanged: {
                        if (hovered)
                            card.cell = cell;
                        else if (card.cell === cell)
                            card.cell = null;
                    }
                }
                TapHandler { onTapped: point => root.choose(cell.modelData, point.modifiers & Qt.ShiftModifier) }
            }
        }
    }
    FocusRing { shown: root.activeFocus }
    Rectangle {
        id: card
        property Item cell: null
        readonly property point place: cell ? cell.mapToItem(root, 0, cell.height) : Qt.point(0, 0)
        parent: root
        z: 3
        visible: cell !== null
        x: Math.max(0, Math.min(root.width - width, place.x))
        y: place.y + height > root.height ? place.y - height - (cell?.height ?? 0) : place.y
        width: detail.implicitWidth + 2 * Theme.spacing8
        height: detail.implicitHeight + 2 * Theme.spacing8
        radius: Theme.radius
        color: Theme.surface
        border.color: Theme.border
        AppText {
            id: detail
            anchors.centerIn: parent
            text: card.cell?.modelData.detail ?? ""
            font.pixelSize: Theme.textSmall
        }
    }
}
