import QtQuick

// A dialog that is made some time after the window's first frames, or when it is asked for before that. It stays, and
// so does what was typed into it.
Loader {
    id: root
    property bool shown: false // also opens and closes it

    active: false
    onShownChanged: if (shown !== (item !== null && item.visible))
        dialog().visible = shown

    /// The dialog itself, made by now.
    function dialog(): QtObject {
        active = true;
        return item;
    }

    Connections {
        target: root.item
        function onVisibleChanged() { root.shown = root.item.visible; }
    }
}
