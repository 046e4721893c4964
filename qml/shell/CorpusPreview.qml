import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// The first rows of the corpus file as a table; the chosen columns are marked.
Rectangle {
    id: root
    required property NewProjectModel form

    function columnWidth(column: int): real {
        const others = table.columns - 1
        const name = form.preview.columns[column]
        const wide = name === form.textColumn || table.columns === 1
        return wide ? Math.max(200, width - 2 - others * 140 * Theme.scale) : 140 * Theme.scale
    }

    implicitHeight: 150 * Theme.scale
    radius: Theme.radius
    color: Theme.background
    border.color: Theme.border
    clip: true

    AppText {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.spacing16
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.Wrap
        visible: root.form.preview.rows === 0
        color: root.form.corpusProblem ? Theme.danger : Theme.muted
        text: root.form.corpusProblem || qsTr("The first rows of the file appear here")
    }
    HorizontalHeaderView {
        id: header
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: 1 }
        syncView: table
        clip: true
        visible: root.form.preview.rows > 0
        delegate: Rectangle {
            id: heading
            required property string display
            required property int column
            implicitHeight: Theme.controlHeight - 4
            color: Theme.raised
            AppText {
                readonly property string name: root.form.preview.columns[heading.column] ?? ""
                anchors.fill: parent
                anchors.leftMargin: Theme.spacing8
                verticalAlignment: Text.AlignVCenter
                elide: Text.ElideRight
                font.weight: Font.DemiBold
                text: name === root.form.textColumn && name ? qsTr("%1 (text)").arg(heading.display)
                    : name === root.form.labelColumn && name ? qsTr("%1 (label)").arg(heading.display)
                    : name === root.form.pairColumn && name ? qsTr("%1 (second text)").arg(heading.display)
                    : root.form.preview.table ? heading.display : qsTr("Sentence")
            }
        }
    }
    TableView {
        id: table
        anchors { left: parent.left; right: parent.right; top: header.bottom; bottom: parent.bottom; margins: 1 }
        visible: root.form.preview.rows > 0
        clip: true
        model: root.form.preview
        columnWidthProvider: root.columnWidth
        ScrollBar.vertical: ScrollBar {}
        delegate: Rectangle {
            id: cell
            required property string display
            required property int row
            required property int column
            readonly property string name: root.form.preview.columns[column] ?? ""
            readonly property bool used: name === root.form.textColumn || name === root.form.labelColumn || name === root.form.pairColumn
            implicitHeight: Theme.controlHeight - 6
            color: used && root.form.preview.table ? Theme.accentSoft : "transparent"
            AppText {
                anchors.fill: parent
                anchors.leftMargin: Theme.spacing8
                verticalAlignment: Text.AlignVCenter
                elide: Text.ElideRight
                text: cell.display
            }
        }
    }
}
