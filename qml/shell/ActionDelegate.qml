import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls

// One action with its keys.
ItemDelegate {
    id: root
    required property int index
    required property string title
    required property string group
    required property string keysText
    required property bool possible
    property bool showGroup: false

    implicitHeight: Theme.controlHeight
    padding: 0
    leftPadding: Theme.spacing8
    rightPadding: Theme.spacing12
    enabled: possible
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.MenuItem
    Accessible.name: keysText ? qsTr("%1, %2").arg(title).arg(keysText) : title

    background: Rectangle {
        radius: Theme.radius
        color: root.highlighted ? Theme.accentSoft : root.hovered ? Theme.raised : "transparent"
    }
    contentItem: RowLayout {
        opacity: root.possible ? 1 : 0.45
        spacing: Theme.spacing8
        AppText {
            visible: root.showGroup
            Layout.preferredWidth: 72 * Theme.scale
            text: root.group
            color: Theme.muted
            elide: Text.ElideRight
        }
        AppText {
            Layout.fillWidth: true
            text: root.title
            elide: Text.ElideRight
        }
        AppText {
            text: root.keysText
            color: Theme.muted
        }
    }
}
