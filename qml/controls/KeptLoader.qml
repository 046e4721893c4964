import QtQuick

// Makes what it holds when it is first seen, and keeps it.
Loader {
    active: false
    onVisibleChanged: active = active || visible
    Component.onCompleted: active = visible
}
