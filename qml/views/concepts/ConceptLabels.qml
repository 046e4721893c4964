import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// The labels of the selected concept: which set, and how its members spread over it.
ColumnLayout {
    id: root
    property LabelBrowser labels: null

    visible: labels && labels.state === LabelBrowser.Ready
    spacing: Theme.spacing4

    RowLayout {
        spacing: Theme.spacing8
        AppText {
            Layout.fillWidth: true
            text: qsTr("Labels")
            font.weight: Font.DemiBold
        }
        AppComboBox {
            objectName: "labelSet"
            implicitHeight: Theme.controlHeight - 4
            label: qsTr("Label set")
            model: root.labels ? root.labels.labels.names : []
            currentIndex: root.labels ? root.labels.labels.current : -1
            onActivated: index => root.labels.labels.current = index
        }
    }
    Loader {
        Layout.fillWidth: true
        Layout.preferredHeight: item ? Math.min(item.contentHeight, 68 * Theme.scale) : 0
        active: root.labels
        sourceComponent: LabelShares {
            objectName: "conceptLabels"
            model: root.labels.shares
        }
    }
}
