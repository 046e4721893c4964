import QtQuick
import QtTest
import Palimpsest.Models
import Palimpsest.Figures
import Palimpsest.Testing
import Palimpsest.Views

// Rows: 0 function words, 1 adjectives, 2 nouns. Columns: 0 and 2 the same, 1 and 3 parts of the adjectives.
Item {
    id: root
    width: 1180
    height: 700

    Component {
        id: viewComponent
        AlignmentView {
            anchors.fill: parent
            session: null
            selection: Fixture.selection
            browser: Fixture.browser
        }
    }

    TestCase {
        id: test
        name: "AlignmentView"
        when: windowShown

        property Item view: null
        property AlignmentMatrix matrix: null

        function init() {
            failOnWarning(/.?/);
            view = createTemporaryObject(viewComponent, root);
            verify(view);
            matrix = findChild(view, "matrix");
            verify(matrix);
        }
        function cleanup() {
            Fixture.close();
        }
        function showReviews() {
            Fixture.showReviews();
            tryCompare(matrix, "rows", 3);
            compare(matrix.columns, 4);
            matrix.update();
            waitForRendering(matrix);
        }
        function clickCell(base, fineTuned) {
            const point = matrix.cellCentre(base, fineTuned);
            verify(point.x > 0);
            mouseClick(matrix, point.x, point.y);
        }

        function test_withoutAProjectItSaysWhatToDo() {
            const message = findChild(view, "stateMessage");
            verify(message.visible);
            compare(message.text, "No project is open");
        }

        function test_axesSayWhatTheyAre() {
            showReviews();
            compare(matrix.rowTitle, "Base concepts, layer 3");
            compare(matrix.columnTitle, "Fine-tuned concepts, layer 3");
            compare(matrix.summary, "3 × 4 concepts, 4 cells");
        }

        function test_cellsAreDrawn() {
            showReviews();
            const point = matrix.mapToItem(root, matrix.cellCentre(2, 2));
            tryCompare(matrix, "settled", true);
            const image = grabImage(root);
            // Off the middle, where the share is written; the strongest colour of the light ramp.
            compare(image.pixel(point.x - 12, point.y - 12), Qt.color("#0b1f5c"));
        }

        function test_clickSelectsThePair() {
            showReviews();
            clickCell(1, 1);
            compare(Fixture.selection.side, Selection.Base);
            compare(Fixture.selection.conceptId, 1);
            compare(Fixture.browser.pair.fineTunedId, 1);
            compare(Fixture.browser.sharedWords.count, 2); // bad, awful
            compare(Fixture.browser.onlyBaseWords.count, 2); // great, good
            compare(Fixture.browser.onlyFineTunedWords.count, 0);
        }

        function test_hoverTellsBothConcepts() {
            showReviews();
            const point = matrix.cellCentre(1, 3);
            mouseMove(matrix, point.x - 1, point.y);
            mouseMove(matrix, point.x, point.y);
            tryCompare(Fixture.browser.hoveredPair, "valid", true);
            compare(Fixture.browser.hoveredPair.fineTunedId, 3);
            const card = findChild(view, "hoverCard");
            verify(card.visible);
            mouseMove(root, 5, 5);
            tryCompare(card, "visible", false);
        }

        function test_wheelZoomsAboutThePointerAndDoubleClickResets() {
            Fixture.showMany(200, 100);
            tryCompare(matrix, "rows", 200);
            matrix.update();
            waitForRendering(matrix);
            const before = matrix.cellCentre(60, 60);
            mouseWheel(matrix, before.x, before.y, 0, 480);
            verify(Math.abs(matrix.zoom - 4) < 1e-6);
            const after = matrix.cellCentre(60, 60);
            verify(Math.abs(after.x - before.x) < 3 && Math.abs(after.y - before.y) < 3);
            mouseDoubleClickSequence(matrix, before.x, before.y);
            compare(matrix.zoom, 1);
        }

        function test_dragPans() {
            Fixture.showMany(200, 100);
            tryCompare(matrix, "rows", 200);
            matrix.update();
            waitForRendering(matrix);
            const middle = matrix.cellCentre(100, 100);
            mouseWheel(matrix, middle.x, middle.y, 0, 960);
            const before = matrix.cellCentre(100, 100);
            mouseDrag(matrix, middle.x, middle.y, 60, 40);
            const after = matrix.cellCentre(100, 100);
            verify(after.x > before.x + 30 && after.y > before.y + 15);
        }

        function test_keyboardZoomsAndMoves() {
            showReviews();
            clickCell(0, 0);
            keyClick(Qt.Key_Down);
            compare(Fixture.browser.pair.baseId, 1);
            keyClick(Qt.Key_Right);
            compare(Fixture.browser.pair.fineTunedId, 1);
            keyClick(Qt.Key_Left);
            keyClick(Qt.Key_Left); // stops at the edge
            compare(Fixture.browser.pair.fineTunedId, 0);
            keyClick(Qt.Key_Plus);
            verify(matrix.zoom > 1);
            keyClick(Qt.Key_0);
            compare(matrix.zoom, 1);
        }

        function test_filtersLeaveOutCellsAndConcepts() {
            Fixture.showMany(20, 10);
            tryCompare(matrix, "rows", 20);
            const all = matrix.cellCount;
            mouseClick(findChild(view, "hideBelowTheta"));
            tryVerify(() => matrix.cellCount < all);
            mouseClick(findChild(view, "hideUnaligned"));
            tryVerify(() => matrix.rows < 20);
            matrix.showEverything();
            tryCompare(matrix, "cellCount", all);
            verify(!findChild(view, "hideUnaligned").checked);
        }

        function test_thetaKeepsTheView() {
            Fixture.showMany(200, 100);
            tryCompare(matrix, "rows", 200);
            matrix.update();
            waitForRendering(matrix);
            mouseWheel(matrix, 300, 200, 0, 480);
            Fixture.setTheta(0.4);
            wait(0);
            verify(Math.abs(matrix.zoom - 4) < 1e-6);
        }
    }
}
