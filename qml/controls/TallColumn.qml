import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts

// A column that fills its place. Where the place is too low for what stands in it (large type, small window) it
// scrolls and squeezes nothing; a part that stretches says by Layout.preferredHeight how low it may become.
Flickable {
    id: root
    default property alias parts: column.data
    property alias spacing: column.spacing
    readonly property Item focused: Window.activeFocusItem

    contentHeight: column.height
    interactive: contentHeight > height
    clip: interactive
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar {}
    onFocusedChanged: if (interactive && holds(focused))
        reveal(focused.mapToItem(column, 0, 0).y, focused.height)

    function holds(item: Item): bool {
        while (item && item !== column)
            item = item.parent;
        return item === column;
    }
    function reveal(top: real, high: real) {
        const lowest = Math.max(0, Math.min(top, contentHeight - height));
        contentY = Math.min(Math.max(contentY, Math.min(lowest, top + high - height)), lowest);
    }

    ColumnLayout {
        id: column
        width: root.width
        height: Math.max(implicitHeight, root.height)
    }
}
