import QtQuick
import QtQuick.Controls.Basic
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models

// One chart per label set: aligned concepts over the layers, base dashed, fine-tuned solid, chance as a band.
Flickable {
    id: root
    required property LabelBrowser browser
    readonly property int columns: Math.max(1, Math.floor(width / (260 * Theme.scale)))
    readonly property int rows: Math.ceil(browser.curves.count / columns)

    clip: true
    contentHeight: grid.height
    boundsBehavior: Flickable.StopAtBounds
    ScrollBar.vertical: ScrollBar {}

    Grid {
        id: grid
        width: root.width
        columns: root.columns
        spacing: Theme.spacing8
        Repeater {
            model: root.browser.curves
            ChartCard {
                id: card
                required property int index
                required property string name
                width: Math.floor((grid.width - (root.columns - 1) * grid.spacing) / root.columns)
                height: Math.max(270 * Theme.scale, Math.min(420 * Theme.scale, (root.height - (root.rows - 1) * grid.spacing) / root.rows))
                title: name
                border.color: index === root.browser.labels.current ? Theme.accent : Theme.border
                currentIndex: chart.layerNames.indexOf(root.browser.pickedLayer.toString())
                onIndexActivated: layer => {
                    root.browser.labels.current = index;
                    root.browser.pickCell(-1, parseInt(chart.layerNames[layer]), root.browser.pickedSide);
                }
                FigureSource {
                    name: "label-curve-" + (card.index + 1)
                    title: qsTr("Concepts with a label of %1, by layer").arg(card.name)
                    caption: qsTr("Concepts of which at least %1 of the occurrences carry one label; the bands are 95 % of random partitions with concepts of the same sizes.").arg(Math.round(root.browser.labels.theta * 100) + " %")
                    provider: card.picture
                    ofLayer: false
                }
            }
        }
    }
}
