import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The concepts of a layer, filtered and sorted. Arrow keys move the selection, Enter goes to the counterpart.
Panel {
    id: root
    required property ConceptBrowser browser
    readonly property ConceptFilterModel concepts: browser.concepts

    title: qsTr("Concepts")
    subtitle: concepts.countText

    ColumnLayout {
        anchors.fill: parent
        spacing: Theme.spacing8

        AppTextField {
            objectName: "wordFilter"
            Layout.fillWidth: true
            placeholderText: qsTr("Contains word…")
            label: qsTr("Only concepts with a word that contains this text")
            text: root.concepts.text
            onTextEdited: root.concepts.text = text
            Keys.onDownPressed: list.forceActiveFocus()
            Keys.onEscapePressed: root.concepts.text = ""
        }
        // Rows of filters are no layouts: one that is out of sight misses that a part of it has appeared.
        Item {
            readonly property real half: (width - Theme.spacing8) / 2
            Layout.fillWidth: true
            implicitHeight: Theme.controlHeight
            AppComboBox {
                objectName: "statusFilter"
                width: classFilter.visible ? parent.half : parent.width
                label: qsTr("Status")
                model: [qsTr("Any status"), qsTr("Kept"), qsTr("Split"), qsTr("Merged"), qsTr("New"), qsTr("Vanished")]
                currentIndex: root.concepts.status + 1
                onActivated: index => root.concepts.status = index - 1
            }
            AppComboBox {
                id: classFilter
                objectName: "classFilter"
                anchors.right: parent.right
                width: parent.half
                label: qsTr("Task class")
                visible: root.browser.classNames.length > 0
                model: root.concepts.taskClassChoices
                currentIndex: root.concepts.taskClassChoice
                onActivated: index => root.concepts.taskClassChoice = index
            }
        }
        Item {
            readonly property real half: (width - Theme.spacing8) / 2
            Layout.fillWidth: true
            implicitHeight: Theme.controlHeight
            visible: root.browser.annotations !== null || labelFilter.count > 0
            AppComboBox {
                id: nameFilter
                objectName: "nameFilter"
                width: labelFilter.count > 0 ? parent.half : parent.width
                visible: root.browser.annotations !== null
                label: qsTr("Names and tags")
                model: root.concepts.annotationChoices
                currentIndex: root.concepts.annotationChoice
                onActivated: index => root.concepts.setAnnotationChoice(index)
            }
            AppComboBox {
                id: labelFilter
                objectName: "labelFilter"
                anchors.right: parent.right
                width: root.browser.annotations !== null ? parent.half : parent.width
                label: qsTr("Label")
                visible: count > 0
                model: root.concepts.labelChoices
                currentIndex: root.concepts.labelChoice
                onActivated: index => root.concepts.labelChoice = index
            }
        }
        Row {
            id: sorting
            readonly property bool wide: root.width > 310 * Theme.scale
            Layout.fillWidth: true
            spacing: Theme.spacing8
            AppComboBox {
                objectName: "sortKey"
                width: sorting.width - direction.width - minimum.width - 2 * sorting.spacing
                    - (sorting.wide ? minimumLabel.width + sorting.spacing : 0)
                label: qsTr("Sorted by")
                model: [qsTr("By size"), qsTr("By number"), qsTr("By overlap"), qsTr("By polarity"), qsTr("By label share")]
                currentIndex: root.concepts.sortKey
                onActivated: index => root.concepts.sortKey = index
            }
            AppButton {
                id: direction
                text: root.concepts.descending ? "↓" : "↑"
                toolTip: root.concepts.descending ? qsTr("Largest first") : qsTr("Smallest first")
                Accessible.name: toolTip
                onClicked: root.concepts.descending = !root.concepts.descending
            }
            AppText {
                id: minimumLabel
                visible: sorting.wide
                height: minimum.height
                verticalAlignment: Text.AlignVCenter
                text: qsTr("Min. size")
                color: Theme.muted
            }
            AppSpinBox {
                id: minimum
                objectName: "minimumSize"
                label: qsTr("Smallest number of occurrences")
                width: sorting.wide ? implicitWidth : 64 * Theme.scale
                from: 1
                to: 9999
                value: root.concepts.minimumSize
                onValueModified: root.concepts.minimumSize = value
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.leftMargin: -root.padding + 1
            Layout.rightMargin: -root.padding + 1

            ListView {
                id: list
                objectName: "conceptList"
                anchors.fill: parent
                clip: true
                reuseItems: true
                cacheBuffer: 0 // items made ahead of need outlive a reset in Qt 6.4 and warn
                focus: true
                activeFocusOnTab: true
                keyNavigationEnabled: false
                boundsBehavior: Flickable.StopAtBounds
                highlightMoveDuration: 0
                model: root.concepts
                currentIndex: root.browser.currentRow
                ScrollBar.vertical: ScrollBar {}
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Concepts of layer %1").arg(root.browser.layer)

                Keys.onUpPressed: root.browser.step(-1)
                Keys.onDownPressed: root.browser.step(1)
                Keys.onReturnPressed: root.browser.goToCounterpart()
                Keys.onEnterPressed: root.browser.goToCounterpart()
                Keys.onPressed: event => root.browser.stepByKey(event.key, Math.floor(height / 50 / Theme.scale))
                    && (event.accepted = true)

                delegate: ConceptDelegate {
                    id: row
                    width: ListView.view.width
                    selected: row.ListView.isCurrentItem
                    showSide: root.concepts.shown === Selection.ShowBoth
                    onClicked: {
                        list.forceActiveFocus();
                        root.browser.selectRow(row.index);
                    }
                }
                FocusRing { parent: list; shown: list.activeFocus }
            }
            EmptyState {
                objectName: "emptyList"
                anchors.centerIn: parent
                visible: root.concepts.count === 0
                text: qsTr("No concept fits the filter")
                actionText: root.concepts.filtered ? qsTr("Clear filter") : ""
                onTriggered: root.concepts.clearFilter()
            }
        }
    }
}
