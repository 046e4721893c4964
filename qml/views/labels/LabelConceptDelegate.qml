import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// One concept with its best label. The band at the left has the colour of the model.
ItemDelegate {
    id: root
    required property int index
    required property int side
    required property string title
    required property string sizeText
    required property string words
    required property string label
    required property real share
    required property string shareText
    property bool selected: false

    implicitHeight: Math.round(48 * Theme.scale)
    padding: 0
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2, %3 %4, %5").arg(title).arg(sizeText).arg(label).arg(shareText).arg(words)
    Accessible.selected: selected

    background: Rectangle {
        color: root.selected ? Theme.accentSoft : root.hovered ? Theme.raised : "transparent"
        Rectangle {
            width: 3
            height: parent.height
            color: root.side === Selection.Base ? Theme.baseModel : Theme.fineTuned
        }
    }
    contentItem: ColumnLayout {
        spacing: 0
        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.spacing12
            Layout.rightMargin: Theme.spacing12
            spacing: Theme.spacing8
            AppText {
                text: root.title
                font.weight: Font.DemiBold
            }
            AppText {
                Layout.fillWidth: true
                text: root.label ? qsTr("%1 %2").arg(root.label).arg(root.shareText) : qsTr("no label")
                color: Theme.muted
                elide: Text.ElideRight
                horizontalAlignment: Text.AlignRight
            }
        }
        AppText {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.spacing12
            Layout.rightMargin: Theme.spacing12
            text: root.words
            color: Theme.muted
            elide: Text.ElideRight
        }
    }
}
