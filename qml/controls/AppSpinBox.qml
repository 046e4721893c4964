import QtQuick
import QtQuick.Controls.Basic

// A whole number that can be typed. Bind `value`; listen to `valueModified`. zeroText: what 0 means ("no limit").
SpinBox {
    id: root
    property string label: "" // what a screen reader says
    property string zeroText: ""

    implicitHeight: Theme.controlHeight
    implicitWidth: 88 * Theme.scale
    editable: true
    font.pixelSize: Theme.textBody
    leftPadding: Theme.spacing8
    rightPadding: up.indicator.width + Theme.spacing4
    topPadding: 0
    bottomPadding: 0
    validator: zeroText ? anyText : digits
    textFromValue: (number, locale) => number === 0 && zeroText ? zeroText : Number(number).toLocaleString(Qt.locale("en_US"), "f", 0)
    valueFromText: (text, locale) => parseInt(text.replace(/[^0-9]/g, "")) || 0
    Accessible.role: Accessible.SpinBox
    Accessible.name: label

    RegularExpressionValidator { id: digits; regularExpression: /[0-9,]*/ }
    RegularExpressionValidator { id: anyText }
    contentItem: TextInput {
        text: root.displayText
        font: root.font
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        verticalAlignment: Text.AlignVCenter
        selectByMouse: true
        readOnly: !root.editable
        validator: root.validator
        inputMethodHints: Qt.ImhDigitsOnly
    }
    up.indicator: Item {
        x: root.width - width
        width: 22 * Theme.scale
        height: root.height / 2
        AppText { anchors.centerIn: parent; text: "▴"; color: root.up.hovered ? Theme.text : Theme.muted }
    }
    down.indicator: Item {
        x: root.width - width
        y: root.height / 2
        width: 22 * Theme.scale
        height: root.height / 2
        AppText { anchors.centerIn: parent; text: "▾"; color: root.down.hovered ? Theme.text : Theme.muted }
    }
    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.color: root.activeFocus ? Theme.accent : Theme.border
        border.width: root.activeFocus ? 2 : 1
    }
}
