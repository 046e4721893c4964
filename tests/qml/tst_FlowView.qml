import QtQuick
import QtTest
import Palimpsest.Models
import Palimpsest.Figures
import Palimpsest.Testing
import Palimpsest.Views

// The sample project: three layers, K = 24; fine-tuning sorts layer 2 by class.
Item {
    id: root
    width: 1180
    height: 700

    FlowModel {
        id: flow
        session: Fixture.session
        selection: Fixture.selection
        navigator: Fixture.navigator
    }
    Component {
        id: viewComponent
        FlowView {
            anchors.fill: parent
            session: Fixture.session
            model: flow
        }
    }

    TestCase {
        id: test
        name: "FlowView"
        when: windowShown

        property Item view: null
        property FlowFigure figure: null

        function init() {
            failOnWarning(/.?/);
            view = createTemporaryObject(viewComponent, root);
            verify(view);
            figure = findChild(view, "flow");
        }
        function cleanup() {
            flow.across = FlowModel.Models;
            flow.grouping = FlowModel.ByStatus;
            Fixture.session.closeProject();
        }
        function open(layer) {
            verify(Fixture.open());
            tryCompare(flow, "state", FlowModel.Ready);
            Fixture.session.layer = layer;
            tryVerify(() => flow.columnTitles[0] === "Base model, layer " + layer);
            tryCompare(flow, "busy", false);
            tryCompare(figure, "settled", true);
        }

        function test_withoutAProjectItSaysWhatToDo() {
            const message = findChild(view, "stateMessage");
            verify(message.visible);
            compare(message.text, "No project is open");
        }

        function test_clickingABlockListsItsWords() {
            open(0);
            const point = figure.pointOf(0, 0, -1);
            mouseClick(figure, point.x, point.y);
            compare(findChild(view, "ribbonTitle").text, "Base model, layer 0, Kept");
            tryVerify(() => flow.words.count > 0);
        }

        function test_clickingARibbonListsTheWordsThatMoved() {
            open(0);
            const point = figure.pointOf(0, 0, 0);
            verify(point.x > 0);
            mouseClick(figure, point.x, point.y);
            compare(flow.currentTitle, "From Kept to Kept");
            verify(flow.currentText.indexOf("occurrences") > 0);
            tryVerify(() => flow.words.count > 0);
        }

        function test_hoverTellsTheNumbers() {
            open(0);
            const point = figure.pointOf(0, 0, 0);
            mouseMove(figure, point.x - 1, point.y);
            mouseMove(figure, point.x, point.y);
            const card = findChild(view, "flowHover");
            tryCompare(card, "visible", true);
            compare(card.title, "From Kept to Kept");
            mouseMove(root, 2, 2);
            tryCompare(card, "visible", false);
        }

        function test_throughTheLayersOfAModelByClass() {
            open(2);
            mouseClick(findChild(view, "across"), 340, 10);
            compare(flow.across, FlowModel.FineTunedLayers);
            mouseClick(findChild(view, "grouping"), 100, 10);
            compare(flow.grouping, FlowModel.ByClass);
            tryCompare(flow, "columnTitles", ["Layer 0", "Layer 1", "Layer 2"]);
            tryCompare(flow, "groupNames", ["negative", "positive", "No class"]);
        }

        function test_aSelectedConceptIsFollowedAndItsStepsCanBeVisited() {
            open(1);
            flow.across = FlowModel.BaseLayers;
            tryVerify(() => flow.columnTitles.length === 3);
            Fixture.selection.selectConcept(Selection.Base, 4);
            tryCompare(flow.lineage, "count", 3);
            compare(flow.lineageTitle, "Base concept 4 of layer 1");
            const list = findChild(view, "lineage");
            tryVerify(() => list.count === 3);
            mouseClick(list, 40, 10);
            tryCompare(Fixture.session, "layer", 0);
            tryVerify(() => Fixture.selection.conceptId >= 0);
            tryCompare(flow, "lineageTitle", "Base concept " + Fixture.selection.conceptId + " of layer 0");
        }

        function test_arrowKeysMoveFromRibbonToRibbon() {
            open(2);
            const point = figure.pointOf(0, 4, -1);
            mouseClick(figure, point.x, point.y);
            compare(flow.currentTo, -1);
            keyClick(Qt.Key_Down);
            verify(flow.currentTo >= 0);
            const first = flow.currentTitle;
            keyClick(Qt.Key_Down);
            verify(flow.currentTitle !== first);
            keyClick(Qt.Key_Up);
            compare(flow.currentTitle, first);
        }
    }
}
