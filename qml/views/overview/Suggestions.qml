import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Where to look first: the concepts that surprise most, each with its reason.
Panel {
    id: root
    required property SuggestionListModel suggestions
    signal conceptChosen(int layer, int side, int conceptId)

    title: qsTr("Look here")
    subtitle: qsTr("what surprises")
    actions: [
        AppCheckBox {
            objectName: "onlyShownLayer"
            implicitHeight: Theme.controlHeight - 8
            text: qsTr("Only this layer")
            checked: root.suggestions.onlyShownLayer
            onToggled: root.suggestions.onlyShownLayer = checked
        },
        InfoButton {
            y: 3
            topic: "surprise"
        }
    ]

    ListView {
        id: list
        objectName: "suggestions"
        anchors.fill: parent
        clip: true
        reuseItems: true
        cacheBuffer: 0
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        model: root.suggestions
        ScrollBar.vertical: ScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Suggestions")
        Keys.onReturnPressed: currentItem && currentItem.clicked()
        delegate: ItemDelegate {
            id: row
            required property int index
            required property int layerNumber
            required property int side
            required property int conceptId
            required property string title
            required property string conceptWords
            required property string reason
            required property string kind
            required property string surpriseText
            width: ListView.view.width
            implicitHeight: column.implicitHeight + 2 * Theme.spacing4
            padding: 0
            focusPolicy: Qt.NoFocus
            Accessible.name: qsTr("%1, %2, %3, %4").arg(kind).arg(title).arg(conceptWords).arg(reason)
            onClicked: root.conceptChosen(layerNumber, side, conceptId)
            background: Rectangle {
                color: row.hovered ? Theme.raised : "transparent"
                border.color: Theme.accent
                border.width: list.activeFocus && row.ListView.isCurrentItem ? 1 : 0
                Rectangle {
                    y: 2
                    width: 3
                    height: parent.height - 4
                    color: row.side === Selection.Base ? Theme.baseModel : Theme.fineTuned
                }
            }
            contentItem: Item {
                ColumnLayout {
                    id: column
                    x: Theme.spacing12
                    y: Theme.spacing4
                    width: parent.width - 2 * Theme.spacing12
                    spacing: 0
                    RowLayout {
                        spacing: Theme.spacing8
                        AppText {
                            text: row.kind
                            font.weight: Font.DemiBold
                        }
                        AppText {
                            text: row.conceptWords
                            color: Theme.accent
                            elide: Text.ElideRight
                            Layout.fillWidth: true
                        }
                        AppText {
                            text: row.surpriseText
                            color: Theme.muted
                            font.pixelSize: Theme.textSmall
                        }
                    }
                    AppText {
                        Layout.fillWidth: true
                        text: qsTr("%1. %2").arg(row.title).arg(row.reason)
                        color: Theme.muted
                        font.pixelSize: Theme.textSmall
                        wrapMode: Text.Wrap
                    }
                }
            }
        }
        FocusRing { parent: list; shown: list.activeFocus }
    }
    AppText {
        anchors.centerIn: parent
        visible: list.count === 0
        text: qsTr("Nothing surprising")
        color: Theme.muted
    }
}
