import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// A labelled slider that says its value. Bind `value`; listen to `moved`.
RowLayout {
    id: root
    property string label: ""
    property string valueText: slider.value.toString()
    property string toolTip: ""
    property alias from: slider.from
    property alias to: slider.to
    property alias stepSize: slider.stepSize
    property alias value: slider.value
    property alias slider: slider
    property real sliderWidth: 140 * Theme.scale
    property real valueWidth: 36 * Theme.scale
    signal moved(real value)

    spacing: Theme.spacing8

    AppText {
        text: root.label
        color: Theme.muted
        visible: text
    }
    Slider {
        id: slider
        Layout.preferredWidth: root.sliderWidth
        Layout.fillWidth: true
        implicitHeight: Theme.controlHeight
        snapMode: Slider.SnapAlways
        onMoved: root.moved(value)
        Accessible.name: root.label
        Accessible.description: root.toolTip
        ToolTip.visible: root.toolTip && hovered && !pressed
        ToolTip.delay: 500
        ToolTip.text: root.toolTip

        background: Rectangle {
            x: slider.leftPadding
            y: slider.topPadding + slider.availableHeight / 2 - height / 2
            width: slider.availableWidth
            height: 4
            radius: 2
            color: Theme.border
            Rectangle {
                width: slider.visualPosition * parent.width
                height: parent.height
                radius: 2
                color: Theme.accent
            }
        }
        handle: Rectangle {
            x: slider.leftPadding + slider.visualPosition * (slider.availableWidth - width)
            y: slider.topPadding + slider.availableHeight / 2 - height / 2
            width: 16
            height: 16
            radius: 8
            color: slider.pressed ? Theme.accentSoft : Theme.surface
            border.color: Theme.accent
            border.width: slider.visualFocus || slider.hovered ? 3 : 2
        }
    }
    AppText {
        Layout.preferredWidth: root.valueWidth
        text: root.valueText
        visible: text
    }
}
