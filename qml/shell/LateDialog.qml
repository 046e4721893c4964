import QtQuick

// A dialog that is made after the window's first frames, a little at a time, or at once when it is asked for before
// that. It stays, and so does what was typed into it.
Loader {
    id: root
    property bool shown: false // also opens and closes it

    active: false
    asynchronous: true
    onShownChanged: if (shown !== (item !== null && item.visible))
        dialog().visible = shown

    /// The dialog itself, made by now.
    function dialog(): QtObject {
        active = true;
        asynchronous = false;
        return item;
    }

    Connections {
        target: root.item
        function onVisibleChanged() { root.shown = root.item.visible; }
    }
}
