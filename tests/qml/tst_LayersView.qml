import QtQuick
import QtTest
import Palimpsest.Models
import Palimpsest.Figures
import Palimpsest.Testing
import Palimpsest.Views

// The sample project: three layers, K = 24; layer 0 is nearly kept, layer 2 is not.
Item {
    id: root
    width: 1180
    height: 700

    LayerMatrixModel {
        id: layers
        session: Fixture.session
        navigator: Fixture.navigator
    }
    Component {
        id: viewComponent
        LayersView {
            anchors.fill: parent
            session: Fixture.session
            model: layers
        }
    }

    SignalSpy {
        id: listed
        target: layers.concepts
        signalName: "countsChanged"
    }

    TestCase {
        id: test
        name: "LayersView"
        when: windowShown

        property Item view: null
        property LayerMatrix matrix: null

        function init() {
            failOnWarning(/.?/);
            view = createTemporaryObject(viewComponent, root);
            verify(view);
            matrix = findChild(view, "layerMatrix");
        }
        function cleanup() {
            layers.models = LayerMatrixModel.BaseAndFineTuned;
            layers.concepts.status = -1;
            Fixture.session.closeProject();
        }
        function open() {
            verify(Fixture.open());
            tryCompare(layers, "progress", 1);
            tryCompare(layers, "busy", false);
            tryCompare(matrix, "settled", true);
        }
        function clickCell(row, column) {
            const point = matrix.cellCentre(row, column);
            verify(point.x > 0);
            mouseClick(matrix, point.x, point.y);
        }

        function test_withoutAProjectItSaysWhatToDo() {
            const message = findChild(view, "stateMessage");
            verify(message.visible);
            compare(message.text, "No project is open");
        }

        function test_allPairsAreComputed() {
            open();
            verify(matrix.shareOf(0, 0) > matrix.shareOf(2, 2));
            verify(matrix.shareOf(2, 0) >= 0);
            compare(matrix.shareOf(7, 0), -1);
        }

        function test_thetaAndKAreLive() {
            open();
            const strict = matrix.shareOf(0, 0);
            Fixture.session.theta = 0.3;
            verify(matrix.shareOf(0, 0) >= strict);
            compare(layers.busy, false); // nothing to compute
            Fixture.session.k = 60;
            tryVerify(() => layers.busy || layers.progress === 1);
            tryCompare(layers, "progress", 1);
        }

        function test_aModelAgainstItselfIsKeptOnTheDiagonal() {
            open();
            mouseClick(findChild(view, "models"), 240, 10);
            tryVerify(() => layers.models !== LayerMatrixModel.BaseAndFineTuned);
            tryCompare(layers, "progress", 1);
            compare(matrix.shareOf(1, 1), 1);
            compare(matrix.rowTitle, matrix.columnTitle);
        }

        function test_clickingACellListsItsConcepts() {
            open();
            listed.clear();
            clickCell(2, 1);
            listed.wait();
            compare(findChild(view, "cellTitle").text, "Base layer 2 and fine-tuned layer 1");
            compare(layers.concepts.count, 24);
            const list = findChild(view, "pairList");
            mouseClick(list, 40, 20);
            tryCompare(Fixture.session, "layer", 2);
            tryCompare(Fixture.selection, "side", Selection.Base);
            tryVerify(() => Fixture.selection.conceptId >= 0);
            compare(Fixture.selection.conceptId, layers.concepts.conceptIdAt(0));
        }

        function test_arrowKeysMoveTheCell() {
            open();
            clickCell(0, 0);
            keyClick(Qt.Key_Up);
            compare(layers.rowLayer, 1);
            keyClick(Qt.Key_Right);
            compare(layers.columnLayer, 1);
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Down); // stops at the edge
            compare(layers.rowLayer, 0);
        }

        function test_theListCanBeFilteredByStatus() {
            open();
            listed.clear();
            clickCell(2, 2);
            listed.wait();
            layers.concepts.status = 4;
            verify(layers.concepts.count < 24);
            const vanished = layers.concepts.count;
            verify(layers.concepts.statusLabels[4] === "Vanished " + vanished);
        }

        function test_hoverTellsTheShare() {
            open();
            const point = matrix.cellCentre(1, 2);
            mouseMove(matrix, point.x - 1, point.y);
            mouseMove(matrix, point.x, point.y);
            verify(matrix.hoverText.startsWith("Row layer 1, column layer 2,"));
            verify(findChild(view, "layerHover").visible);
            mouseMove(root, 2, 2);
            tryCompare(matrix, "hoverText", "");
        }
    }
}
