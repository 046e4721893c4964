import QtQuick
import QtQuick.Controls.Basic
import Palimpsest.Controls

// A stacked bar of class shares; what is missing to the whole has no class.
Rectangle {
    id: root
    required property list<real> shares
    property string toolTip: ""

    implicitWidth: 64 * Theme.scale
    implicitHeight: Math.round(8 * Theme.scale)
    radius: 2
    color: Theme.raised
    clip: true
    visible: shares.length > 0
    ToolTip.visible: toolTip && hover.hovered
    ToolTip.text: toolTip

    HoverHandler { id: hover }

    Row {
        anchors.fill: parent
        Repeater {
            model: root.shares
            Rectangle {
                id: part
                required property int index
                required property real modelData
                width: part.modelData * root.width
                height: root.height
                color: Theme.classColor(part.index)
            }
        }
    }
}
