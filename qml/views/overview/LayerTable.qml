import QtQuick
import QtQuick.Controls.Basic
import Palimpsest.Controls
import Palimpsest.Models

// The numbers of all layers; a click on a row, or the up and down keys, go to a layer.
Panel {
    id: root
    required property OverviewModel overview
    required property StudySession session

    implicitHeight: header.implicitHeight + table.contentHeight + 2 * padding + 2
    AppButton {
        z: 1
        flat: true
        implicitHeight: Theme.controlHeight - 6
        icon.source: "qrc:/icons/copy.svg"
        icon.width: Math.round(14 * Theme.scale)
        icon.height: Math.round(14 * Theme.scale)
        leftPadding: Theme.spacing4
        toolTip: qsTr("Copy the sentence and these numbers")
        onClicked: root.overview.copyTable()
    }

    HorizontalHeaderView {
        id: header
        anchors { left: parent.left; right: parent.right; top: parent.top }
        syncView: table
        clip: true
        delegate: Item {
            id: heading
            required property string display
            implicitHeight: Theme.textSmall * 2.6
            AppText {
                anchors.fill: parent
                anchors.rightMargin: Theme.spacing12
                text: heading.display
                color: Theme.muted
                font.pixelSize: Theme.textSmall
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignRight
                verticalAlignment: Text.AlignBottom
            }
        }
    }
    TableView {
        id: table
        anchors { left: parent.left; right: parent.right; top: header.bottom; bottom: parent.bottom }
        clip: true
        activeFocusOnTab: true
        Accessible.role: Accessible.Table
        Accessible.name: qsTr("Numbers by layer, %1 shown").arg(root.session.layer)
        Keys.onUpPressed: root.session.stepLayer(-1)
        Keys.onDownPressed: root.session.stepLayer(1)
        model: root.overview.table
        columnWidthProvider: () => width / Math.max(1, columns)
        onWidthChanged: forceLayout()
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ScrollBar {}
        delegate: Rectangle {
            id: cell
            required property string display
            required property int layerNumber
            required property bool emphasized
            implicitHeight: Math.round(Theme.textBody * 1.6)
            color: layerNumber === root.session.layer ? Theme.accentSoft : "transparent"
            Accessible.role: Accessible.Cell
            Accessible.name: display
            AppText {
                anchors.fill: parent
                anchors.rightMargin: Theme.spacing12
                text: cell.display
                font.weight: cell.emphasized ? Font.DemiBold : Font.Normal
                horizontalAlignment: Text.AlignRight
                verticalAlignment: Text.AlignVCenter
            }
            TapHandler { onTapped: root.session.layer = cell.layerNumber }
        }
    }
    FocusRing {
        anchors.fill: table
        anchors.margins: 0
        shown: table.activeFocus
    }
}
