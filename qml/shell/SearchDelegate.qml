import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// A concept that holds occurrences of what was searched for.
ItemDelegate {
    id: root
    required property int index
    required property int side
    required property string sideText
    required property string title
    required property string conceptWords
    required property string countText
    required property real share
    readonly property color sideColor: side === Selection.Base ? Theme.baseModel : Theme.fineTuned

    implicitHeight: Math.round(26 * Theme.scale)
    padding: 0
    leftPadding: Theme.spacing8
    rightPadding: Theme.spacing12
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2, %3, %4").arg(sideText).arg(title).arg(conceptWords).arg(countText)

    background: Rectangle {
        radius: 3
        color: root.highlighted ? Theme.accentSoft : root.hovered ? Theme.raised : "transparent"
    }
    contentItem: RowLayout {
        spacing: Theme.spacing8
        AppText {
            Layout.preferredWidth: 78 * Theme.scale
            text: root.sideText
            color: root.sideColor
        }
        AppText {
            Layout.preferredWidth: 150 * Theme.scale
            text: root.title
            elide: Text.ElideRight
            font.weight: Font.DemiBold
        }
        AppText {
            Layout.fillWidth: true
            text: root.conceptWords
            color: Theme.muted
            elide: Text.ElideRight
        }
        Rectangle {
            implicitWidth: 60 * Theme.scale
            implicitHeight: Math.round(6 * Theme.scale)
            radius: 2
            color: Theme.raised
            Rectangle {
                width: parent.width * root.share
                height: parent.height
                radius: 2
                color: root.sideColor
            }
        }
        AppText {
            Layout.preferredWidth: 96 * Theme.scale
            horizontalAlignment: Text.AlignRight
            text: root.countText
            color: Theme.muted
        }
    }
}
