import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls

// A concept of the other model that shares members with the selected one.
ItemDelegate {
    id: root
    required property int index
    required property int conceptId
    required property string title
    required property string words
    required property string sharedText
    required property real shareHere
    required property string shareHereText
    required property string shareThereText
    property bool shown: false
    property color barColor: Theme.accent

    implicitHeight: Math.round(26 * Theme.scale)
    padding: 0
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2 shared, %3 of this concept, %4 of that one").arg(title).arg(sharedText)
        .arg(shareHereText).arg(shareThereText)
    Accessible.selected: shown

    background: Rectangle {
        color: root.shown ? Theme.accentSoft : root.hovered ? Theme.raised : "transparent"
    }
    contentItem: RowLayout {
        spacing: Theme.spacing8
        AppText {
            Layout.leftMargin: Theme.spacing4
            Layout.fillWidth: true
            Layout.minimumWidth: Math.min(implicitWidth, 64 * Theme.scale)
            Layout.maximumWidth: Math.round(98 * Theme.scale)
            elide: Text.ElideRight
            text: root.title
            font.weight: root.shown ? Font.DemiBold : Font.Normal
        }
        AppText {
            Layout.fillWidth: true
            Layout.minimumWidth: 0
            visible: root.width > 230 * Theme.scale // else their list stands above
            text: root.words
            color: Theme.muted
            elide: Text.ElideRight
        }
        Rectangle {
            implicitWidth: 40 * Theme.scale
            implicitHeight: Math.round(6 * Theme.scale)
            radius: 2
            color: Theme.raised
            Rectangle {
                width: parent.width * root.shareHere
                height: parent.height
                radius: 2
                color: root.barColor
            }
        }
        AppText {
            Layout.preferredWidth: Math.round(38 * Theme.scale)
            horizontalAlignment: Text.AlignRight
            text: root.shareHereText
        }
        AppText {
            Layout.preferredWidth: Math.round(44 * Theme.scale)
            Layout.rightMargin: Theme.spacing12
            horizontalAlignment: Text.AlignRight
            text: root.shareThereText
            color: Theme.muted
        }
    }
}
