import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// Triggers with bars and intervals on one axis: means of each kind, or words together.
Column {
    id: root
    required property TriggerListModel kinds
    property bool byKind: true // titles are kinds, else triggers
    property int currentIndex: -1
    property color polarInk: Theme.accent
    signal chosen(int index)

    spacing: Theme.spacing4

    Repeater {
        model: root.kinds
        Item {
            id: row
            required property int index
            required property string words
            required property int kind
            required property string kindText
            required property string detail
            required property real rate
            required property real low
            required property real high
            required property string rateText
            required property string intervalText
            required property string description
            width: root.width
            implicitHeight: Math.round(38 * Theme.scale)
            activeFocusOnTab: !root.byKind
            Accessible.role: root.byKind ? Accessible.StaticText : Accessible.RadioButton
            Accessible.name: description
            Keys.onReturnPressed: root.chosen(index)
            Keys.onSpacePressed: root.chosen(index)

            Rectangle {
                anchors.fill: parent
                radius: 4
                visible: !root.byKind
                color: row.index === root.currentIndex ? Theme.accentSoft : hover.hovered ? Theme.raised : "transparent"
                FocusRing { shown: row.activeFocus }
            }
            HoverHandler { id: hover }
            TapHandler { onTapped: root.chosen(row.index) }
            ColumnLayout {
                anchors { fill: parent; leftMargin: Theme.spacing4; rightMargin: Theme.spacing4 }
                spacing: 0
                RowLayout {
                    spacing: Theme.spacing8
                    AppText {
                        Layout.fillWidth: true
                        text: root.byKind ? row.kindText : row.words
                        font.weight: row.kind === 0 ? Font.DemiBold : Font.Normal
                        elide: Text.ElideRight
                    }
                    AppText {
                        text: root.byKind ? qsTr("%1, best %2").arg(row.detail).arg(row.words) : row.detail
                        Layout.maximumWidth: root.width * 0.55
                        color: Theme.muted
                        font.pixelSize: Theme.textSmall
                        elide: Text.ElideRight
                    }
                }
                RowLayout {
                    spacing: Theme.spacing8
                    IntervalBar {
                        Layout.fillWidth: true
                        implicitHeight: Math.round(12 * Theme.scale)
                        value: row.rate
                        low: row.low
                        high: row.high
                        end: Math.min(1, root.kinds.highest * 1.05)
                        ink: row.kind === 0 ? root.polarInk : Theme.vanished
                    }
                    AppText {
                        Layout.preferredWidth: 92 * Theme.scale
                        text: row.rateText + "  (" + row.intervalText + ")"
                        font.pixelSize: Theme.textSmall
                    }
                }
            }
        }
    }
}
