import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls

// The concept in which one model keeps most of a word's occurrences at a layer. A click goes there.
AbstractButton {
    id: root
    required property string title
    required property string words
    required property real share
    required property string shareText
    required property color sideColor
    required property string sideText

    padding: Theme.spacing4
    leftPadding: Theme.spacing12
    focusPolicy: Qt.NoFocus
    Accessible.name: qsTr("%1, %2, %3, %4").arg(sideText).arg(title).arg(shareText).arg(words)
    ToolTip.visible: hovered
    ToolTip.delay: 500
    ToolTip.text: qsTr("%1 of its occurrences; go to the concept").arg(shareText)

    background: Rectangle {
        radius: 4
        color: root.hovered ? Theme.raised : Theme.background
        border.color: Theme.border
        Rectangle {
            width: 4
            height: parent.height
            radius: 2
            color: root.sideColor
        }
        Rectangle { // the share of the occurrences that are here
            anchors { left: parent.left; bottom: parent.bottom; leftMargin: 4 }
            width: (parent.width - 4) * root.share
            height: 3
            color: root.sideColor
            opacity: 0.55
        }
    }
    contentItem: ColumnLayout {
        spacing: 0
        RowLayout {
            spacing: Theme.spacing8
            AppText {
                Layout.fillWidth: true
                text: root.title
                font.weight: Font.DemiBold
                elide: Text.ElideRight
            }
            AppText {
                text: root.shareText
                color: Theme.muted
                font.pixelSize: Theme.textSmall
            }
        }
        AppText {
            Layout.fillWidth: true
            text: root.words
            color: Theme.muted
            elide: Text.ElideRight
        }
    }
}
