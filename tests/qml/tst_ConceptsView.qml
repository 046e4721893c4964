import QtQuick
import QtTest
import Palimpsest.Models
import Palimpsest.Testing
import Palimpsest.Views

// Base: 0 six function words, 1 nine adjectives, 2 eight nouns. Fine-tuned: 0 and 2 the same, 1 the four negative
// and 3 the five positive adjectives. Listed by size: B1 B2 F2 B0 F0 F3 F1.
Item {
    id: root
    width: 1180
    height: 700

    Component {
        id: viewComponent
        ConceptsView {
            anchors.fill: parent
            session: null
            selection: Fixture.selection
            browser: Fixture.browser
        }
    }

    TestCase {
        id: test
        name: "ConceptsView"
        when: windowShown

        property Item view: null

        function init() {
            failOnWarning(/.?/);
            view = createTemporaryObject(viewComponent, root);
            verify(view);
        }
        function cleanup() {
            Fixture.close();
        }
        function child(name) {
            const item = findChild(view, name);
            verify(item, name);
            return item;
        }
        function delegateAt(list, row) {
            list.positionViewAtIndex(row, ListView.Contain);
            tryVerify(() => list.itemAtIndex(row) !== null);
            waitForRendering(list, 200);
            return list.itemAtIndex(row);
        }

        function test_withoutAProjectItSaysWhatToDo() {
            verify(child("stateMessage").visible);
            compare(child("stateMessage").text, "No project is open");
        }

        function test_clickSelectsAndTheCardFollows() {
            Fixture.showReviews();
            const list = child("conceptList");
            tryCompare(list, "count", 7);
            verify(!child("stateMessage").visible);
            compare(list.currentIndex, 0);
            mouseClick(delegateAt(list, 3));
            compare(Fixture.selection.side, Selection.Base);
            compare(Fixture.selection.conceptId, 0);
            compare(Fixture.browser.card.title, "Concept 0");
            compare(child("sentenceList").count, 6);
            compare(Fixture.browser.counterpart.conceptId, 0);
        }

        function test_arrowKeysMoveAndEnterGoesToTheCounterpart() {
            Fixture.showReviews();
            const list = child("conceptList");
            list.forceActiveFocus();
            keyClick(Qt.Key_Down);
            compare(list.currentIndex, 1);
            keyClick(Qt.Key_Home);
            compare(list.currentIndex, 0);
            keyClick(Qt.Key_Return);
            compare(Fixture.selection.side, Selection.FineTuned);
            compare(Fixture.selection.conceptId, 3);
            compare(list.currentIndex, 5);
        }

        function test_buttonGoesToTheCounterpart() {
            Fixture.showReviews();
            mouseClick(child("goToCounterpart"));
            compare(Fixture.selection.side, Selection.FineTuned);
            compare(Fixture.browser.counterpart.side, Selection.Base);
        }

        function test_typedTextFilters() {
            Fixture.showReviews();
            const field = child("wordFilter");
            tryVerify(() => child("wordTable").mapToItem(view, 0, 0).x > field.width); // the panes stand side by side
            mouseClick(field);
            for (const key of ["a", "w", "f"])
                keyClick(key);
            tryCompare(child("conceptList"), "count", 2);
            keyClick("x");
            tryCompare(child("conceptList"), "count", 0);
            const message = child("emptyList");
            verify(message.visible);
            message.triggered();
            compare(child("conceptList").count, 7);
            compare(field.text, "");
        }

        function test_choicesFilter() {
            Fixture.showReviews();
            const list = child("conceptList");
            const status = child("statusFilter");
            status.forceActiveFocus();
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Down); // split
            compare(status.displayText, "Split");
            compare(list.count, 3);
            Fixture.browser.concepts.clearFilter();
            compare(status.displayText, "Any status");
            const classes = child("classFilter");
            classes.forceActiveFocus();
            keyClick(Qt.Key_End);
            compare(classes.displayText, "Other concepts");
            compare(list.count, 6);
        }

        function test_modelToggleShowsOneSide() {
            Fixture.showReviews();
            Fixture.selection.shown = Selection.ShowFineTuned;
            compare(child("conceptList").count, 4);
        }

        function test_clickOnAWordShowsItsSentences() {
            Fixture.showReviews(); // the adjectives
            const table = findChild(child("wordTable"), "words");
            compare(child("sentenceList").count, 9);
            mouseClick(delegateAt(table, 2)); // good
            compare(Fixture.browser.card.sentences.word, "good");
            compare(child("sentenceList").count, 2);
            mouseClick(delegateAt(table, 2));
            compare(child("sentenceList").count, 9);
        }

        function test_theWordCloudHasTheWords() {
            Fixture.showReviews();
            tryCompare(child("wordCloud"), "shownWords", 4);
        }

        function test_anotherOverlapIsPutBeside() {
            Fixture.showReviews(); // the adjectives, beside the positive ones
            const overlaps = child("overlapList");
            compare(overlaps.count, 2);
            mouseClick(delegateAt(overlaps, 1));
            compare(Fixture.browser.counterpart.conceptId, 1);
            compare(Fixture.selection.conceptId, 1);
            compare(Fixture.selection.side, Selection.Base);
        }

        // Rows say what the model says, whatever they showed before they were used again.
        function checkRows(list) {
            const concepts = Fixture.browser.concepts;
            for (let row = 0; row < list.count; ++row) {
                const item = delegateAt(list, row);
                compare(item.title, concepts.data(concepts.index(row, 0)), "row " + row);
            }
        }

        function test_rowsAreRightAfterFiltering() {
            Fixture.showMany(300, 150);
            const list = child("conceptList");
            tryCompare(list, "count", 600);
            waitForRendering(view);
            mouseClick(delegateAt(list, 300));
            mouseClick(child("wordFilter"));
            for (const key of ["1", "9", "1"]) {
                keyClick(key);
                waitForRendering(list, 200);
            }
            tryCompare(list, "count", 3); // w191: base 191 and the fine-tuned concepts that its two went to
            checkRows(list);
            keyClick(Qt.Key_Backspace);
            // w19, w119, w219 and w190 to w199; fine-tuned 200 and 220 took one of w199 and of w219.
            tryCompare(list, "count", 13 + 13 + 2);
            checkRows(list);
        }

        function test_thetaKeepsThePlaceInTheList() {
            Fixture.showMany(300, 150);
            const list = child("conceptList");
            tryCompare(list, "count", 600);
            mouseClick(delegateAt(list, 200));
            const place = list.contentY;
            verify(place > 0);
            Fixture.setTheta(0.4);
            compare(list.contentY, place);
            compare(list.currentIndex, 200);
        }
    }
}
