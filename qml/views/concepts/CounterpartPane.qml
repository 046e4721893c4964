import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The concept of the other model that shares most with the selected one, what they share, and the others.
Panel {
    id: root
    required property ConceptBrowser browser
    readonly property bool baseSelected: browser.card.side === Selection.Base

    TallColumn {
        anchors.fill: parent
        anchors.topMargin: Theme.spacing4
        spacing: Theme.spacing12
        visible: root.browser.counterpart.valid

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.spacing8
            AppText {
                Layout.fillWidth: true
                text: qsTr("Counterpart")
                font.pixelSize: Theme.textLarge
                color: Theme.muted
                elide: Text.ElideRight
            }
            InfoButton { topic: "overlap" }
            AppButton {
                objectName: "goToCounterpart"
                text: root.width > 300 * Theme.scale ? qsTr("Go to counterpart") : qsTr("Go to")
                Accessible.name: qsTr("Go to counterpart")
                toolTip: qsTr("Select this concept instead (Enter in the list)")
                onClicked: root.browser.goToCounterpart()
            }
        }
        ConceptHeader {
            Layout.fillWidth: true
            card: root.browser.counterpart
            explain: false
        }
        ClassShares {
            Layout.fillWidth: true
            model: root.browser.counterpart.classes
        }
        OverlapShares {
            Layout.fillWidth: true
            pair: root.browser.pair
        }
        WordDifference {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredHeight: 150 * Theme.scale
            browser: root.browser
            baseFirst: root.baseSelected
            onlyBaseTitle: root.baseSelected ? qsTr("Only here") : qsTr("Only there")
            onlyFineTunedTitle: root.baseSelected ? qsTr("Only there") : qsTr("Only here")
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.spacing8
            AppText {
                Layout.fillWidth: true
                text: qsTr("All concepts that share members")
                font.weight: Font.DemiBold
                elide: Text.ElideRight
            }
            AppText {
                text: qsTr("of this")
                font.pixelSize: Theme.textSmall
                color: Theme.muted
            }
            AppText {
                Layout.rightMargin: Theme.spacing12
                text: qsTr("of that")
                font.pixelSize: Theme.textSmall
                color: Theme.muted
            }
        }
        ListView {
            id: list
            objectName: "overlapList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredHeight: 75 * Theme.scale
            clip: true
            reuseItems: true
            cacheBuffer: 0
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            model: root.browser.overlaps
            ScrollBar.vertical: ScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Concepts that share members with %1").arg(root.browser.card.title)
            Keys.onReturnPressed: root.browser.showOverlap(currentIndex)
            delegate: OverlapDelegate {
                id: row
                width: ListView.view.width
                shown: row.conceptId === root.browser.counterpart.conceptId
                barColor: root.baseSelected ? Theme.baseModel : Theme.fineTuned
                onClicked: root.browser.showBeside(row.conceptId)
            }
            FocusRing { parent: list; shown: list.activeFocus }
        }
    }
    EmptyState {
        anchors.centerIn: parent
        visible: !root.browser.counterpart.valid
        text: qsTr("No counterpart to show")
        hint: qsTr("The concept of the other model that shares most with the selected one stands here")
    }
}
