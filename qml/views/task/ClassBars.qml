import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// What a model gives each class; where it gives none, why.
ColumnLayout {
    id: root
    required property string title
    required property color ink
    required property ClassProbabilityModel classes
    property string missing: ""

    spacing: Theme.spacing4
    AppText {
        text: root.title
        color: root.ink
        font.weight: Font.DemiBold
    }
    AppText {
        Layout.fillWidth: true
        visible: root.classes.count === 0
        text: root.missing
        color: Theme.muted
        font.pixelSize: Theme.textSmall
        wrapMode: Text.Wrap
    }
    Column {
        id: bars
        Layout.fillWidth: true
        spacing: root.spacing
        Repeater {
            model: root.classes
            RowLayout {
                id: row
                required property string name
                required property int classIndex
                required property real probability
                required property string probabilityText
                required property bool best
                width: bars.width
                spacing: Theme.spacing8
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("%1, %2 %3").arg(root.title).arg(name).arg(probabilityText)
                ClassTag {
                    Layout.preferredWidth: 90 * Theme.scale
                    classIndex: row.classIndex
                    name: row.name
                    strong: row.best
                    clip: true
                }
                Rectangle {
                    Layout.fillWidth: true
                    implicitHeight: Math.round(12 * Theme.scale)
                    radius: 2
                    color: Theme.raised
                    Rectangle {
                        width: parent.width * row.probability
                        height: parent.height
                        radius: 2
                        color: Theme.classColor(row.classIndex)
                    }
                }
                AppText {
                    Layout.preferredWidth: 46 * Theme.scale
                    horizontalAlignment: Text.AlignRight
                    text: row.probabilityText
                    font.weight: row.best ? Font.DemiBold : Font.Normal
                }
            }
        }
    }
}
