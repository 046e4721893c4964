import QtQuick
import QtQuick.Controls.Basic
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// The slides in order. Up and Down choose, Ctrl+Up and Ctrl+Down move, Return goes to the place, Delete removes.
ListView {
    id: root
    required property Story story
    property int origin: -1 // row of the slide that is dragged
    property int target: -1 // row that it would come to stand at

    clip: true
    model: story
    cacheBuffer: 0
    currentIndex: story.current
    activeFocusOnTab: true
    boundsBehavior: Flickable.StopAtBounds
    highlightMoveDuration: 0
    keyNavigationEnabled: false // the current row belongs to the story
    ScrollBar.vertical: ScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Slides")

    Keys.onUpPressed: event => step(-1, event.modifiers)
    Keys.onDownPressed: event => step(1, event.modifiers)
    Keys.onReturnPressed: story.go(story.current)
    Keys.onEnterPressed: story.go(story.current)
    Keys.onDeletePressed: story.remove(story.current)

    function step(rows: int, modifiers: int) {
        if (modifiers & Qt.ControlModifier)
            story.move(story.current, story.current + rows);
        else
            story.current += rows;
    }
    function hoverAt(from: int, y: real) {
        root.origin = from;
        const row = indexAt(width / 2, y);
        root.target = row < 0 ? (y < 0 ? 0 : count - 1) : row;
    }
    function drop(from: int, kept: bool) {
        const to = root.target;
        root.target = -1;
        if (kept && to >= 0)
            story.move(from, to);
    }

    delegate: SlideDelegate {
        id: slide
        width: ListView.view.width
        selected: ListView.isCurrentItem
        onClicked: {
            root.forceActiveFocus(); // what was typed about another slide is kept first
            root.story.current = index;
        }
        onDoubleClicked: root.story.go(index)
        onDragMoved: y => root.hoverAt(index, y)
        onDropped: kept => root.drop(index, kept)
        Rectangle { // where a dragged slide would come
            readonly property bool below: root.origin < slide.index
            visible: root.target === slide.index && !slide.dragged
            y: below ? parent.height - height : 0
            width: parent.width
            height: 3
            color: Theme.accent
        }
    }
    FocusRing { parent: root; shown: root.activeFocus }
}
