import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls

// One occurrence in its sentence. The band at the left has the colour of the class, which is also named.
Item {
    id: root
    required property string markup
    required property string text
    required property int classIndex
    required property string className
    required property string lineText

    implicitHeight: column.implicitHeight + 2 * Theme.spacing4
    Accessible.role: Accessible.ListItem
    Accessible.name: className ? qsTr("%1, class %2").arg(text).arg(className) : text

    Rectangle {
        y: 2
        width: 3
        height: parent.height - 4
        radius: 1
        color: Theme.classColor(root.classIndex)
        visible: root.className
    }
    ColumnLayout {
        id: column
        x: Theme.spacing12
        y: Theme.spacing4
        width: parent.width - Theme.spacing12 - Theme.spacing12
        spacing: 1
        AppText {
            Layout.fillWidth: true
            text: root.markup
            textFormat: Text.StyledText
            wrapMode: Text.Wrap
            lineHeight: 1.1
        }
        Row {
            spacing: Theme.spacing8
            AppText {
                visible: text
                text: root.className
                font.pixelSize: Theme.textSmall
                font.weight: Font.DemiBold
                color: Theme.classColor(root.classIndex)
            }
            AppText {
                text: root.lineText
                font.pixelSize: Theme.textSmall
                color: Theme.muted
            }
        }
    }
}
