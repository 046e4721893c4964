import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// How a figure is to be written: which one, format, size, theme.
GridLayout {
    id: root
    required property FigureExport figures
    signal numbersRequested()
    signal keptShown()

    columns: 2
    columnSpacing: Theme.spacing12
    rowSpacing: Theme.spacing8

    component Caption: AppText {
        Layout.preferredWidth: 90 * Theme.scale
        color: Theme.muted
    }

    Caption { text: qsTr("Figure") }
    AppComboBox {
        objectName: "figureChoice"
        Layout.fillWidth: true
        label: qsTr("Figure")
        emptyText: qsTr("None")
        model: root.figures.titles
        currentIndex: root.figures.current
        onActivated: index => root.figures.current = index
    }
    Caption { text: qsTr("Format") }
    SegmentedControl {
        objectName: "figureFormat"
        accessibleName: qsTr("Format")
        labels: ["SVG", "PDF", "PNG"]
        currentIndex: root.figures.format
        onActivated: index => root.figures.format = index
    }
    Caption { text: qsTr("Size") }
    AppComboBox {
        objectName: "figurePreset"
        Layout.fillWidth: true
        label: qsTr("Size")
        model: root.figures.presetTitles
        currentIndex: root.figures.preset
        onActivated: index => root.figures.preset = index
    }
    Caption { text: qsTr("Width") }
    RowLayout {
        spacing: Theme.spacing8
        AppSpinBox {
            objectName: "figureWidth"
            label: qsTr("Width in millimetres")
            from: 20
            to: 1000
            value: Math.round(root.figures.widthMm)
            onValueModified: root.figures.widthMm = value
        }
        AppText { text: qsTr("mm"); color: Theme.muted }
    }
    Caption { text: qsTr("Height") }
    RowLayout {
        spacing: Theme.spacing8
        AppSpinBox {
            label: qsTr("Height in millimetres")
            from: 10
            to: 1000
            enabled: !root.figures.freeHeight
            value: Math.round(root.figures.heightMm)
            onValueModified: root.figures.heightMm = value
        }
        AppText { text: qsTr("mm"); color: Theme.muted }
        AppCheckBox {
            text: qsTr("as it fits")
            checked: root.figures.freeHeight
            onToggled: root.figures.freeHeight = checked
        }
    }
    Caption { text: qsTr("Resolution") }
    RowLayout {
        spacing: Theme.spacing8
        AppSpinBox {
            label: qsTr("Resolution in dots per inch")
            from: 72
            to: 1200
            stepSize: 50
            value: root.figures.dpi
            onValueModified: root.figures.dpi = value
        }
        AppText { text: qsTr("dpi"); color: Theme.muted }
    }
    Caption { text: qsTr("Theme") }
    SegmentedControl {
        objectName: "figureTheme"
        accessibleName: qsTr("Theme of the file")
        labels: [qsTr("Print"), qsTr("Dark")]
        currentIndex: root.figures.dark ? 1 : 0
        onActivated: index => root.figures.dark = index === 1
    }
    Caption { text: qsTr("Part"); visible: asZoomed.visible }
    SegmentedControl {
        id: asZoomed
        objectName: "figurePart"
        accessibleName: qsTr("Part of the figure")
        visible: root.figures.zoomed
        labels: [qsTr("All"), qsTr("As zoomed")]
        currentIndex: root.figures.asZoomed ? 1 : 0
        onActivated: index => root.figures.asZoomed = index === 1
    }
    Item { implicitHeight: 1 }
    AppCheckBox {
        text: qsTr("Title above the picture")
        checked: root.figures.withTitle
        onToggled: root.figures.withTitle = checked
    }
    Item { implicitHeight: 1 }
    AppCheckBox {
        objectName: "figureOutlines"
        text: qsTr("Text as outlines")
        toolTip: qsTr("Looks the same where fonts are missing; cannot be selected or edited as text. PDF embeds its fonts either way.")
        enabled: root.figures.format !== 2
        checked: root.figures.outlines
        onToggled: root.figures.outlines = checked
    }
    Caption { text: qsTr("Printer"); visible: printer.visible }
    AppComboBox {
        id: printer
        objectName: "figurePrinter"
        Layout.fillWidth: true
        label: qsTr("Printer")
        visible: root.figures.printers.length > 0
        model: root.figures.printers
        currentIndex: root.figures.printer
        onActivated: index => root.figures.printer = index
    }
    AppText {
        objectName: "figureSize"
        Layout.columnSpan: 2
        Layout.fillWidth: true
        Layout.topMargin: Theme.spacing8
        text: root.figures.sizeText
        wrapMode: Text.Wrap
    }
    AppText {
        objectName: "figureNote"
        Layout.columnSpan: 2
        Layout.fillWidth: true
        visible: text
        text: root.figures.noteText
        color: Theme.muted
        wrapMode: Text.Wrap
    }
    AppText {
        Layout.columnSpan: 2
        Layout.fillWidth: true
        visible: text
        text: root.figures.caption ? qsTr("Written into the file: %1").arg(root.figures.caption) : ""
        color: Theme.muted
        font.pixelSize: Theme.textSmall
        maximumLineCount: 5
        elide: Text.ElideRight
        wrapMode: Text.Wrap
    }
    AppButton {
        objectName: "saveNumbers"
        Layout.columnSpan: 2
        Layout.alignment: Qt.AlignLeft
        text: qsTr("Save numbers…")
        toolTip: qsTr("The numbers behind the figure, as CSV, JSON or a LaTeX table")
        enabled: root.figures.hasNumbers
        onClicked: root.numbersRequested()
    }
    RowLayout {
        Layout.columnSpan: 2
        Layout.topMargin: Theme.spacing8
        spacing: Theme.spacing8
        AppTextField {
            id: keepName
            objectName: "keepName"
            Layout.fillWidth: true
            label: qsTr("Name under which the project remembers this figure")
            placeholderText: qsTr("figure-1")
            onAccepted: keepButton.clicked()
        }
        AppButton {
            id: keepButton
            objectName: "keepFigure"
            text: qsTr("Remember")
            toolTip: qsTr("The project keeps view, size and format, and palimpsest figure --all writes the file again when the analysis has changed")
            enabled: keepName.text && root.figures.current >= 0
            onClicked: root.figures.keep(keepName.text)
        }
    }
    Column {
        id: keptRows
        Layout.columnSpan: 2
        Layout.fillWidth: true
        visible: root.figures.kept.length > 0
        spacing: Theme.spacing4
        Repeater {
            model: root.figures.kept
            RowLayout {
                id: keptRow
                required property int index
                required property string modelData
                width: keptRows.width
                spacing: Theme.spacing4
                AppText {
                    Layout.fillWidth: true
                    text: qsTr("%1  %2").arg(keptRow.modelData).arg(root.figures.keptText(keptRow.index))
                    font.pixelSize: Theme.textSmall
                    elide: Text.ElideRight
                }
                AppButton {
                    flat: true
                    text: qsTr("Show")
                    Accessible.name: qsTr("Show %1").arg(keptRow.modelData)
                    onClicked: {
                        root.figures.show(keptRow.index);
                        root.keptShown();
                    }
                }
                AppButton {
                    flat: true
                    icon.source: "qrc:/icons/close.svg"
                    toolTip: qsTr("Forget %1").arg(keptRow.modelData)
                    onClicked: root.figures.forget(keptRow.index)
                }
            }
        }
    }
}
