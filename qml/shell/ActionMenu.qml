import QtQuick
import QtQuick.Controls.Basic
import Palimpsest.Controls
import Palimpsest.Models

// All actions under the headings of their groups.
Popup {
    id: root
    required property Actions actions

    width: 330 * Theme.scale
    padding: Theme.spacing4
    modal: false
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutsideParent
    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.color: Theme.border
    }
    onOpened: list.forceActiveFocus()

    function run(row: int) {
        close();
        model.trigger(row);
    }

    contentItem: ListView {
        id: list
        objectName: "menuList"
        cacheBuffer: 0
        implicitHeight: Math.min(contentHeight, root.parent ? root.parent.Window.height - 90 : 500)
        clip: true
        focus: true
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        ScrollBar.vertical: ScrollBar {}
        Accessible.role: Accessible.PopupMenu
        Accessible.name: qsTr("Menu")
        Keys.onReturnPressed: root.run(currentIndex)
        Keys.onEnterPressed: root.run(currentIndex)
        Keys.onSpacePressed: root.run(currentIndex)
        model: ActionListModel {
            id: model
            actions: root.actions
            brief: true
        }
        section.property: "group"
        section.delegate: AppText {
            required property string section
            leftPadding: Theme.spacing8
            topPadding: Theme.spacing8
            bottomPadding: 2
            text: section
            color: Theme.muted
            font.pixelSize: Theme.textSmall
            font.weight: Font.DemiBold
        }
        delegate: ActionDelegate {
            width: ListView.view.width
            implicitHeight: Theme.controlHeight - 4
            highlighted: ListView.isCurrentItem && ListView.view.activeFocus
            onClicked: root.run(index)
        }
    }
}
