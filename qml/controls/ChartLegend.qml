import QtQuick
import Palimpsest.Figures
import Palimpsest.Models

// The lines of a chart by colour, dash, mark and name, with their numbers at the layer in focus.
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
            required property color lightInk
            required property color darkInk
            required property bool dashed
            required property int shape
            required property string valueText
            spacing: Theme.spacing4

            ChartMark {
                height: label.height
                bar: root.chart.kind === ChartModel.StackedBars
                ink: Theme.dark ? entry.darkInk : entry.lightInk
                dashed: entry.dashed
                shape: entry.shape
                surfaceColor: Theme.surface
                font.pixelSize: Theme.textSmall
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
