import QtQuick
import QtTest
import Palimpsest.Models
import Palimpsest.Figures
import Palimpsest.Testing
import Palimpsest.Views

// The sample project: 320 occurrences, three layers, K = 24.
Item {
    id: root
    width: 1180
    height: 700

    ConceptBrowser {
        id: conceptBrowser
        session: Fixture.session
        selection: Fixture.selection
    }
    DendrogramModel {
        id: trees
        session: Fixture.session
        selection: Fixture.selection
    }
    Component {
        id: viewComponent
        DendrogramView {
            anchors.fill: parent
            session: Fixture.session
            selection: Fixture.selection
            browser: conceptBrowser
            model: trees
        }
    }

    TestCase {
        id: test
        name: "DendrogramView"
        when: windowShown

        property Item view: null
        property Dendrogram figure: null

        function init() {
            failOnWarning(/.?/);
            view = createTemporaryObject(viewComponent, root);
            verify(view);
            figure = findChild(view, "dendrogram");
        }
        function cleanup() {
            Fixture.session.closeProject();
        }
        function open() {
            verify(Fixture.open());
            tryCompare(trees, "state", DendrogramModel.Ready);
            tryCompare(figure, "ready", true);
            tryCompare(figure, "settled", true);
            tryVerify(() => !Fixture.session.summarizing);
        }
        function clickNode(fineTuned, node) {
            const point = figure.pointOf(fineTuned, node);
            mouseClick(figure, point.x, point.y);
        }

        function test_withoutAProjectItSaysWhatToDo() {
            const message = findChild(view, "stateMessage");
            verify(message.visible);
            compare(message.text, "No project is open");
        }

        function test_theTreesAreDrawn() {
            open();
            Fixture.session.layer = 2;
            tryCompare(trees, "layer", 2);
            tryCompare(figure, "settled", true);
            const image = grabImage(root);
            // The root's bar joins concepts of several colours, so it has the light theme's muted one.
            const bar = figure.mapToItem(root, figure.pointOf(true, 638));
            let found = false;
            for (let x = Math.floor(bar.x) - 2; x <= bar.x + 2; ++x)
                found = found || image.pixel(x, bar.y) == Qt.color("#6b665c");
            verify(found);
        }

        function test_draggingTheCutChangesK() {
            open();
            const cut = figure.pointOf(false, -1);
            mousePress(figure, cut.x, cut.y);
            mouseMove(figure, cut.x - 20, cut.y);
            mouseMove(figure, cut.x - 60, cut.y);
            tryVerify(() => Fixture.session.k < 24);
            const k = Fixture.session.k;
            compare(figure.cut, k);
            mouseRelease(figure, cut.x - 60, cut.y);
            tryVerify(() => conceptBrowser.concepts.count === 2 * k);
            tryVerify(() => Math.abs(figure.pointOf(false, -1).x - (cut.x - 60)) < 12);
            compare(figure.cut, k);
        }

        function test_clickingABranchSelectsTheConceptEverywhere() {
            open();
            clickNode(true, figure.nodeOfConcept(true, 7));
            compare(Fixture.selection.side, Selection.FineTuned);
            compare(Fixture.selection.conceptId, 7);
            compare(conceptBrowser.card.conceptId, 7);
            compare(findChild(view, "subtreeTitle").text, "Fine-tuned concept 7");
            tryVerify(() => trees.current.words.count > 0);
        }

        function test_theSelectionIsFollowed() {
            open();
            Fixture.selection.selectConcept(Selection.Base, 5);
            compare(figure.currentNode, figure.nodeOfConcept(false, 5));
            compare(trees.current.title, "Base concept 5");
        }

        function test_aSubtreeListsItsWordsAndCollapses() {
            open();
            Fixture.selection.selectConcept(Selection.Base, 5);
            clickNode(false, 637);
            verify(trees.current.title.startsWith("Base subtree of"));
            tryVerify(() => trees.current.words.count > 5);
            compare(Fixture.selection.conceptId, 5); // the selected concept stays
            mouseClick(findChild(view, "collapse"));
            tryCompare(trees, "hasCollapsed", true);
            compare(trees.current.collapsed, true);
            mouseClick(findChild(view, "expandAll"));
            tryCompare(trees, "hasCollapsed", false);
        }

        function test_clickingALinkSelectsBothConcepts() {
            open();
            const point = figure.pointOfLink(0);
            mouseMove(figure, point.x - 1, point.y);
            mouseMove(figure, point.x, point.y);
            tryVerify(() => figure.hoveredLink >= 0);
            verify(conceptBrowser.hoveredPair.valid);
            verify(findChild(view, "linkCard").visible);
            const base = trees.baseOfLink(figure.hoveredLink);
            const fineTuned = trees.fineTunedOfLink(figure.hoveredLink);
            mouseClick(figure, point.x, point.y);
            compare(Fixture.selection.side, Selection.Base);
            compare(Fixture.selection.conceptId, base);
            compare(conceptBrowser.pair.fineTunedId, fineTuned);
        }

        function test_hoverTellsWhatTheNodeIs() {
            open();
            const point = figure.pointOf(false, 638);
            mouseMove(figure, point.x + 1, point.y + 20);
            mouseMove(figure, point.x, point.y + 20);
            tryCompare(trees.hovered, "title", "Base subtree of 24 concepts");
            tryVerify(() => trees.hovered.topWords.length > 0);
            verify(findChild(view, "nodeCard").visible);
            mouseMove(root, 2, 2);
            tryCompare(trees.hovered, "valid", false);
        }

        function test_keysWalkTheTreeAndZoom() {
            open();
            clickNode(false, figure.nodeOfConcept(false, 3));
            keyClick(Qt.Key_Left);
            verify(trees.current.title.startsWith("Base subtree of"));
            keyClick(Qt.Key_Right);
            const first = trees.current.node;
            keyClick(Qt.Key_Down);
            verify(trees.current.node !== first);
            keyClick(Qt.Key_Plus);
            verify(figure.zoom > 1);
            keyClick(Qt.Key_Home);
            compare(figure.zoom, 1);
            keyClick(Qt.Key_Return);
            verify(figure.zoom > 1);
            keyClick(Qt.Key_Home);
            keyClick(Qt.Key_BracketRight);
            compare(Fixture.session.k, 25);
        }

        function test_wheelZoomsToOccurrencesAboutThePointer() {
            open();
            const before = figure.pointOf(false, 10);
            mouseWheel(figure, before.x - 30, before.y, 0, 480);
            verify(Math.abs(figure.zoom - 4) < 1e-6);
            verify(Math.abs(figure.pointOf(false, 10).y - before.y) < 1);
            mouseDoubleClickSequence(figure, 400, 200);
            compare(figure.zoom, 1);
        }

        function test_oneModelAlone() {
            open();
            mouseClick(findChild(view, "sides"), 110, 10);
            compare(figure.sides, Dendrogram.Base);
            tryCompare(figure, "settled", true);
            figure.sides = Dendrogram.Both;
        }

        function test_anotherLayerHasOtherTrees() {
            open();
            Fixture.session.layer = 2;
            tryCompare(trees, "layer", 2);
            compare(figure.baseTitle, "Base model, layer 2");
        }
    }
}
