import QtQuick
import Palimpsest.Models

// The lines of a chart by colour, dash and name, with their numbers at the layer in focus.
Flow {
    id: root
    required property ChartModel chart
    spacing: Theme.spacing8

    AppText {
        text: root.chart.focusTitle
        color: Theme.muted
        font.pixelSize: Theme.textSmall
        font.weight: Font.DemiBold
    }
    Repeater {
        model: root.chart
        Row {
            id: entry
            required property string name
            required property int colorPalette
            required property int colorIndex
            required property bool dashed
            required property string valueText
            readonly property color ink: colorPalette === ChartModel.StatusColor ? Theme.statusColor(colorIndex)
                : colorPalette === ChartModel.ClassColor ? Theme.classColor(colorIndex)
                : colorPalette === ChartModel.MutedColor ? Theme.muted
                : colorIndex === 0 ? Theme.baseModel : Theme.fineTuned
            readonly property bool bar: root.chart.kind === ChartModel.StackedBars
            spacing: Theme.spacing4

            Item {
                width: entry.bar ? 12 : 26
                height: label.height
                Rectangle { // bar, or the whole line
                    anchors.verticalCenter: parent.verticalCenter
                    width: entry.bar ? 12 : entry.dashed ? 7 : 26
                    height: entry.bar ? 12 : 2
                    color: entry.ink
                }
                Rectangle { // the second dash
                    anchors.verticalCenter: parent.verticalCenter
                    visible: entry.dashed
                    x: 19
                    width: 7
                    height: 2
                    color: entry.ink
                }
                Rectangle { // mark
                    anchors.centerIn: parent
                    visible: !entry.bar
                    width: 8
                    height: 8
                    radius: 4
                    color: entry.dashed ? Theme.surface : entry.ink
                    border.color: entry.ink
                    border.width: 1.5
                }
            }
            AppText {
                id: label
                text: entry.name
                font.pixelSize: Theme.textSmall
            }
            AppText {
                text: entry.valueText
                font.pixelSize: Theme.textSmall
                font.weight: Font.DemiBold
            }
        }
    }
}
