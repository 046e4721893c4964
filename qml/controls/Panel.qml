import QtQuick
import QtQuick.Layouts

// A sheet with an optional title and actions at its right; children go below and place themselves.
Rectangle {
    id: root
    property string title: ""
    property string subtitle: ""
    property int padding: Theme.spacing12
    property alias actions: actionRow.data
    default property alias content: body.data

    radius: Theme.radius
    color: Theme.surface
    border.color: Theme.border
    implicitWidth: 240
    implicitHeight: 160

    RowLayout {
        id: header
        anchors { left: parent.left; right: parent.right; top: parent.top }
        anchors.margins: root.padding
        visible: root.title
        height: visible ? implicitHeight : 0
        spacing: Theme.spacing8
        AppText {
            Layout.fillWidth: !root.subtitle
            elide: Text.ElideRight
            text: root.title
            font.pixelSize: Theme.textLarge
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        AppText {
            Layout.fillWidth: true
            visible: text
            text: root.subtitle
            color: Theme.muted
            elide: Text.ElideRight
        }
        Row {
            id: actionRow
            spacing: Theme.spacing4
        }
    }
    Item {
        id: body
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom; top: header.bottom }
        anchors.leftMargin: root.padding
        anchors.rightMargin: root.padding
        anchors.bottomMargin: root.padding
        anchors.topMargin: header.visible ? Theme.spacing8 : 0
    }
}
