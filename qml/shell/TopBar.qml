import QtQuick
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Models

// Project name, K and θ, whose concepts are shown, theme, and the way to other projects.
Rectangle {
    id: root
    required property StudySession session
    required property Selection selection
    required property AppSettings settings
    required property Actions actions
    required property Navigator navigator
    property alias menuOpen: menu.visible
    readonly property bool tight: width < 850 * Theme.scale // letters say what words would
    readonly property bool narrow: width < 1150 * Theme.scale // the number beside K says what its slider does

    implicitHeight: Theme.controlHeight + 2 * Theme.spacing8
    color: Theme.surface

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.spacing16
        anchors.rightMargin: Theme.spacing8
        spacing: Theme.spacing16

        Row {
            Layout.leftMargin: -Theme.spacing8
            Layout.rightMargin: -Theme.spacing8
            spacing: 0
            AppButton {
                id: menuButton
                objectName: "menuButton"
                flat: true
                icon.source: "qrc:/icons/menu.svg"
                toolTip: qsTr("Menu")
                checked: menu.visible
                onClicked: menu.visible ? menu.close() : menu.open()
                ActionMenu {
                    id: menu
                    y: menuButton.height + Theme.spacing4
                    actions: root.actions
                }
            }
            AppButton {
                objectName: "backButton"
                visible: root.session.open
                flat: true
                enabled: root.navigator.canGoBack
                icon.source: "qrc:/icons/back.svg"
                toolTip: qsTr("Back (Alt+Left)")
                onClicked: root.actions.trigger("go.back")
            }
            AppButton {
                objectName: "forwardButton"
                visible: root.session.open
                flat: true
                enabled: root.navigator.canGoForward
                icon.source: "qrc:/icons/forward.svg"
                toolTip: qsTr("Forward (Alt+Right)")
                onClicked: root.actions.trigger("go.forward")
            }
        }
        AppText {
            Layout.fillWidth: true
            Layout.minimumWidth: 80
            text: root.session.open ? root.session.projectName : "Palimpsest"
            font.pixelSize: Theme.textLarge
            font.weight: Font.DemiBold
            elide: Text.ElideMiddle
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        AppSlider {
            visible: root.session.open
            label: root.tight ? qsTr("K") : qsTr("Concepts K")
            toolTip: qsTr("Number of concepts that each layer is cut into")
            from: 2
            to: root.session.kMaximum
            stepSize: 1
            value: root.session.k
            valueText: ""
            slider.visible: !root.narrow
            sliderWidth: 120 * Theme.scale
            onMoved: value => root.session.k = value
        }
        AppSpinBox {
            Layout.leftMargin: -Theme.spacing8
            visible: root.session.open
            label: qsTr("Concepts per layer")
            from: 2
            to: root.session.kMaximum
            value: root.session.k
            onValueModified: root.session.k = value
        }
        AppSlider {
            visible: root.session.open
            label: root.tight ? qsTr("θ") : qsTr("Overlap θ")
            toolTip: qsTr("Share of a concept that must lie in its counterpart")
            from: 0.05
            to: 1
            stepSize: 0.01
            value: root.session.theta
            valueText: root.session.theta.toFixed(2)
            sliderWidth: (root.narrow ? 60 : 100) * Theme.scale
            onMoved: value => root.session.theta = value
        }
        SegmentedControl {
            visible: root.session.open
            accessibleName: qsTr("Concepts shown in lists")
            labels: [qsTr("Base"), qsTr("Fine-tuned"), qsTr("Both")]
            currentIndex: root.selection.shown
            onActivated: index => root.selection.shown = index
        }
        Row {
            spacing: Theme.spacing4
            AppButton {
                objectName: "searchButton"
                visible: root.session.open
                flat: true
                icon.source: "qrc:/icons/search.svg"
                toolTip: qsTr("Search for a word (Ctrl+F)")
                onClicked: root.actions.trigger("search")
            }
            AppButton {
                flat: true
                icon.source: "qrc:/icons/theme.svg"
                toolTip: root.settings.dark ? qsTr("Light theme") : qsTr("Dark theme")
                onClicked: root.actions.trigger("theme")
            }
            AppButton {
                objectName: "helpButton"
                flat: true
                icon.source: "qrc:/icons/help.svg"
                toolTip: qsTr("Words and keys (F1)")
                onClicked: root.actions.trigger("help")
            }
        }
    }
    Rectangle {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: 1
        color: Theme.border
    }
}
