import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Labels with bars and shares, the most frequent first. note: how they are counted.
ListView {
    id: root
    required model
    property string note: ""
    property color barColor: Theme.accentSoft

    clip: true
    reuseItems: true
    cacheBuffer: 0
    activeFocusOnTab: count > 0
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Labels")
    header: Item {
        width: ListView.view.width
        height: root.note ? noteText.implicitHeight : 0
        AppText {
            id: noteText
            text: root.note
            color: Theme.muted
            font.pixelSize: Theme.textSmall
        }
    }
    delegate: Item {
        id: row
        required property string name
        required property string countText
        required property string shareText
        required property real fraction
        required property bool none
        width: ListView.view.width
        implicitHeight: Math.round(22 * Theme.scale)
        Accessible.role: Accessible.ListItem
        Accessible.name: qsTr("%1, %2, %3").arg(row.name).arg(row.countText).arg(row.shareText)
        Rectangle {
            width: parent.width * row.fraction
            height: parent.height - 4
            y: 2
            radius: 2
            color: row.none ? Theme.border : root.barColor
        }
        RowLayout {
            anchors.fill: parent
            anchors.rightMargin: Theme.spacing8
            spacing: Theme.spacing8
            AppText {
                Layout.fillWidth: true
                Layout.leftMargin: Theme.spacing4
                text: row.name
                font.italic: row.none
                color: row.none ? Theme.muted : Theme.text
                elide: Text.ElideRight
            }
            AppText {
                text: row.countText
                color: Theme.muted
                font.pixelSize: Theme.textSmall
            }
            AppText {
                Layout.preferredWidth: 40 * Theme.scale
                text: row.shareText
                horizontalAlignment: Text.AlignRight
                font.pixelSize: Theme.textSmall
            }
        }
    }
    FocusRing { parent: root; shown: root.activeFocus }
}
