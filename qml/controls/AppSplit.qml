import QtQuick
import QtQuick.Controls.Basic

// Parts side by side, or one above the other, whose sizes are kept between sittings under the name `keptAs`.
SplitView {
    id: root
    required property string keptAs

    orientation: Qt.Horizontal
    handle: SplitGrip { rotation: root.orientation === Qt.Vertical ? 90 : 0 }
    Component.onCompleted: if (Theme.settings)
        restoreState(Theme.settings.split(keptAs))
    onResizingChanged: if (!resizing && Theme.settings)
        Theme.settings.keepSplit(keptAs, saveState())
}
