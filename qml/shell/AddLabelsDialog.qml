import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models
import Palimpsest.Views

// Attaches a label set: which source, its options, own lines to write, and what it would give.
AppDialog {
    id: root
    required property LabelForm form
    property bool changes: false

    /// Opens with how a set of the project was made; -1: as the form was left, so that nothing typed is lost.
    function openFor(set: int) {
        if (set >= 0)
            form.startFrom(set);
        else if (changes)
            form.startNew();
        changes = set >= 0;
        open();
    }

    onAboutToShow: form.recheck() // the project may be another one
    title: changes ? qsTr("Change labels") : qsTr("Add labels")
    width: Math.min(980 * Theme.scale, parent.width - 2 * Theme.spacing24)
    height: Math.min(640 * Theme.scale, parent.height - 2 * Theme.spacing24)

    Connections {
        target: root.form
        function onStarted() { root.close() }
    }

    RowLayout {
        anchors.fill: parent
        implicitHeight: 480 * Theme.scale
        spacing: Theme.spacing16

        ListView {
            id: sources
            objectName: "sourceList"
            Layout.preferredWidth: Math.round(300 * Theme.scale)
            Layout.fillHeight: true
            clip: true
            focus: true
            activeFocusOnTab: true
            keyNavigationEnabled: false
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            model: root.form.sources
            currentIndex: root.form.source
            ScrollBar.vertical: ScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Where labels come from")
            Keys.onUpPressed: root.form.source = root.form.source - 1
            Keys.onDownPressed: root.form.source = root.form.source + 1
            delegate: ItemDelegate {
                id: entry
                required property int index
                required property string modelData
                width: ListView.view.width
                implicitHeight: label.implicitHeight + Theme.spacing8
                focusPolicy: Qt.NoFocus
                Accessible.role: Accessible.ListItem
                Accessible.name: modelData
                Accessible.selected: ListView.isCurrentItem
                onClicked: {
                    sources.forceActiveFocus();
                    root.form.source = index;
                }
                topPadding: 0
                bottomPadding: 0
                contentItem: AppText {
                    id: label
                    text: entry.modelData
                    wrapMode: Text.Wrap
                    verticalAlignment: Text.AlignVCenter
                    font.weight: entry.ListView.isCurrentItem ? Font.DemiBold : Font.Normal
                }
                background: Rectangle {
                    radius: Theme.radius
                    color: entry.ListView.isCurrentItem ? Theme.accentSoft : entry.hovered ? Theme.raised : "transparent"
                }
            }
            FocusRing { parent: sources; shown: sources.activeFocus }
        }
        Flickable {
            id: page
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            contentHeight: column.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ScrollBar {}

            ColumnLayout {
                id: column
                width: page.width - Theme.spacing12
                spacing: Theme.spacing8

                AppText {
                    Layout.fillWidth: true
                    text: root.form.sources[root.form.source]
                    font.pixelSize: Theme.textLarge
                    font.weight: Font.DemiBold
                    wrapMode: Text.Wrap
                    Accessible.role: Accessible.Heading
                    Accessible.name: text
                }
                LabelLines {
                    Layout.fillWidth: true
                    visible: root.form.hasList
                    form: root.form
                }
                Column {
                    id: options
                    Layout.fillWidth: true
                    spacing: Theme.spacing12
                    Repeater {
                        model: root.form.options
                        LabelOptionField {
                            width: options.width
                            onChosen: (name, value) => root.form.setOption(name, value)
                        }
                    }
                }
                AppCheckBox {
                    visible: root.form.hasConceptX
                    text: qsTr("As ConceptX")
                    toolTip: qsTr("The rules of ConceptX’s scripts to the letter, defects included, for reproduction")
                    checked: root.form.asConceptX
                    onToggled: root.form.asConceptX = checked
                }
                LabelPreview {
                    Layout.fillWidth: true
                    form: root.form
                }
            }
        }
    }
    footerText: root.form.running ? qsTr("Another set is being attached; this one can follow when it has ended") : root.form.notice
    buttons: [
        AppButton {
            text: qsTr("Close")
            onClicked: root.close()
        },
        AppButton {
            objectName: "attach"
            primary: true
            text: qsTr("Attach")
            enabled: root.form.ready && !root.form.running
            onClicked: root.form.attach()
        }
    ]
}
