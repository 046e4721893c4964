import QtQuick
import QtQuick.Controls.Basic

// A row of choices of which one holds. Bind `currentIndex`; listen to `activated`. Arrow keys move the choice.
Control {
    id: root
    property list<string> labels
    property int currentIndex: 0
    property string accessibleName: ""
    signal activated(int index)

    padding: 2
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.PageTabList
    Accessible.name: accessibleName
    Keys.onLeftPressed: root.activated(Math.max(0, currentIndex - 1))
    Keys.onRightPressed: root.activated(Math.min(labels.length - 1, currentIndex + 1))

    background: Rectangle {
        radius: Theme.radius
        color: Theme.raised
        border.color: Theme.border
        FocusRing { shown: root.visualFocus }
    }
    contentItem: Row {
        Repeater {
            model: root.labels
            AbstractButton {
                id: segment
                required property int index
                required property string modelData
                readonly property bool current: index === root.currentIndex
                text: modelData
                checked: current
                focusPolicy: Qt.NoFocus
                height: Theme.controlHeight - 2 * root.padding
                leftPadding: Theme.spacing12
                rightPadding: Theme.spacing12
                Accessible.role: Accessible.PageTab
                Accessible.name: text
                Accessible.selected: current
                onClicked: root.activated(index)
                contentItem: AppText {
                    text: segment.text
                    color: segment.current ? Theme.text : Theme.muted
                    font.weight: segment.current ? Font.DemiBold : Font.Normal
                    verticalAlignment: Text.AlignVCenter
                    horizontalAlignment: Text.AlignHCenter
                }
                background: Rectangle {
                    radius: Theme.radius - 2
                    color: segment.current ? Theme.surface : segment.hovered ? Theme.border : "transparent"
                    border.color: segment.current ? Theme.border : "transparent"
                }
            }
        }
    }
}
