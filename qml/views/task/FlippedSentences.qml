import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// Sentences that a trigger flipped, beside their originals; the trigger is marked.
ListView {
    id: root
    clip: true
    reuseItems: true
    cacheBuffer: 0
    activeFocusOnTab: true
    boundsBehavior: Flickable.StopAtBounds
    highlightMoveDuration: 0
    ScrollBar.vertical: ScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Flipped sentences")

    delegate: Item {
        id: row
        required property string original
        required property string markup
        required property string changed
        required property int classIndex
        required property string className
        required property string probabilityText
        width: ListView.view.width - Theme.spacing12
        implicitHeight: line.implicitHeight + 2 * Theme.spacing4
        Accessible.role: Accessible.ListItem
        Accessible.name: qsTr("%1, was %2").arg(changed).arg(original)

        Rectangle {
            anchors.fill: parent
            radius: 4
            color: "transparent"
            border.color: row.ListView.isCurrentItem && root.activeFocus ? Theme.accent : "transparent"
        }
        RowLayout {
            id: line
            anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter }
            anchors.leftMargin: Theme.spacing4
            spacing: Theme.spacing12
            ClassTag {
                Layout.preferredWidth: 92 * Theme.scale
                Layout.alignment: Qt.AlignTop
                classIndex: row.classIndex
                name: row.className
                clip: true
            }
            AppText {
                Layout.fillWidth: true
                Layout.preferredWidth: 100
                Layout.alignment: Qt.AlignTop
                text: row.original
                color: Theme.muted
                wrapMode: Text.Wrap
                textFormat: Text.PlainText
            }
            AppText {
                Layout.fillWidth: true
                Layout.preferredWidth: 100
                Layout.alignment: Qt.AlignTop
                text: row.markup
                textFormat: Text.StyledText
                wrapMode: Text.Wrap
            }
            AppText {
                Layout.preferredWidth: 92 * Theme.scale
                Layout.alignment: Qt.AlignTop
                text: row.probabilityText
                horizontalAlignment: Text.AlignRight
            }
        }
    }
    FocusRing { shown: root.activeFocus }
    AppText {
        anchors.centerIn: parent
        visible: root.count === 0
        color: Theme.muted
        text: qsTr("No sentence flipped")
    }
}
