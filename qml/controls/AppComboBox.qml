import QtQuick
import QtQuick.Controls.Basic

// A choice out of a list. Bind `currentIndex`; listen to `activated`. emptyText: how an empty entry reads.
ComboBox {
    id: root
    property string label: "" // what a screen reader says
    property string emptyText: ""

    implicitHeight: Theme.controlHeight
    implicitWidth: 130 * Theme.scale
    font.pixelSize: Theme.textBody
    displayText: currentText || emptyText
    Accessible.name: label ? label + ", " + displayText : displayText

    contentItem: AppText {
        leftPadding: Theme.spacing8
        rightPadding: Theme.spacing24
        text: root.displayText
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
    }
    indicator: AppText {
        x: root.width - width - Theme.spacing8
        anchors.verticalCenter: parent.verticalCenter
        text: "▾"
        color: Theme.muted
    }
    background: Rectangle {
        radius: Theme.radius
        color: root.down || root.hovered ? Theme.raised : Theme.surface
        border.color: Theme.border
        FocusRing { shown: root.visualFocus }
    }
    delegate: ItemDelegate {
        id: choice
        required property int index
        required property string modelData
        width: ListView.view.width
        implicitHeight: Theme.controlHeight
        highlighted: root.highlightedIndex === index
        contentItem: AppText {
            text: choice.modelData || root.emptyText
            color: choice.modelData ? Theme.text : Theme.muted
            elide: Text.ElideRight
            verticalAlignment: Text.AlignVCenter
            font.weight: root.currentIndex === choice.index ? Font.DemiBold : Font.Normal
        }
        background: Rectangle { color: choice.highlighted ? Theme.accentSoft : "transparent" }
    }
    popup: Popup {
        y: root.height + 2
        width: root.width
        height: Math.min(contentItem.implicitHeight + 2, 320 * Theme.scale)
        padding: 1
        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: root.popup.visible ? root.delegateModel : null
            currentIndex: root.highlightedIndex
            ScrollBar.vertical: ScrollBar {}
        }
        background: Rectangle {
            radius: Theme.radius
            color: Theme.surface
            border.color: Theme.border
        }
    }
}
