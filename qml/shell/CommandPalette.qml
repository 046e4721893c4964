import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import QtQuick.Templates as T
import Palimpsest.Controls
import Palimpsest.Models

// Every action of the program by a few letters of its name. Up and Down move, Enter does it.
Popup {
    id: root
    required property Actions actions

    parent: T.Overlay.overlay
    x: Math.round((parent.width - width) / 2)
    y: Math.round(parent.height * 0.12)
    width: Math.min(560 * Theme.scale, parent.width - 2 * Theme.spacing24)
    padding: Theme.spacing12
    modal: true
    focus: true
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutside
    T.Overlay.modal: Rectangle { color: Theme.dark ? "#80000000" : "#30000000" }
    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.color: Theme.border
    }
    onAboutToShow: field.clear()
    onOpened: field.forceActiveFocus()

    function run(row: int) {
        close();
        model.trigger(row);
    }

    contentItem: ColumnLayout {
        spacing: Theme.spacing8
        AppTextField {
            id: field
            objectName: "paletteField"
            Layout.fillWidth: true
            placeholderText: qsTr("What do you want to do?")
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
            onAccepted: root.run(list.currentIndex)
        }
        ListView {
            id: list
            objectName: "paletteList"
            cacheBuffer: 0 // items made ahead of need outlive a reset in Qt 6.4 and warn
            Layout.fillWidth: true
            implicitHeight: Math.min(contentHeight, 380 * Theme.scale)
            clip: true
            keyNavigationWraps: true
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            ScrollBar.vertical: ScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Commands")
            model: ActionListModel {
                id: model
                actions: root.actions
                brief: true
                filter: field.text
                onFilterChanged: list.currentIndex = 0
            }
            delegate: ActionDelegate {
                width: ListView.view.width
                highlighted: ListView.isCurrentItem
                showGroup: true
                onClicked: root.run(index)
            }
        }
        AppText {
            visible: list.count === 0
            text: qsTr("No command has these letters in this order")
            color: Theme.muted
        }
    }
}
