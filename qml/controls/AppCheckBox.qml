import QtQuick
import QtQuick.Controls.Basic

// A yes or no. Bind `checked`; listen to `toggled`.
CheckBox {
    id: root
    property string toolTip: ""

    implicitHeight: Theme.controlHeight
    padding: 0
    spacing: Theme.spacing8
    font.pixelSize: Theme.textBody
    Accessible.name: text
    ToolTip.visible: toolTip && hovered
    ToolTip.delay: 500
    ToolTip.text: toolTip

    indicator: Rectangle {
        y: (root.height - height) / 2
        implicitWidth: Math.round(16 * Theme.scale)
        implicitHeight: implicitWidth
        radius: 3
        color: root.checked ? Theme.accent : Theme.surface
        border.color: root.checked ? Theme.accent : Theme.muted
        AppText {
            anchors.centerIn: parent
            text: "✓"
            color: Theme.accentText
            font.pixelSize: Theme.textSmall
            font.weight: Font.Bold
            visible: root.checked
        }
        FocusRing { shown: root.visualFocus }
    }
    contentItem: AppText {
        leftPadding: root.indicator.width + root.spacing
        text: root.text
        verticalAlignment: Text.AlignVCenter
    }
}
