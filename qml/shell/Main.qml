import QtQuick
import QtQuick.Controls.Basic
import Palimpsest.Controls
import Palimpsest.Models

// The window.
ApplicationWindow {
    id: root
    required property StudySession session
    required property Selection selection
    required property JobController jobs

    width: 1280
    height: 800
    visible: true
    title: session.open ? session.projectName : "Palimpsest"
    color: Theme.background
}
