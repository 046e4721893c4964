import QtQuick
import QtQuick.Controls.Basic

// A rating in stars, 0 is none. Bind `value`; listen to `rated`. A click on the present star takes it away; arrow
// keys and digits work too.
Control {
    id: root
    property int value: 0
    property int most: 5
    property string label: ""
    signal rated(int value)

    padding: 2
    focusPolicy: Qt.StrongFocus
    implicitHeight: Theme.controlHeight
    Accessible.role: Accessible.Slider
    Accessible.name: value > 0 ? qsTr("%1, %2 of %3").arg(label).arg(value).arg(most) : qsTr("%1, none").arg(label)
    Keys.onLeftPressed: root.rated(Math.max(0, value - 1))
    Keys.onRightPressed: root.rated(Math.min(most, value + 1))
    Keys.onDigit0Pressed: root.rated(0)

    background: FocusRing { shown: root.visualFocus }
    contentItem: Row {
        Repeater {
            model: root.most
            AbstractButton {
                id: star
                required property int index
                readonly property bool on: index < root.value
                objectName: "star" + (index + 1)
                focusPolicy: Qt.NoFocus
                width: Math.round(19 * Theme.scale)
                height: root.availableHeight
                Accessible.ignored: true
                onClicked: root.rated(index + 1 === root.value ? 0 : index + 1)
                ToolTip.visible: hovered
                ToolTip.delay: 500
                ToolTip.text: qsTr("Rate %1 of %2 (Alt+%1)").arg(index + 1).arg(root.most)
                contentItem: AppText {
                    text: star.on ? "★" : "☆"
                    color: star.on || star.hovered ? Theme.accent : Theme.muted
                    font.pixelSize: Theme.textLarge
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                }
            }
        }
    }
}
