import QtQuick
import QtQuick.Window
import Palimpsest.Controls
import Palimpsest.Models

// A talk in the window: full screen, large type, a fade from slide to slide, a dark screen, the speaker's window.
// Lies over the window.
Item {
    id: root
    required property Story story
    required property StudySession session
    required property Window window
    required property Item stage // what the room sees of a slide
    required property Item live // the views in it
    readonly property alias presentation: talk
    readonly property bool active: talk.active
    readonly property real typeScale: active ? Math.max(1.15, Math.min(1.8, window.height / 760)) : 1
    property int before: Window.Windowed // how the window was

    Component.onCompleted: talk.watch(window)

    Presentation {
        id: talk
        story: root.story
        still: Theme.still
        speakerShown: Qt.application.screens.length > 1
        onActiveChanged: active ? root.enter() : root.leave()
        onLeaving: root.stage.grabToImage(result => root.fade(result))
        onArrived: root.forceActiveFocus()
        onExploringChanged: if (exploring) root.live.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
    }

    function enter() {
        root.before = root.window.visibility;
        root.window.visibility = Window.FullScreen;
        root.forceActiveFocus();
    }
    function leave() {
        root.window.visibility = root.before;
        old.source = "";
    }
    // The screen that the room does not see; the only one where there is one.
    function otherScreen(): int {
        const screens = Qt.application.screens;
        return screens.length > 1 && screens[0].name === root.window.screen.name ? 1 : 0;
    }
    function fade(result: var) {
        fading.stop();
        old.source = result.url;
        old.grabbed = result; // keeps the picture
        old.opacity = 1;
        talk.proceed();
        settle.restart();
    }

    Timer { // the new place is compared and drawn behind the old picture
        id: settle
        interval: 60
        onTriggered: root.session.comparing ? restart() : fading.start()
    }
    Rectangle { // the picture has none of its own
        anchors.fill: old
        visible: old.visible
        opacity: old.opacity
        color: Theme.background
    }
    Image {
        id: old
        property var grabbed
        x: root.stage.mapToItem(root, 0, 0).x
        y: root.stage.mapToItem(root, 0, 0).y
        width: root.stage.width
        height: root.stage.height
        visible: opacity > 0 && source != ""
        opacity: 0
        NumberAnimation on opacity {
            id: fading
            running: false
            to: 0
            duration: 340
            easing.type: Easing.InOutQuad
        }
    }
    Rectangle {
        objectName: "darkScreen"
        anchors.fill: parent
        visible: talk.blank
        color: "black"
        TapHandler { onTapped: talk.setBlank(false) }
    }
    Loader {
        active: talk.active && talk.speakerShown
        sourceComponent: SpeakerWindow {
            visible: true
            story: root.story
            presentation: talk
            screen: Qt.application.screens[root.otherScreen()]
        }
    }
}
