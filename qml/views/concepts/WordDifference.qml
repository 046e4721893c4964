import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The words of two concepts: in both (count in base · count in fine-tuned), and in one alone.
RowLayout {
    id: root
    required property ConceptBrowser browser
    property string onlyBaseTitle: qsTr("Only base")
    property string onlyFineTunedTitle: qsTr("Only fine-tuned")
    property bool baseFirst: true

    spacing: Theme.spacing8

    WordList {
        objectName: "sharedWords"
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 104
        title: qsTr("Shared")
        model: root.browser.sharedWords
        emptyText: qsTr("None")
    }
    WordList {
        objectName: "firstWords"
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 100
        title: root.baseFirst ? root.onlyBaseTitle : root.onlyFineTunedTitle
        model: root.baseFirst ? root.browser.onlyBaseWords : root.browser.onlyFineTunedWords
        barColor: Qt.alpha(root.baseFirst ? Theme.baseModel : Theme.fineTuned, 0.22)
        emptyText: qsTr("None")
    }
    WordList {
        objectName: "secondWords"
        Layout.fillWidth: true
        Layout.fillHeight: true
        Layout.preferredWidth: 118
        title: root.baseFirst ? root.onlyFineTunedTitle : root.onlyBaseTitle
        model: root.baseFirst ? root.browser.onlyFineTunedWords : root.browser.onlyBaseWords
        barColor: Qt.alpha(root.baseFirst ? Theme.fineTuned : Theme.baseModel, 0.22)
        emptyText: qsTr("None")
    }
}
