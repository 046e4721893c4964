import QtQuick
import Palimpsest.Controls
import Palimpsest.Models

// Words of polar concepts, or triggers that were found: a click puts one in front, a drag puts it anywhere.
Flow {
    id: root
    required property TriggerWordModel triggers
    signal chosen(int row)

    spacing: Theme.spacing4
    Repeater {
        model: root.triggers
        Item {
            id: slot
            required property int index
            required property string word
            required property int classIndex
            required property string className
            implicitWidth: chip.implicitWidth
            implicitHeight: chip.implicitHeight

            Rectangle {
                id: chip
                property int row: slot.index
                objectName: "trigger" + slot.index
                implicitWidth: label.implicitWidth + 2 * Theme.spacing8
                implicitHeight: Math.round(24 * Theme.scale)
                width: implicitWidth
                height: implicitHeight
                radius: height / 2
                color: hover.hovered || activeFocus ? Theme.accentSoft : Theme.surface
                border.color: Theme.classColor(slot.classIndex)
                border.width: activeFocus ? 2 : 1
                activeFocusOnTab: true
                Accessible.role: Accessible.Button
                Accessible.name: qsTr("Put %1 (%2) in front of the sentence").arg(slot.word).arg(slot.className)
                Keys.onReturnPressed: root.chosen(slot.index)
                Keys.onSpacePressed: root.chosen(slot.index)
                Drag.keys: ["palimpsest/trigger"]
                Drag.hotSpot: Qt.point(drag.centroid.pressPosition.x, drag.centroid.pressPosition.y)
                z: drag.active ? 1 : 0

                AppText {
                    id: label
                    anchors.centerIn: parent
                    text: slot.word
                }
                HoverHandler { id: hover; cursorShape: Qt.PointingHandCursor }
                TapHandler { onTapped: root.chosen(slot.index) }
                DragHandler {
                    id: drag
                    onActiveChanged: {
                        if (active)
                            chip.Drag.start();
                        else
                            chip.Drag.drop();
                        chip.x = active ? chip.x : 0; // back into the tray
                        chip.y = active ? chip.y : 0;
                    }
                }
            }
        }
    }
}
