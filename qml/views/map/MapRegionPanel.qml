import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// What the lasso holds: its words and its concepts.
Panel {
    id: root
    required property MapModel model
    signal clearRequested()

    TallColumn {
        anchors.fill: parent
        spacing: Theme.spacing8
        visible: root.model.region.occurrences > 0

        AppText {
            Layout.fillWidth: true
            objectName: "regionTitle"
            text: root.model.region.title
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
        }
        AppButton {
            objectName: "clearLasso"
            text: qsTr("Clear lasso")
            onClicked: root.clearRequested()
        }
        AppText {
            Layout.fillWidth: true
            text: root.model.fineTuned ? qsTr("Fine-tuned concepts") : qsTr("Base concepts")
            font.pixelSize: Theme.textSmall
            font.weight: Font.DemiBold
        }
        ListView {
            id: list
            objectName: "regionConcepts"
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredHeight: 100 * Theme.scale // the same room as the words
            clip: true
            reuseItems: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            model: root.model.region
            ScrollBar.vertical: ScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Concepts in the lasso")

            delegate: ItemDelegate {
                id: row
                required property int index
                required property int conceptId
                required property string title
                required property string topWords
                required property string countText
                required property real fraction
                width: ListView.view.width
                implicitHeight: Math.round(38 * Theme.scale)
                padding: Theme.spacing4
                focusPolicy: Qt.NoFocus
                Accessible.name: qsTr("%1, %2, %3").arg(row.title).arg(row.countText).arg(row.topWords)
                onClicked: root.model.pickConcept(row.conceptId)
                background: Rectangle {
                    color: row.hovered ? Theme.raised : "transparent"
                    border.color: Theme.accent
                    border.width: list.activeFocus && row.ListView.isCurrentItem ? 1 : 0
                    Rectangle {
                        width: parent.width * row.fraction
                        height: 3
                        anchors.bottom: parent.bottom
                        color: root.model.fineTuned ? Theme.fineTuned : Theme.baseModel
                    }
                }
                contentItem: ColumnLayout {
                    spacing: 0
                    RowLayout {
                        AppText {
                            Layout.fillWidth: true
                            text: row.title
                            elide: Text.ElideRight
                            font.pixelSize: Theme.textSmall
                        }
                        AppText {
                            Layout.rightMargin: Theme.spacing8
                            text: row.countText
                            color: Theme.muted
                            font.pixelSize: Theme.textSmall
                        }
                    }
                    AppText {
                        Layout.fillWidth: true
                        text: row.topWords
                        elide: Text.ElideRight
                    }
                }
            }
            Keys.onReturnPressed: if (currentItem) root.model.pickConcept(currentItem.conceptId)
        }
        WordList {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredHeight: 100 * Theme.scale
            objectName: "regionWords"
            model: root.model.region.words
            title: qsTr("Words")
            copyable: true
        }
    }
    EmptyState {
        anchors.centerIn: parent
        visible: root.model.region.occurrences === 0
        text: qsTr("No lasso is drawn")
        hint: qsTr("Draw around points with Shift held, or choose Lasso, to list their words and concepts")
    }
}
