import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Palimpsest.Controls
import Palimpsest.Figures
import Palimpsest.Models
import Palimpsest.Views

// All occurrences of a layer in two dimensions, base and fine-tuned in one frame.
FocusScope {
    id: root
    required property StudySession session
    required property Selection selection
    required property ConceptBrowser browser
    required property MapModel model
    readonly property alias figureItem: figure
    property int frame: 0 // as in MapToolBar
    readonly property bool ready: model.state === MapModel.Ready

    Binding {
        target: root.model
        property: "active"
        value: root.visible
    }
    Binding {
        target: root.model
        property: "dark"
        value: Theme.dark
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.spacing12
        spacing: Theme.spacing12
        visible: root.model.state !== MapModel.NothingOpen

        HelpLine {
            id: help
            Layout.fillWidth: true
            text: (root.model.method === MapModel.Pca
                ? qsTr("Every point is an occurrence of a word in layer %1, placed along the two directions in which the activations vary most (principal components); the fine-tuned picture is turned onto the base one (orthogonal Procrustes) and not scaled.")
                : qsTr("Every point is an occurrence of a word in layer %1, placed near its nearest neighbours (UMAP, 15 neighbours); distances between clouds mean little. The fine-tuned layout starts from the base one and is held to it.")).arg(root.model.layer)
                + " " + qsTr("Colours and names are of %1 concepts. Click a point to select its concept.").arg(root.model.fineTuned ? qsTr("fine-tuned") : qsTr("base"))
        }
        MapToolBar {
            Layout.fillWidth: true
            figure: figure
            model: root.model
            frame: root.frame
            onFrameChosen: frame => root.frame = frame
        }
        AppSplit {
            keptAs: "map"
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.ready

            Panel {
                SplitView.fillWidth: true
                SplitView.minimumWidth: 360

                Scatter {
                    id: figure
                    objectName: "map"
                    anchors { left: parent.left; right: parent.right; top: parent.top; bottom: below.top }
                    anchors.bottomMargin: Theme.spacing8
                    focus: true
                    activeFocusOnTab: true
                    points: root.model.points
                    colors: root.model.colors
                    names: root.model.names
                    marked: root.model.marked
                    markColor: Theme.text
                    outlineColor: Theme.accent
                    font.pixelSize: Theme.textSmall
                    morph: morphSlider.value
                    onPointPicked: point => root.model.pick(point)
                    onLassoDrawn: rows => root.model.setRegion(rows)
                    onHasLassoChanged: if (!hasLasso) root.model.clearRegion()
                    onHoveredChanged: root.model.hover(hoveredPoint)
                    Keys.onEscapePressed: clearLasso()
                    Keys.onSpacePressed: root.play()
                    Accessible.role: Accessible.Graphic
                    Accessible.name: qsTr("Map of layer %1, %2 occurrences. %3").arg(root.model.layer).arg(root.session ? root.session.occurrenceCount : 0).arg(root.model.markedText)

                    FigureSource {
                        name: "map"
                        title: qsTr("Map of layer %1").arg(root.model.layer)
                        caption: help.text
                        provider: figure
                        legend: legend.figureEntries
                        legendNote: legend.note
                    }
                    MapNames {
                        anchors.fill: parent
                        figure: figure
                        onPicked: conceptId => root.model.pickConcept(conceptId)
                    }
                    Rectangle {
                        visible: figure.hoveredPoint >= 0
                        width: 2 * figure.pointRadius + 8
                        height: width
                        radius: width / 2
                        x: figure.hoverPosition.x - width / 2
                        y: figure.hoverPosition.y - height / 2
                        color: "transparent"
                        border.color: Theme.text
                        border.width: 2
                    }
                    MapHoverCard {
                        objectName: "pointCard"
                        x: Math.max(0, Math.min(figure.hoverPosition.x + 16, figure.width - width))
                        y: figure.hoverPosition.y + 16 + height > figure.height ? figure.hoverPosition.y - height - 12
                                                                                : figure.hoverPosition.y + 16
                        model: root.model
                    }
                    AppText {
                        anchors.centerIn: parent
                        width: Math.min(parent.width, 420 * Theme.scale)
                        visible: !figure.drawable
                        wrapMode: Text.Wrap
                        horizontalAlignment: Text.AlignHCenter
                        text: qsTr("Points are drawn by OpenGL, which this computer does not offer; install its drivers (Mesa is enough)")
                        color: Theme.muted
                    }
                    FocusRing { shown: figure.activeFocus }
                }
                ColumnLayout {
                    id: below
                    anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
                    spacing: Theme.spacing8
                    RowLayout {
                        visible: root.frame === 2
                        spacing: Theme.spacing8
                        AppButton {
                            objectName: "play"
                            text: morphing.running ? qsTr("Pause") : qsTr("Play")
                            toolTip: qsTr("Move between base and fine-tuned (Space)")
                            onClicked: root.play()
                        }
                        AppText {
                            text: qsTr("Base")
                            color: Theme.baseModel
                        }
                        Slider {
                            id: morphSlider
                            objectName: "morph"
                            Layout.fillWidth: true
                            Layout.maximumWidth: 420 * Theme.scale
                            from: 0
                            to: 1
                            onMoved: morphing.stop()
                            Accessible.name: qsTr("Between base and fine-tuned")
                        }
                        AppText {
                            text: qsTr("Fine-tuned")
                            color: Theme.fineTuned
                        }
                    }
                    AppText {
                        Layout.fillWidth: true
                        visible: text
                        text: root.model.markedText ? qsTr("Selected: %1").arg(root.model.markedText) : ""
                        font.pixelSize: Theme.textSmall
                        elide: Text.ElideRight
                    }
                    MapLegend {
                        id: legend
                        Layout.fillWidth: true
                        model: root.model
                        classNames: root.browser.classNames
                    }
                }
            }
            MapRegionPanel {
                SplitView.preferredWidth: root.width * 0.24
                SplitView.minimumWidth: 220
                model: root.model
                onClearRequested: figure.clearLasso()
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: !root.ready
        }
    }
    MapMessage {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.spacing24, 520 * Theme.scale)
        visible: !root.ready
        model: root.model
    }
    NumberAnimation {
        id: morphing
        target: morphSlider
        property: "value"
        easing.type: Easing.InOutSine
    }

    function moveTo(value: real) {
        morphing.stop();
        if (Theme.still) {
            morphSlider.value = value;
            return;
        }
        morphing.to = value;
        morphing.duration = 200 + 1800 * Math.abs(value - morphSlider.value);
        morphing.start();
    }

    function play() {
        if (morphing.running)
            morphing.stop();
        else
            moveTo(morphSlider.value > 0.5 ? 0 : 1);
    }

    onFrameChanged: {
        root.model.fineTuned = frame === 1;
        if (frame < 2)
            moveTo(frame);
    }
}
