import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Controls.impl

// A push button. primary: the one action that a dialog is for. flat: among other content, without a frame.
Button {
    id: root
    property bool primary: false
    property string toolTip: ""
    readonly property color foreground: primary ? Theme.accentText : Theme.text

    implicitHeight: Theme.controlHeight
    leftPadding: text ? Theme.spacing12 : Theme.spacing8
    rightPadding: leftPadding
    spacing: Theme.spacing8
    font.pixelSize: Theme.textBody
    icon.width: Math.round(18 * Theme.scale)
    icon.height: Math.round(18 * Theme.scale)
    icon.color: foreground
    opacity: enabled ? 1.0 : 0.45
    display: text ? AbstractButton.TextBesideIcon : AbstractButton.IconOnly

    Accessible.name: text || toolTip
    ToolTip.visible: toolTip && (hovered || visualFocus)
    ToolTip.delay: 500
    ToolTip.text: toolTip

    contentItem: IconLabel {
        spacing: root.spacing
        display: root.display
        icon: root.icon
        text: root.text
        font: root.font
        color: root.foreground
    }
    background: Rectangle {
        radius: Theme.radius
        color: root.primary ? (root.down ? Qt.darker(Theme.accent, 1.15) : Theme.accent)
                            : root.checked ? Theme.accentSoft
                            : (root.down || root.hovered) ? Theme.raised
                            : root.flat ? "transparent" : Theme.surface
        border.width: root.flat || root.primary ? 0 : 1
        border.color: root.checked ? Theme.accent : Theme.border
        FocusRing { shown: root.visualFocus }
    }
}
