import QtQuick
import QtQuick.Controls.Basic
import QtCharts
import Palimpsest.Models

// A chart over the layers whose legend gives the numbers of the shown layer, or of the one pointed at.
// A click goes to the layer.
Panel {
    id: root
    required property ChartModel chart
    property string topic: "" // of the registry of definitions; empty: no info button
    property int currentIndex: -1 // of the layer that the window shows
    readonly property int pointedIndex: hover.containsMouse ? indexAt(hover.mouseX) : -1
    signal indexActivated(int index)

    function indexAt(x: real): int {
        const share = x / Math.max(1, hover.width)
        return Math.max(0, Math.min(chart.pointCount - 1, Math.floor(share * chart.pointCount)))
    }
    function bandX(index: int): real {
        return view.plotArea.x + index * view.plotArea.width / Math.max(1, chart.pointCount)
    }

    actions: Loader {
        active: root.topic
        sourceComponent: InfoButton { topic: root.topic }
    }
    Accessible.role: Accessible.Chart
    Accessible.name: title
    Accessible.description: subtitle

    Binding {
        target: root.chart
        property: "focusIndex"
        value: root.pointedIndex >= 0 ? root.pointedIndex : root.currentIndex
    }
    Component.onCompleted: filler.redraw()
    SeriesFiller {
        id: filler
        anchor: anchorSeries
        chart: root.chart
        active: root.visible
        baseColor: Theme.baseModel
        fineTunedColor: Theme.fineTuned
        statusColors: Theme.statusColors
        classColors: Theme.classColors
        textColor: Theme.text
        mutedColor: Theme.muted
        gridColor: Theme.border
        surfaceColor: Theme.surface
        textSize: Theme.textSmall
    }
    Rectangle { // the shown layer
        visible: root.currentIndex >= 0 && root.chart.pointCount > 0
        x: view.x + root.bandX(root.currentIndex)
        y: view.y + view.plotArea.y
        width: view.plotArea.width / Math.max(1, root.chart.pointCount)
        height: view.plotArea.height
        color: Theme.accentSoft
    }
    Rectangle { // the layer pointed at
        visible: root.pointedIndex >= 0
        x: view.x + root.bandX(root.pointedIndex)
        y: view.y + view.plotArea.y
        width: view.plotArea.width / Math.max(1, root.chart.pointCount)
        height: view.plotArea.height
        color: "transparent"
        border.color: Theme.accent
    }
    ChartView {
        id: view
        anchors { left: parent.left; right: parent.right; top: parent.top; bottom: legend.top }
        plotArea: Qt.rect(Math.round(50 * Theme.scale), Math.round(18 * Theme.scale), width - Math.round(54 * Theme.scale), height - Math.round(58 * Theme.scale))
        backgroundColor: "transparent"
        plotAreaColor: "transparent"
        antialiasing: true
        legend.visible: false
        margins { left: 0; right: 0; top: 0; bottom: 0 }
        LineSeries {
            id: anchorSeries
            visible: false
        }
    }
    MouseArea {
        id: hover
        x: view.x + view.plotArea.x
        y: view.y + view.plotArea.y
        width: view.plotArea.width
        height: view.plotArea.height
        hoverEnabled: true
        cursorShape: Qt.PointingHandCursor
        onClicked: mouse => root.indexActivated(root.indexAt(mouse.x))
        AppToolTip { // within the plot: the card's title and button stay free
            readonly property real right: hover.mouseX + Theme.spacing16
            x: right + width <= hover.width ? right : Math.max(0, hover.mouseX - width - Theme.spacing16)
            y: Math.max(0, Math.min(hover.mouseY, hover.height - height))
            visible: hover.containsMouse
            text: root.chart.readout
        }
    }
    ChartLegend {
        id: legend
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: Math.round(40 * Theme.scale) // two lines in each card of a row, so that plots line up
        chart: root.chart
    }
}
