import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Views
import Palimpsest.Models

// The selected cell: which concepts, how much they share, and the difference in words.
Panel {
    id: root
    required property ConceptBrowser browser
    readonly property ConceptPair pair: browser.pair

    TallColumn {
        anchors.fill: parent
        spacing: Theme.spacing8
        visible: root.pair.valid

        AppText {
            text: qsTr("Selected cell")
            font.pixelSize: Theme.textLarge
            font.weight: Font.DemiBold
        }
        AppText {
            Layout.fillWidth: true
            text: root.pair.baseTitle
            color: Theme.baseModel
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
        }
        AppText {
            Layout.fillWidth: true
            text: root.pair.baseWords
            wrapMode: Text.Wrap
        }
        AppText {
            Layout.fillWidth: true
            text: root.pair.fineTunedTitle
            color: Theme.fineTuned
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
        }
        AppText {
            Layout.fillWidth: true
            text: root.pair.fineTunedWords
            wrapMode: Text.Wrap
        }
        OverlapShares {
            Layout.fillWidth: true
            Layout.topMargin: Theme.spacing4
            pair: root.pair
        }
        WordDifference {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.topMargin: Theme.spacing8
            Layout.preferredHeight: 130 * Theme.scale
            browser: root.browser
        }
    }
    EmptyState {
        anchors.centerIn: parent
        visible: !root.pair.valid
        text: qsTr("No cell is selected")
        hint: qsTr("Click a cell of the matrix, or move with the arrow keys")
    }
}
