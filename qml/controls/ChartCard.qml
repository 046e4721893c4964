import QtQuick
import QtQuick.Controls.Basic
import Palimpsest.Figures
import Palimpsest.Models

// A chart over the layers whose legend gives the numbers of the shown layer, or of the one pointed at.
// A click goes to the layer, and arrow keys where the chart has the keyboard.
Panel {
    id: root
    required property ChartModel chart
    property string topic: "" // of the registry of definitions; empty: no info button
    property int currentIndex: -1 // of the layer that the window shows
    readonly property alias picture: view // for a FigureSource
    readonly property alias pointedIndex: view.hoveredIndex
    signal indexActivated(int index)

    component LayerBand: Rectangle {
        required property int at
        x: view.x + view.plot.x + at * width
        y: view.y + view.plot.y
        width: view.plot.width / Math.max(1, view.count)
        height: view.plot.height
        visible: at >= 0 && at < view.count
    }

    actions: Loader {
        active: root.topic
        sourceComponent: InfoButton { topic: root.topic }
    }

    Binding {
        target: root.chart
        property: "focusIndex"
        value: root.pointedIndex >= 0 ? root.pointedIndex : root.currentIndex
    }
    LayerBand { // the shown layer
        at: root.currentIndex
        color: Theme.accentSoft
    }
    LayerBand { // the layer pointed at
        at: root.pointedIndex
        color: "transparent"
        border.color: Theme.accent
    }
    LayerChart {
        id: view
        objectName: "chartPicture"
        anchors { left: parent.left; right: parent.right; top: parent.top; bottom: legend.top }
        anchors.bottomMargin: Theme.spacing8
        activeFocusOnTab: true
        snapshot: root.chart.snapshot
        currentIndex: root.currentIndex
        dark: Theme.dark
        textColor: Theme.text
        mutedColor: Theme.muted
        borderColor: Theme.border
        surfaceColor: Theme.surface
        accentColor: Theme.accent
        font.pixelSize: Theme.textSmall
        onIndexPicked: index => root.indexActivated(index)
        Accessible.role: Accessible.Chart
        Accessible.name: root.title
        Accessible.description: count > 0 ? root.chart.readout : empty.text

        FocusRing { shown: view.activeFocus }
        AppToolTip { // within the plot: the card's title and button stay free
            readonly property real right: view.hoverPoint.x + Theme.spacing16
            x: right + width <= view.plot.x + view.plot.width ? right : Math.max(view.plot.x, view.hoverPoint.x - width - Theme.spacing16)
            y: Math.max(view.plot.y, Math.min(view.hoverPoint.y, view.plot.y + view.plot.height - height))
            visible: root.pointedIndex >= 0
            text: root.chart.readout
        }
    }
    EmptyState {
        id: empty
        anchors.centerIn: view
        visible: view.count === 0
        text: qsTr("There are no numbers yet")
    }
    ChartLegend {
        id: legend
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: Math.round(40 * Theme.scale) // two lines in each card of a row, so that plots line up
        chart: root.chart
    }
}
