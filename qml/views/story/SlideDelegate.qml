import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Views

// One slide of the list: number, picture, title, caption, place. Dragging it moves the slide.
ItemDelegate {
    id: root
    required property int index
    required property string shownTitle
    required property string shownCaption
    required property string placeText
    required property string picture
    required property url iconSource
    required property bool outdated
    property bool selected: false
    property bool dragged: false
    signal dragMoved(real y) // of the pointer, in the list
    signal dropped(bool kept) // false: it was called off

    implicitHeight: Math.round(84 * Theme.scale)
    padding: 0
    focusPolicy: Qt.NoFocus
    opacity: dragged ? 0.5 : 1
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("Slide %1, %2, %3").arg(index + 1).arg(shownTitle).arg(placeText)
    Accessible.selected: selected

    MouseArea { // number and picture are the handle; the rest of the list can be flicked
        id: handle
        property real begun: 0
        width: 150 * Theme.scale
        height: parent.height
        preventStealing: true
        cursorShape: pressed ? Qt.ClosedHandCursor : Qt.OpenHandCursor
        onPressed: mouse => begun = mouse.y
        onPositionChanged: mouse => {
            root.dragged = root.dragged || Math.abs(mouse.y - begun) > 8;
            if (root.dragged)
                root.dragMoved(root.y + mouse.y);
        }
        onReleased: root.dragged ? root.letGo(true) : root.clicked()
        onCanceled: root.letGo(false)
        onDoubleClicked: root.doubleClicked()
    }
    function letGo(kept: bool) {
        root.dragged = false;
        root.dropped(kept);
    }
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
        elide: Text.ElideRight
        maximumLineCount: 1
        textFormat: Text.PlainText
        color: Theme.muted
        font.pixelSize: Theme.textSmall
    }
    contentItem: RowLayout {
        spacing: Theme.spacing12
        AppText {
            Layout.leftMargin: Theme.spacing8
            Layout.preferredWidth: 22 * Theme.scale
            horizontalAlignment: Text.AlignRight
            text: root.index + 1
            color: Theme.muted
        }
        SlidePicture {
            Layout.preferredWidth: 108 * Theme.scale
            Layout.preferredHeight: 68 * Theme.scale
            picture: root.picture
            iconSource: root.iconSource
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.rightMargin: Theme.spacing8
            spacing: 2
            Line {
                text: root.shownTitle || qsTr("No title")
                color: root.shownTitle ? Theme.text : Theme.muted
                font.pixelSize: Theme.textBody
                font.weight: Font.DemiBold
            }
            Line {
                text: root.shownCaption.replace(/\s+/g, " ")
                visible: text
                color: Theme.text
            }
            Line { text: root.placeText }
            Line {
                visible: root.outdated
                text: qsTr("The layer was computed anew since")
                color: Theme.danger
            }
        }
    }
}
