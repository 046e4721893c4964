import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Views

// A task concept: words, class, share with interval beside chance, shares under the other definitions.
Item {
    id: root
    required property int index
    required property int conceptId
    required property int side
    required property string title
    required property string conceptWords
    required property string sizeText
    required property int classIndex
    required property string className
    required property real share
    required property real low
    required property real high
    required property real chance
    required property string shareText
    required property string intervalText
    required property bool certain
    required property string otherText
    required property string description
    property bool selected: false
    property bool highlighted: false
    signal chosen()

    implicitHeight: Math.round(30 * Theme.scale)
    Accessible.role: Accessible.ListItem
    Accessible.name: description
    Accessible.selected: selected

    Rectangle {
        anchors.fill: parent
        radius: 4
        color: root.selected ? Theme.accentSoft : hover.hovered ? Theme.raised : "transparent"
        border.color: root.highlighted ? Theme.accent : "transparent"
    }
    HoverHandler { id: hover }
    TapHandler { onTapped: root.chosen() }

    RowLayout {
        anchors { fill: parent; leftMargin: Theme.spacing8; rightMargin: Theme.spacing8 }
        spacing: Theme.spacing12
        ClassTag {
            Layout.preferredWidth: 96 * Theme.scale
            classIndex: root.classIndex
            name: root.className
            clip: true
        }
        AppText {
            Layout.preferredWidth: 110 * Theme.scale
            text: root.title
            font.weight: Font.DemiBold
            elide: Text.ElideRight
        }
        AppText {
            Layout.fillWidth: true
            text: root.conceptWords
            elide: Text.ElideRight
        }
        AppText {
            visible: root.width >= 900 * Theme.scale
            Layout.preferredWidth: 200 * Theme.scale
            text: root.otherText
            color: Theme.muted
            font.pixelSize: Theme.textSmall
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignRight
        }
        AppText {
            Layout.preferredWidth: 40 * Theme.scale
            text: root.sizeText
            color: Theme.muted
            horizontalAlignment: Text.AlignRight
        }
        IntervalBar {
            value: root.share
            low: root.low
            high: root.high
            reference: root.chance
            ink: Theme.classColor(root.classIndex)
        }
        AppText {
            Layout.preferredWidth: 48 * Theme.scale
            text: root.shareText
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignRight
        }
        AppText {
            Layout.preferredWidth: 76 * Theme.scale
            text: root.intervalText
            color: root.certain ? Theme.text : Theme.muted
            font.pixelSize: Theme.textSmall
        }
    }
}
