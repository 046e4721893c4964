import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Task concepts of the shown layer, the most polar first. Return or a click selects one everywhere.
Panel {
    id: root
    required property TaskModel model
    required property Selection selection
    readonly property TaskPolarityModel polarity: model.polarity

    title: qsTr("Most polar concepts")
    subtitle: polarity.summary
    actions: [
        InfoButton {
            anchors.verticalCenter: parent.verticalCenter
            topic: "polarity"
        }
    ]

    function choose(row: Item) {
        if (row !== null)
            selection.selectConcept(row.side, row.conceptId);
    }

    Flow {
        id: controls
        anchors { left: parent.left; right: parent.right; top: parent.top }
        spacing: Theme.spacing8
        SegmentedControl {
            objectName: "polaritySide"
            accessibleName: qsTr("Whose concepts are listed")
            labels: [qsTr("Base"), qsTr("Fine-tuned")]
            currentIndex: root.polarity.fineTuned ? 1 : 0
            onActivated: index => root.polarity.fineTuned = index === 1
        }
        AppComboBox {
            objectName: "polarityDefinition"
            implicitWidth: 190 * Theme.scale
            label: qsTr("Class of a sentence")
            model: root.polarity.hasPredictions ? [qsTr("Gold class"), qsTr("Predicted class"), qsTr("Gold where right")] : [qsTr("Gold class")]
            currentIndex: Math.min(root.polarity.definition, count - 1)
            onActivated: index => root.polarity.definition = index
        }
        AppComboBox {
            objectName: "polarityClass"
            label: qsTr("Class")
            model: [qsTr("All classes"), ...root.model.classNames]
            currentIndex: root.polarity.classIndex + 1
            onActivated: index => root.polarity.classIndex = index - 1
        }
        AppCheckBox {
            objectName: "balanced"
            text: qsTr("As if classes were equally frequent")
            checked: root.polarity.balanced
            onToggled: root.polarity.balanced = checked
        }
    }
    ListView {
        id: list
        objectName: "polarConcepts"
        anchors { left: parent.left; right: parent.right; top: controls.bottom; bottom: parent.bottom }
        anchors.topMargin: Theme.spacing8
        clip: true
        reuseItems: true
        cacheBuffer: 0
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        model: root.polarity.concepts
        ScrollBar.vertical: ScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Most polar concepts, %1").arg(root.polarity.summary)
        Keys.onReturnPressed: root.choose(currentItem)
        Keys.onSpacePressed: root.choose(currentItem)
        delegate: PolarConceptDelegate {
            width: ListView.view.width - Theme.spacing12
            selected: root.selection.conceptId === conceptId && root.selection.side === side
            highlighted: ListView.isCurrentItem && list.activeFocus
            onChosen: {
                list.currentIndex = index;
                root.choose(this);
            }
        }
        FocusRing { parent: list; shown: list.activeFocus }
        Connections { // a reset leaves a list without a current row
            target: root.polarity
            function onChanged() { list.currentIndex = Math.max(0, list.currentIndex); }
        }
        AppText {
            anchors.centerIn: parent
            width: Math.min(parent.width - 2 * Theme.spacing16, 460 * Theme.scale)
            visible: list.count === 0
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            color: Theme.muted
            text: root.polarity.computing ? qsTr("Counting…") : qsTr("No concept of this layer belongs to one class at this θ; lower θ or go to a higher layer")
        }
    }
}
