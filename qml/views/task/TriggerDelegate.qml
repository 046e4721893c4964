import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Views

// A trigger: its words, the sentences it flips with interval, the shift of the margin, how frequent it is.
Item {
    id: root
    required property int index
    required property string words
    required property real rate
    required property real low
    required property real high
    required property string rateText
    required property string intervalText
    required property string flippedText
    required property string shiftText
    required property string frequencyText
    required property int conceptId
    required property string description
    property bool highlighted: false
    property color ink: Theme.accent
    property real end: 1
    signal chosen()

    implicitHeight: Math.round(28 * Theme.scale)
    Accessible.role: Accessible.ListItem
    Accessible.name: description

    Rectangle {
        anchors.fill: parent
        radius: 4
        color: hover.hovered ? Theme.raised : "transparent"
        border.color: root.highlighted ? Theme.accent : "transparent"
    }
    HoverHandler { id: hover }
    TapHandler { onTapped: root.chosen() }

    RowLayout {
        anchors { fill: parent; leftMargin: Theme.spacing8; rightMargin: Theme.spacing8 }
        spacing: Theme.spacing8
        AppText {
            Layout.fillWidth: true
            text: root.words
            elide: Text.ElideRight
        }
        IntervalBar {
            implicitWidth: 72 * Theme.scale
            value: root.rate
            low: root.low
            high: root.high
            end: root.end
            ink: root.ink
        }
        AppText {
            Layout.preferredWidth: 44 * Theme.scale
            text: root.rateText
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignRight
        }
        AppText {
            Layout.preferredWidth: 66 * Theme.scale
            text: root.intervalText
            color: Theme.muted
            font.pixelSize: Theme.textSmall
        }
        AppText {
            Layout.preferredWidth: 44 * Theme.scale
            text: root.shiftText
            horizontalAlignment: Text.AlignRight
        }
        AppText {
            Layout.preferredWidth: 40 * Theme.scale
            text: root.frequencyText
            color: Theme.muted
            horizontalAlignment: Text.AlignRight
        }
        AppText {
            Layout.preferredWidth: 48 * Theme.scale
            text: root.conceptId < 0 ? "" : root.conceptId
            color: Theme.muted
            horizontalAlignment: Text.AlignRight
        }
    }
}
