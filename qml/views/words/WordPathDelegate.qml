import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// One layer of a word's way.
Item {
    id: root
    required property int index
    required property int layerNumber
    required property int baseId
    required property string baseTitle
    required property string baseWords
    required property real baseShare
    required property string baseText
    required property int fineTunedId
    required property string fineTunedTitle
    required property string fineTunedWords
    required property real fineTunedShare
    required property string fineTunedText
    required property real stayed
    required property string stayedText
    required property bool hasLeft
    required property real secondBase
    required property real secondFineTuned
    required property string description
    property bool current: false
    property bool highlighted: false
    signal conceptChosen(int side, int conceptId)

    implicitHeight: Math.round(54 * Theme.scale)
    Accessible.role: Accessible.ListItem
    Accessible.name: description

    component Similarity: ColumnLayout {
        id: similarity
        property real value: 0
        property color barColor
        spacing: 1
        AppText {
            Layout.alignment: Qt.AlignHCenter
            text: similarity.value < 0 ? "" : Math.round(100 * similarity.value) + " %"
            font.pixelSize: Theme.textSmall
        }
        Rectangle {
            implicitWidth: Math.round(44 * Theme.scale)
            implicitHeight: Math.round(6 * Theme.scale)
            radius: 2
            color: Theme.raised
            Rectangle {
                width: parent.width * Math.max(0, similarity.value)
                height: parent.height
                radius: 2
                color: similarity.barColor
            }
        }
    }

    Rectangle {
        anchors.fill: parent
        radius: 4
        color: root.current ? Theme.accentSoft : "transparent"
        border.color: Theme.accent
        border.width: root.highlighted ? 1 : 0
    }
    RowLayout {
        anchors.fill: parent
        anchors.margins: 3
        spacing: Theme.spacing8
        AppText {
            Layout.preferredWidth: Math.round(26 * Theme.scale)
            horizontalAlignment: Text.AlignRight
            text: root.layerNumber
            font.pixelSize: Theme.textLarge
            font.weight: root.current ? Font.DemiBold : Font.Normal
        }
        WordStandCell {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 200
            title: root.baseTitle
            words: root.baseWords
            share: root.baseShare
            shareText: root.baseText
            sideColor: Theme.baseModel
            sideText: qsTr("Base")
            onClicked: root.conceptChosen(Selection.Base, root.baseId)
        }
        ColumnLayout {
            Layout.preferredWidth: Math.round(70 * Theme.scale)
            Layout.fillWidth: false
            spacing: 2
            AppText {
                Layout.alignment: Qt.AlignHCenter
                text: root.stayedText
                font.weight: Font.DemiBold
                color: root.hasLeft ? Theme.danger : Theme.text
            }
            Rectangle {
                Layout.alignment: Qt.AlignHCenter
                implicitWidth: Math.round(60 * Theme.scale)
                implicitHeight: Math.round(8 * Theme.scale)
                radius: 3
                color: Theme.raised
                border.color: root.hasLeft ? Theme.danger : "transparent"
                Rectangle {
                    width: parent.width * root.stayed
                    height: parent.height
                    radius: 3
                    color: root.hasLeft ? Theme.danger : Theme.kept
                }
            }
            AppText {
                Layout.alignment: Qt.AlignHCenter
                text: root.hasLeft ? qsTr("left") : qsTr("stayed")
                font.pixelSize: Theme.textSmall
                color: root.hasLeft ? Theme.danger : Theme.muted
            }
        }
        WordStandCell {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: 200
            title: root.fineTunedTitle
            words: root.fineTunedWords
            share: root.fineTunedShare
            shareText: root.fineTunedText
            sideColor: Theme.fineTuned
            sideText: qsTr("Fine-tuned")
            onClicked: root.conceptChosen(Selection.FineTuned, root.fineTunedId)
        }
        Similarity {
            visible: root.secondBase >= 0
            value: root.secondBase
            barColor: Theme.baseModel
        }
        Similarity {
            visible: root.secondBase >= 0
            value: root.secondFineTuned
            barColor: Theme.fineTuned
        }
    }
}
