import QtQuick
import QtTest
import Palimpsest.Models
import Palimpsest.Figures
import Palimpsest.Testing
import Palimpsest.Views

// The sample project with its activations: 320 occurrences, three layers, K = 24.
Item {
    id: root
    width: 1180
    height: 700

    ConceptBrowser {
        id: conceptBrowser
        session: Fixture.session
        selection: Fixture.selection
    }
    MapModel {
        id: map
        session: Fixture.session
        selection: Fixture.selection
    }
    Component {
        id: viewComponent
        MapView {
            anchors.fill: parent
            session: Fixture.session
            selection: Fixture.selection
            browser: conceptBrowser
            model: map
        }
    }

    TestCase {
        id: test
        name: "MapView"
        when: windowShown

        property Item view: null
        property Scatter figure: null

        function init() {
            failOnWarning(/.?/);
            view = createTemporaryObject(viewComponent, root);
            verify(view);
            figure = findChild(view, "map");
        }
        function cleanup() {
            map.method = MapModel.Pca;
            map.coloring = MapModel.ByStatus;
            map.fineTuned = false;
            Fixture.session.closeProject();
        }
        function open() {
            verify(Fixture.openFresh(true));
            tryCompare(map, "state", MapModel.NotComputed);
            map.compute();
            tryCompare(map, "state", MapModel.Ready);
            tryVerify(() => figure.labels.count > 0);
        }
        function positionOf(point) {
            return figure.positionOf(point);
        }

        function test_withoutAProjectItSaysWhatToDo() {
            const message = findChild(view, "stateMessage");
            compare(map.state, MapModel.NothingOpen);
            compare(message.text, "No project is open");
        }

        function test_aMapIsComputedByAButton() {
            verify(Fixture.openFresh(true));
            tryCompare(map, "state", MapModel.NotComputed);
            const message = findChild(view, "stateMessage");
            compare(message.text, "Layer 0 has no such map yet");
            compare(message.actionText, "Compute the map");
            message.triggered();
            tryCompare(map, "state", MapModel.Ready);
            verify(!message.visible);
            Fixture.session.layer = 1;
            tryCompare(map, "state", MapModel.NotComputed);
            Fixture.session.layer = 0;
            tryCompare(map, "state", MapModel.Ready); // kept in the project
        }

        function test_withoutActivationsItSaysSo() {
            verify(Fixture.openFresh(false));
            tryCompare(map, "state", MapModel.NotComputed);
            map.compute();
            tryCompare(map, "state", MapModel.Failed);
            const message = findChild(view, "stateMessage");
            verify(message.text.includes("run the study again"));
            compare(message.actionText, "Try again");
        }

        function test_pointsAreDrawnInTheirColours() {
            open();
            const isColoured = () => {
                const at = figure.mapToItem(root, positionOf(7));
                const image = grabImage(root);
                for (let x = -2; x <= 2; ++x) {
                    const pixel = image.pixel(Math.round(at.x) + x, Math.round(at.y));
                    if (Math.max(Math.abs(pixel.r - pixel.g), Math.abs(pixel.g - pixel.b)) > 0.1)
                        return true;
                }
                return false;
            };
            tryVerify(isColoured);
        }

        function test_aClickSelectsTheConceptEverywhere() {
            open();
            figure.zoomIn();
            const at = positionOf(12);
            verify(at.x > 0 && at.y > 0);
            mouseMove(figure, at.x - 1, at.y);
            mouseMove(figure, at.x, at.y);
            tryVerify(() => figure.hoveredPoint >= 0);
            verify(map.hoverWord.length > 0);
            verify(map.hoverSentence.includes(map.hoverWord));
            figure.pointPicked(12);
            verify(Fixture.selection.conceptId >= 0);
            compare(Fixture.selection.side, Selection.Base);
            compare(conceptBrowser.card.conceptId, Fixture.selection.conceptId);
            verify(map.markedText.startsWith("Base concept " + Fixture.selection.conceptId));
        }

        function test_clickingIntoThePictureSelectsTheNearestPoint() {
            open();
            Fixture.selection.clear();
            // A place without a name over it.
            const corner = Qt.point(figure.width - 4, figure.height - 4);
            mouseClick(figure, corner.x, corner.y);
            compare(Fixture.selection.conceptId, -1);
            map.fineTuned = true;
            let point = 0;
            for (; point < 320; ++point) {
                const at = positionOf(point);
                if (figure.childAt(at.x, at.y)?.childAt(at.x, at.y) == null)
                    break;
            }
            const at = positionOf(point);
            mouseClick(figure, at.x, at.y);
            verify(Fixture.selection.conceptId >= 0);
            compare(Fixture.selection.side, Selection.FineTuned);
        }

        function test_aLassoListsWordsAndConcepts() {
            open();
            mousePress(figure, 4, 4, Qt.LeftButton, Qt.ShiftModifier);
            mouseMove(figure, figure.width - 4, 4);
            mouseMove(figure, figure.width - 4, figure.height - 4);
            mouseMove(figure, 4, figure.height - 4);
            mouseRelease(figure, 4, figure.height - 4, Qt.LeftButton, Qt.ShiftModifier);
            compare(map.region.occurrences, 320);
            verify(findChild(view, "regionTitle").text.startsWith("320 occurrences, "));
            compare(findChild(view, "regionConcepts").count, 24);
            verify(map.region.words.count > 10);
            mouseClick(findChild(view, "clearLasso"));
            compare(map.region.occurrences, 0);
            verify(!figure.hasLasso);
        }

        function test_theMorphMovesPointsToTheFineTunedPicture() {
            open();
            Fixture.session.layer = 2;
            tryCompare(map, "state", MapModel.NotComputed);
            map.compute();
            tryCompare(map, "state", MapModel.Ready);
            const before = positionOf(3);
            const frame = findChild(view, "frame");
            frame.activated(2);
            const play = findChild(view, "play");
            tryVerify(() => play.visible);
            mouseClick(play);
            tryVerify(() => figure.morph > 0.05 && figure.morph < 0.95);
            tryCompare(figure, "morph", 1);
            const after = positionOf(3);
            verify(Math.hypot(after.x - before.x, after.y - before.y) > 1);
            frame.activated(0);
            tryCompare(figure, "morph", 0);
        }

        function test_wheelAndKeysZoom() {
            open();
            const before = positionOf(5);
            mouseWheel(figure, before.x, before.y, 0, 480);
            verify(Math.abs(figure.zoom - 4) < 1e-6);
            // A wheel event has whole pixels: half of one is three halves after zooming in four times.
            verify(Math.abs(positionOf(5).x - before.x) < 2);
            figure.forceActiveFocus();
            keyClick(Qt.Key_Home);
            compare(figure.zoom, 1);
            keyClick(Qt.Key_Plus);
            verify(figure.zoom > 1);
            const left = positionOf(5).x;
            keyClick(Qt.Key_Right);
            verify(positionOf(5).x < left);
            keyClick(Qt.Key_L);
            verify(figure.lassoMode);
            keyClick(Qt.Key_L);
        }

        function test_wordsAreSearched() {
            open();
            map.coloring = MapModel.BySearch;
            map.search = "wonder";
            tryVerify(() => map.foundText.endsWith("found"));
            map.search = "zzz";
            tryVerify(() => map.foundText.startsWith("No word"));
        }

        function test_branchesAreNamedInTheLegend() {
            open();
            map.coloring = MapModel.ByBranch;
            tryVerify(() => map.legend.length === 8);
            verify(map.legend[0].text.length > 0);
        }

        function test_umapIsAnotherMap() {
            open();
            map.method = MapModel.Umap;
            tryCompare(map, "state", MapModel.NotComputed);
            map.compute();
            tryCompare(map, "state", MapModel.Ready, 20000);
        }
    }
}
