import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The concepts behind a number, and how the selected one spreads over the labels of the set.
Panel {
    id: root
    required property LabelBrowser browser
    signal conceptRequested()

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.spacing8

        AppText {
            objectName: "listTitle"
            Layout.fillWidth: true
            text: root.browser.listTitle
            font.pixelSize: Theme.textLarge
            font.weight: Font.DemiBold
            elide: Text.ElideRight
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        AppText {
            Layout.fillWidth: true
            text: root.browser.listNote
            color: Theme.muted
            elide: Text.ElideRight
        }
        RowLayout {
            spacing: Theme.spacing8
            AppComboBox {
                objectName: "listKind"
                Layout.fillWidth: true
                label: qsTr("Concepts that are listed")
                model: [qsTr("Aligned"), qsTr("Near misses"), qsTr("Unaligned")]
                currentIndex: root.browser.listKind
                onActivated: index => root.browser.listKind = index
            }
            AppComboBox {
                objectName: "listSide"
                Layout.fillWidth: true
                label: qsTr("Model")
                model: [qsTr("Base"), qsTr("Fine-tuned")]
                currentIndex: root.browser.pickedSide
                onActivated: index => root.browser.pickedSide = index
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.leftMargin: -root.padding + 1
            Layout.rightMargin: -root.padding + 1
            ListView {
                id: list
                objectName: "labelConcepts"
                anchors.fill: parent
                clip: true
                reuseItems: true
                cacheBuffer: 0
                activeFocusOnTab: true
                keyNavigationEnabled: false
                boundsBehavior: Flickable.StopAtBounds
                highlightMoveDuration: 0
                model: root.browser.concepts
                currentIndex: root.browser.currentRow
                ScrollBar.vertical: ScrollBar {}
                Accessible.role: Accessible.List
                Accessible.name: root.browser.listTitle
                Keys.onUpPressed: root.browser.step(-1)
                Keys.onDownPressed: root.browser.step(1)
                Keys.onReturnPressed: root.conceptRequested()
                Keys.onEnterPressed: root.conceptRequested()
                delegate: LabelConceptDelegate {
                    id: row
                    width: ListView.view.width
                    selected: row.ListView.isCurrentItem
                    onClicked: {
                        list.forceActiveFocus();
                        root.browser.selectRow(row.index);
                    }
                    onDoubleClicked: root.conceptRequested()
                }
                FocusRing { parent: list; shown: list.activeFocus }
            }
            AppText {
                anchors.centerIn: parent
                width: parent.width - 2 * Theme.spacing16
                visible: root.browser.concepts.count === 0
                text: qsTr("No such concept")
                color: Theme.muted
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
            }
        }
        RowLayout {
            Layout.fillWidth: true
            AppText {
                Layout.fillWidth: true
                text: root.browser.shareTitle
                font.weight: Font.DemiBold
                elide: Text.ElideRight
            }
            AppButton {
                objectName: "showConcept"
                flat: true
                implicitHeight: Theme.controlHeight - 4
                visible: root.browser.shares.count > 0
                text: qsTr("Show concept")
                onClicked: root.conceptRequested()
            }
        }
        LabelShares {
            objectName: "labelShares"
            Layout.fillWidth: true
            Layout.preferredHeight: Math.round(Math.min(170 * Theme.scale, root.height * 0.28))
            model: root.browser.shares
            note: root.browser.shareNote
        }
    }
}
