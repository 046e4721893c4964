import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// One concept of the list in two lines. The band at the left has the colour of the model.
ItemDelegate {
    id: root
    required property int index
    required property int side
    required property string sideText
    required property string title
    required property string sizeText
    required property string words
    required property int status
    required property string statusText
    required property string statusLetter
    required property int taskClass
    required property string taskClassText
    required property list<real> classShares
    required property string polarityText
    required property string numberText
    required property string tagsText
    required property int rating
    required property string labelText
    required property bool labelAligned
    property bool selected: false
    property bool showSide: true

    implicitHeight: Math.round(50 * Theme.scale)
    padding: 0
    focusPolicy: Qt.NoFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2, %3, %4, %5").arg(numberText ? title + ", " + numberText : title).arg(sideText).arg(sizeText).arg(statusText)
        .arg(labelText ? labelText + ", " + words : words)
    Accessible.selected: selected

    background: Rectangle {
        color: root.selected ? Theme.accentSoft : root.hovered ? Theme.raised : "transparent"
        Rectangle {
            width: 3
            height: parent.height
            color: root.side === Selection.Base ? Theme.baseModel : Theme.fineTuned
        }
        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: 1
            color: Theme.border
            opacity: 0.6
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
                Layout.fillWidth: true
                Layout.minimumWidth: Math.min(implicitWidth, root.width * 0.5)
                Layout.maximumWidth: implicitWidth + 1
                text: root.title
                font.weight: Font.DemiBold
                elide: Text.ElideRight
            }
            AppText {
                visible: text
                text: root.rating > 0 ? "★" + root.rating : ""
                color: Theme.accent
                font.pixelSize: Theme.textSmall
            }
            StatusBadge {
                status: root.status
                letter: root.statusLetter
                word: root.statusText
                wordShown: root.width > 260 * Theme.scale
            }
            AppText {
                Layout.fillWidth: true
                text: root.sizeText
                horizontalAlignment: Text.AlignRight
                elide: Text.ElideRight
                color: Theme.muted
                font.pixelSize: Theme.textSmall
            }
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.spacing12
            Layout.rightMargin: Theme.spacing12
            spacing: Theme.spacing8
            AppText {
                visible: root.showSide
                text: root.sideText
                color: root.side === Selection.Base ? Theme.baseModel : Theme.fineTuned
            }
            AppText {
                Layout.fillWidth: true
                text: root.words
                color: Theme.muted
                elide: Text.ElideRight
            }
            AppText {
                Layout.maximumWidth: 90 * Theme.scale
                visible: text
                text: root.tagsText
                color: Theme.accent
                font.pixelSize: Theme.textSmall
                elide: Text.ElideRight
            }
            AppText { // bold where the concept carries it
                objectName: "labelText"
                Layout.maximumWidth: 130 * Theme.scale
                visible: text
                text: root.labelText
                color: root.labelAligned ? Theme.text : Theme.muted
                font.pixelSize: Theme.textSmall
                font.weight: root.labelAligned ? Font.DemiBold : Font.Normal
                horizontalAlignment: Text.AlignRight
                elide: Text.ElideMiddle // the share stays
            }
            ClassTag {
                classIndex: root.taskClass
                name: root.taskClassText
                strong: true
            }
            ShareBar {
                shares: root.classShares
                toolTip: root.polarityText
            }
        }
    }
}
