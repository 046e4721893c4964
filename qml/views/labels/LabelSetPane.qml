import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The label sets of the project, and how concepts are compared with them.
Panel {
    id: root
    required property LabelBrowser browser
    required property LabelForm form
    readonly property LabelSession labels: browser.labels
    signal addRequested()
    signal changeRequested(int set)

    title: qsTr("Label sets")
    actions: [
        AppButton {
            objectName: "addLabels"
            text: qsTr("Add…")
            implicitHeight: Theme.controlHeight - 4
            Accessible.name: qsTr("Add labels…")
            onClicked: root.addRequested()
        }
    ]

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.spacing8

        ListView {
            id: list
            objectName: "setList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.leftMargin: -root.padding + 1
            Layout.rightMargin: -root.padding + 1
            clip: true
            reuseItems: true
            cacheBuffer: 0
            activeFocusOnTab: true
            keyNavigationEnabled: false
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            model: root.browser.sets
            currentIndex: root.labels.current
            ScrollBar.vertical: ScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Label sets")
            Keys.onUpPressed: root.labels.current = root.labels.current - 1
            Keys.onDownPressed: root.labels.current = root.labels.current + 1
            Keys.onDeletePressed: root.form.removeSet(root.labels.current)
            Keys.onReturnPressed: root.changeRequested(root.labels.current)
            delegate: LabelSetDelegate {
                id: row
                width: ListView.view.width
                selected: row.ListView.isCurrentItem
                onClicked: {
                    list.forceActiveFocus();
                    root.labels.current = row.index;
                }
            }
            FocusRing { parent: list; shown: list.activeFocus }
        }
        RowLayout {
            spacing: Theme.spacing4
            AppButton {
                Layout.fillWidth: true
                objectName: "changeSet"
                text: qsTr("Change…")
                enabled: root.labels.current >= 0 && !root.form.running
                onClicked: root.changeRequested(root.labels.current)
            }
            AppButton {
                Layout.fillWidth: true
                objectName: "removeSet"
                text: qsTr("Remove")
                enabled: root.labels.current >= 0 && !root.form.running
                toolTip: qsTr("Can be undone")
                Accessible.name: qsTr("Remove the label set %1").arg(root.labels.currentName)
                onClicked: root.form.removeSet(root.labels.current)
            }
        }
        Rectangle {
            Layout.fillWidth: true
            implicitHeight: 1
            color: Theme.border
        }
        LabelControls {
            Layout.fillWidth: true
            labels: root.labels
        }
    }
}
