import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The layers from the embedding output on, each before a bar of its kept share. Arrow keys move.
Rectangle {
    id: root
    required property StudySession session

    implicitHeight: 56 * Theme.scale
    color: Theme.surface

    LayerStripModel {
        id: layers
        session: root.session
    }
    Rectangle {
        width: parent.width
        height: 1
        color: Theme.border
    }
    RowLayout {
        anchors.fill: parent
        anchors.margins: Theme.spacing8
        anchors.leftMargin: Theme.spacing16
        anchors.rightMargin: Theme.spacing16
        spacing: Theme.spacing16

        Column {
            AppText {
                text: qsTr("Layer")
                font.weight: Font.DemiBold
            }
            AppText {
                text: qsTr("bars: share kept")
                color: Theme.muted
                font.pixelSize: Theme.textSmall
            }
        }
        Row {
            id: strip
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.spacing4

            Repeater {
                model: layers
                AbstractButton {
                    id: entry
                    required property int layerNumber
                    required property bool current
                    required property double keptShare
                    required property string keptText
                    required property string description
                    width: Math.min(220, (strip.width + strip.spacing) / layers.count - strip.spacing)
                    height: strip.height
                    padding: 0
                    checked: current
                    Accessible.role: Accessible.RadioButton
                    Accessible.name: description
                    ToolTip.visible: hovered || visualFocus
                    ToolTip.delay: 500
                    ToolTip.text: description
                    onClicked: root.session.layer = layerNumber

                    background: Rectangle {
                        radius: Theme.radius
                        color: entry.current ? Theme.accentSoft : entry.hovered ? Theme.raised : Theme.background
                        border.color: entry.current ? Theme.accent : Theme.border
                        border.width: entry.current ? 2 : 1
                        clip: true
                        Rectangle { // kept share
                            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: 3 }
                            height: (parent.height - 6) * Math.max(0, entry.keptShare)
                            radius: 3
                            color: Theme.kept
                            opacity: Theme.dark ? 0.4 : 0.28
                            Behavior on height { NumberAnimation { duration: Theme.quick } }
                        }
                        FocusRing { shown: entry.visualFocus }
                    }
                    contentItem: Item {
                        readonly property bool wide: entry.width > 70 * Theme.scale
                        AppText {
                            anchors { left: parent.left; leftMargin: parent.wide ? Theme.spacing8 : (parent.width - width) / 2 }
                            anchors.verticalCenter: parent.verticalCenter
                            text: entry.layerNumber
                            font.pixelSize: Theme.textLarge
                            font.weight: entry.current ? Font.DemiBold : Font.Normal
                        }
                        AppText {
                            anchors { right: parent.right; rightMargin: Theme.spacing8; verticalCenter: parent.verticalCenter }
                            visible: parent.wide
                            text: entry.keptText
                            font.pixelSize: Theme.textSmall
                        }
                    }
                }
            }
        }
    }
}
