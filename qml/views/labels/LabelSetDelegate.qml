import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls

// One label set: name, where it comes from, how many words it labels, how many concepts of the layer carry a label.
ItemDelegate {
    id: root
    required property int index
    required property string name
    required property string source
    required property real coverage
    required property string coverageText
    required property bool fits
    required property string alignedText
    required property string chanceText
    property bool selected: false

    padding: 0
    topPadding: Theme.spacing4
    bottomPadding: Theme.spacing4
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2, %3, %4").arg(name).arg(source).arg(coverageText).arg(alignedText)
    Accessible.selected: selected

    background: Rectangle {
        color: root.selected ? Theme.accentSoft : root.hovered ? Theme.raised : "transparent"
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.border
            opacity: 0.6
        }
    }
    component Line: AppText {
        Layout.fillWidth: true
        Layout.leftMargin: Theme.spacing12
        Layout.rightMargin: Theme.spacing12
        visible: text
        elide: Text.ElideRight
        font.pixelSize: Theme.textSmall
        color: Theme.muted
    }
    contentItem: ColumnLayout {
        spacing: 2
        Line {
            text: root.name
            color: Theme.text
            font.pixelSize: Theme.textBody
            font.weight: Font.DemiBold
        }
        Line { text: root.source }
        Rectangle { // how many of the words have a label
            Layout.fillWidth: true
            Layout.leftMargin: Theme.spacing12
            Layout.rightMargin: Theme.spacing12
            implicitHeight: 4
            radius: 2
            color: Theme.border
            Rectangle {
                width: parent.width * root.coverage
                height: parent.height
                radius: 2
                color: Theme.muted
            }
        }
        Line {
            text: root.coverageText
            color: root.fits ? Theme.muted : Theme.danger
        }
        Line {
            text: root.alignedText
            color: Theme.text
        }
        Line { text: root.chanceText }
    }
}
