import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Above the view while presenting: what the slide says, large.
Rectangle {
    id: root
    required property Story story

    implicitHeight: title.implicitHeight + 2 * Theme.spacing16
    color: Theme.background

    AppText {
        id: title
        objectName: "slideHeading"
        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter }
        anchors.margins: Theme.spacing12
        text: root.story.title
        textFormat: Text.PlainText
        font.pixelSize: Theme.textDisplay
        font.weight: Font.DemiBold
        wrapMode: Text.Wrap
        maximumLineCount: 2
        elide: Text.ElideRight
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
}
