import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// What fine-tuning did, over all layers: a sentence, three charts and the numbers behind them.
FocusScope {
    id: root
    required property StudySession session
    required property OverviewModel overview

    EmptyState {
        anchors.centerIn: parent
        visible: !root.overview.available
        busy: root.session.open && root.session.summarizing
        text: root.session.open ? qsTr("Comparing the models in all layers…")
                                : qsTr("Open a project to see what fine-tuning did")
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spacing12
        spacing: Theme.spacing12
        visible: root.overview.available

        AppText {
            Layout.fillWidth: true
            text: root.overview.headline
            textFormat: Text.StyledText
            linkColor: Theme.accent
            font.pixelSize: Theme.textTitle
            wrapMode: Text.Wrap
            lineHeight: 1.15
            Accessible.role: Accessible.StaticText
            Accessible.name: root.overview.plainHeadline
            onLinkActivated: link => root.overview.activateLink(link)
            HoverHandler { cursorShape: parent.hoveredLink ? Qt.PointingHandCursor : Qt.ArrowCursor }
        }
        HelpLine {
            Layout.fillWidth: true
            text: qsTr("%1. A concept is kept when it and a concept of the other model hold at least θ of each other; a task concept has at least θ of its 5 or more occurrences in sentences of one class. Click a chart or a row to go to a layer.").arg(root.overview.basis)
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: 240
            spacing: Theme.spacing12
            ChartCard {
                Layout.fillWidth: true
                Layout.fillHeight: true
                title: qsTr("Kept and new")
                chart: root.overview.keptChart
                currentIndex: root.overview.layerIndex
                onIndexActivated: index => root.overview.activateIndex(index)
            }
            ChartCard {
                Layout.fillWidth: true
                Layout.fillHeight: true
                title: qsTr("What became of base concepts")
                chart: root.overview.statusChart
                currentIndex: root.overview.layerIndex
                onIndexActivated: index => root.overview.activateIndex(index)
            }
            ChartCard {
                Layout.fillWidth: true
                Layout.fillHeight: true
                visible: root.session.classNames.length > 0
                title: qsTr("Task concepts")
                chart: root.overview.taskChart
                currentIndex: root.overview.layerIndex
                onIndexActivated: index => root.overview.activateIndex(index)
            }
        }
        LayerTable {
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(implicitHeight, root.height * 0.4)
            overview: root.overview
            session: root.session
        }
    }
}
