import QtQuick
import QtTest
import Palimpsest.Models
import Palimpsest.Testing
import Palimpsest.Views

// Forty sentences of two classes before the reference pair: layers 0, 3 and 6, K = 24, θ = 0.8.
Item {
    id: root
    width: 1180
    height: 700

    property Item view: null

    TaskModel {
        id: task
        active: false
        session: Fixture.session
        selection: Fixture.selection
        annotations: Fixture.annotations
    }
    Component {
        id: viewComponent
        TaskView {
            anchors.fill: parent
            session: Fixture.session
            selection: Fixture.selection
            model: task
            onPartActivated: at => part = at
            onConceptChosen: (layer, side, conceptId) => Fixture.navigator.showConcept(layer, side, conceptId, "")
        }
    }

    TestCase {
        id: test
        name: "TaskView"
        when: windowShown

        function initTestCase() {
            if (!Fixture.hasPair)
                skip("reference data is absent: pairs/minilm-sst2 (set PALIMPSEST_REFERENCE_DIR)");
        }
        function init() {
            failOnWarning(/.?/);
            root.view = createTemporaryObject(viewComponent, root);
            verify(root.view);
        }
        function cleanup() {
            Fixture.session.closeProject();
            task.polarity.fineTuned = true;
        }
        function part(name) {
            return findChild(root.view, name);
        }
        function openPair() {
            verify(Fixture.open());
            tryCompare(task, "state", TaskModel.Ready, 20000);
            compare(task.problem, "");
            verify(task.hasClassifier);
        }
        function showPart(index) {
            const parts = part("taskParts");
            parts.forceActiveFocus();
            for (let i = 0; i < 3; ++i)
                keyClick(Qt.Key_Left);
            for (let i = 0; i < index; ++i)
                keyClick(Qt.Key_Right);
            compare(root.view.part, index);
            // Texts of the part wrap twice until all of it has its place; only then one can click on it.
            for (let i = 0; i < 3; ++i) {
                root.Window.window.update();
                waitForRendering(root.view);
            }
        }

        function test_withoutAProjectItSaysWhatToDo() {
            verify(part("taskState").visible);
            compare(task.state, TaskModel.NothingOpen);
        }

        function test_polarConceptsAreCountedUnderThreeDefinitions() {
            openPair();
            const charts = [task.polarity.gold, task.polarity.predicted, task.polarity.right];
            for (const chart of charts) {
                tryCompare(chart, "pointCount", 3);
                compare(chart.rowCount(), 4); // two classes, two models
            }
            for (let i = 0; i < 3; ++i)
                verify(part("polarityChart" + i).visible);
            // A click on a chart goes to its layer, and arrow keys go on from there.
            const picture = findChild(part("polarityChart1"), "chartPicture");
            tryVerify(() => picture.plot.width > 0);
            mouseClick(picture, picture.plot.x + picture.plot.width / 6, picture.plot.y + picture.plot.height / 2);
            compare(Fixture.session.layer, task.polarity.gold.layerNames[0] * 1);
            picture.forceActiveFocus();
            keyClick(Qt.Key_End);
            compare(Fixture.session.layer, 6);
            verify(picture.Accessible.name === "Predicted class");
            tryVerify(() => part("polarConcepts").count > 0);
            compare(task.classNames, ["negative", "positive"]);
            part("polarityClass").activated(2);
            tryVerify(() => task.polarity.summary.startsWith("layer 6, fine-tuned model"));
            tryVerify(() => part("polarConcepts").itemAtIndex(0)?.classIndex === 1);
            part("polarityDefinition").activated(1);
            tryVerify(() => part("polarConcepts").itemAtIndex(0)?.otherText.startsWith("gold "));
        }

        function test_aClickOnAPolarConceptSelectsIt() {
            openPair();
            Fixture.session.layer = 6;
            const list = part("polarConcepts");
            tryVerify(() => list.count > 0 && list.itemAtIndex(0) !== null);
            const row = list.itemAtIndex(0);
            mouseClick(row);
            compare(Fixture.selection.conceptId, row.conceptId);
            compare(Fixture.selection.side, Selection.FineTuned);
            verify(row.selected);
            verify(row.low < row.share || row.share === 1);
            list.forceActiveFocus();
            Fixture.selection.clear();
            keyClick(Qt.Key_Return);
            verify(Fixture.selection.conceptId >= 0);
        }

        function test_triggersAreSearchedBesideControlsAndExported() {
            openPair();
            Fixture.session.layer = 6;
            tryVerify(() => task.polarity.summary.startsWith("layer 6"));
            showPart(1);
            verify(part("labIdle").visible);
            task.lab.candidates = 6;
            task.lab.mostWords = 2;
            tryVerify(() => part("startTriggers").enabled);
            mouseClick(part("startTriggers"));
            compare(task.lab.state, TriggerLabModel.Running);
            tryCompare(task.lab, "state", TriggerLabModel.Ready, 60000);
            verify(part("triggerList").count > 0);
            verify(task.lab.kinds.count >= 2);
            verify(task.lab.headline.includes("positive"));
            compare(task.lab.composed.count, 2);
            verify(!task.lab.outdated);
            task.lab.composedIndex = 1;
            const flipped = part("flippedSentences");
            if (flipped.count > 0) {
                tryVerify(() => flipped.itemAtIndex(0) !== null);
                verify(flipped.itemAtIndex(0).markup.startsWith("<b><u>"));
                compare(flipped.itemAtIndex(0).className, "negative");
            }
            const path = Fixture.outputPath("triggers.tsv");
            task.lab.exportTriggers(path);
            tryVerify(() => Fixture.lineCount(path) > task.lab.triggers.count);
            task.lab.position = 2;
            verify(task.lab.outdated);
            verify(part("triggerList").count > 0); // kept until searched again
            task.lab.position = 0;
            verify(!task.lab.outdated);
        }

        function test_triggersThatWereFoundAreThereAgain() {
            openPair();
            Fixture.session.layer = 6;
            tryCompare(Fixture.session, "comparing", false);
            showPart(1);
            task.lab.target = 0;
            task.lab.candidates = 5;
            task.lab.start();
            tryCompare(task.lab, "state", TriggerLabModel.Ready, 60000);
            const headline = task.lab.headline;
            const first = part("triggerList").itemAtIndex(0).words;
            verify(headline.includes("negative"));
            verify(part("labMadeWith").text.includes("layer 6, K = 24"));
            Fixture.session.closeProject();
            tryCompare(task.lab, "headline", "");
            task.lab.candidates = 40;

            openPair();
            Fixture.session.layer = 6;
            tryCompare(task.lab, "headline", headline, 20000);
            compare(task.lab.target, 0); // with the choices that gave them
            tryCompare(part("triggerTarget"), "currentIndex", 0);
            compare(task.lab.candidates, 5);
            verify(!task.lab.outdated);
            verify(!part("staleTriggers").visible);
            tryVerify(() => part("triggerList").itemAtIndex(0)?.words === first);
            part("removeTriggers").forceActiveFocus();
            keyClick(Qt.Key_Space);
            tryVerify(() => task.lab.headline !== headline);
            verify(Fixture.annotations.undoText.includes("negative"));
            Fixture.annotations.undo();
            tryCompare(task.lab, "headline", headline);
            Fixture.annotations.redo();
            tryVerify(() => task.lab.headline !== headline);
            Fixture.annotations.undo();
        }

        function test_triggersOfAnEarlierRunAreSaidToBeOne() {
            verify(Fixture.openWithTriggersOfAnEarlierRun());
            tryCompare(task, "state", TaskModel.Ready, 20000);
            showPart(1);
            tryVerify(() => task.lab.stale, 20000);
            verify(part("staleTriggers").visible);
            verify(part("triggerList").count > 0);
            compare(part("flippedSentences").count, 1);
            compare(part("flippedSentences").itemAtIndex(0).original, "a dull film");
        }

        function test_aSearchCanBeCancelled() {
            openPair();
            showPart(1);
            if (task.lab.headline !== "")
                task.lab.remove();
            task.lab.candidates = 2000;
            task.lab.sentences = 0;
            task.lab.start();
            tryVerify(() => part("cancelTriggers").visible);
            mouseClick(part("cancelTriggers"));
            tryCompare(task.lab, "state", TriggerLabModel.Idle, 20000);
            task.lab.candidates = 6;
            task.lab.sentences = 100;
        }

        function test_wordsOfPickedConceptsAreTried() {
            openPair();
            Fixture.session.layer = 6;
            tryVerify(() => task.polarity.summary.startsWith("layer 6") && part("polarConcepts").count > 0);
            const first = part("polarConcepts").itemAtIndex(0).conceptId;
            Fixture.selection.selectConcept(Selection.FineTuned, first);
            showPart(1);
            verify(part("pickConcept").enabled);
            mouseClick(part("pickConcept"));
            verify(task.lab.onlyPicked);
            compare(task.lab.picked, ["Concept " + first]);
            verify(!part("pickConcept").enabled); // no concept twice
            task.lab.unpick(0);
            verify(!task.lab.canStart);
            task.lab.onlyPicked = false;
        }

        function test_aSentenceIsAnsweredWhileItIsTyped() {
            openPair();
            showPart(2);
            tryVerify(() => task.sentence.words.count === 8, 20000); // the corpus's first one
            const field = part("sentenceField");
            mouseClick(field);
            field.selectAll();
            for (const letter of "a dull film")
                keyClick(letter);
            tryVerify(() => task.sentence.words.count === 3 && !task.sentence.computing, 20000);
            compare(task.sentence.fineTuned.count, 2);
            compare(task.sentence.base.count, 0);
            verify(task.sentence.noBase.includes("no classification head"));
            verify(task.sentence.completenessText.startsWith("completeness error"));
            compare(part("conceptGrid").count, 3);
            compare(task.sentence.words.layers, [0, 3, 6]);
            const cell = findChild(root.view, "cell1-2");
            verify(cell);
            mouseClick(cell);
            tryCompare(Fixture.session, "layer", 6);
            tryCompare(Fixture.selection, "conceptId", cell.modelData.fineTunedId);
            compare(Fixture.selection.side, Selection.FineTuned);
        }

        function test_triggerWordsAreClickedAndDraggedIn() {
            openPair();
            Fixture.session.layer = 6;
            showPart(2);
            tryVerify(() => task.sentence.triggers.count > 0, 20000);
            task.sentence.text = "a dull film";
            tryVerify(() => task.sentence.words.count === 3, 20000);
            mouseClick(findChild(root.view, "trigger0"));
            tryVerify(() => task.sentence.words.count === 4, 20000);
            verify(task.sentence.text.endsWith(" a dull film"));
            const chip = findChild(root.view, "trigger1");
            const word = findChild(root.view, "word3");
            const from = chip.mapToItem(root.view, 5, 5); // the chip itself moves
            const to = word.mapToItem(root.view, word.width - 3, word.height / 2);
            mousePress(root.view, from.x, from.y);
            for (let i = 1; i <= 10; ++i)
                mouseMove(root.view, from.x + (to.x - from.x) * i / 10, from.y + (to.y - from.y) * i / 10);
            mouseRelease(root.view, to.x, to.y);
            tryVerify(() => task.sentence.words.count === 5, 20000);
            verify(!task.sentence.text.endsWith(" film"));
            findChild(root.view, "word4").forceActiveFocus();
            keyClick(Qt.Key_Delete);
            tryVerify(() => task.sentence.text.endsWith(" a dull film"));
        }

        function test_methodsAreChosen() {
            openPair();
            showPart(2);
            tryVerify(() => task.sentence.attributionText !== "" && !task.sentence.computing, 20000);
            const before = task.sentence.completenessText;
            part("attributionMethod").activated(1);
            tryVerify(() => task.sentence.completenessText !== before && !task.sentence.computing, 20000);
            part("attributionTarget").activated(2);
            tryVerify(() => task.sentence.attributionText.includes("positive"), 20000);
            part("attributionTarget").activated(0);
            part("attributionMethod").activated(0);
        }

        function test_aModelWithoutAHeadIsSaid() {
            verify(Fixture.openHeadless());
            tryCompare(task, "state", TaskModel.Ready, 20000);
            verify(part("taskProblem").text.includes("no classification head"));
            verify(!part("chooseModelFolder").visible);
            tryCompare(task.polarity.gold, "pointCount", 3); // gold classes work
            compare(part("polarityChart1").visible, false);
            showPart(1);
            verify(part("labUnavailable").visible);
            verify(part("labUnavailable").hint.includes("fine-tuned to classify"));
            showPart(2); // concepts of a sentence work
            tryVerify(() => part("conceptGrid").visible, 20000);
            verify(task.sentence.noAttribution.includes("no classification head"));
        }

        function test_withoutClassesInTheCorpusThoseOfTheModelAreTaken() {
            verify(Fixture.openWithoutClasses());
            tryCompare(task, "state", TaskModel.Ready, 20000);
            compare(task.classNames, ["negative", "positive"]);
            tryCompare(task.polarity.predicted, "pointCount", 3);
            compare(task.polarity.definition, 1);
            verify(!part("polarityChart0").visible);
        }

        function test_withoutAnyClassItSaysWhatToDo() {
            verify(Fixture.openWithoutAnything());
            tryCompare(task, "state", TaskModel.Ready, 20000);
            verify(part("noClasses").visible);
            verify(part("noClasses").hint.includes("column of classes"));
        }

        function test_movedCheckpointsAreLookedForWhereOneSays() {
            verify(Fixture.openMoved());
            tryCompare(task, "state", TaskModel.Ready, 20000);
            verify(part("taskProblem").text.includes("/no/such/folder"));
            verify(part("chooseModelFolder").visible);
            tryCompare(task.polarity.gold, "pointCount", 3);
            task.chooseFolder(Fixture.modelFolder);
            tryVerify(() => task.hasClassifier, 20000);
            compare(task.problem, "");
        }

        function test_zDeletedActivationsAreSaid() {
            verify(Fixture.open());
            verify(Fixture.deleteActivations());
            tryCompare(task, "state", TaskModel.Ready, 20000);
            showPart(2);
            tryVerify(() => part("noConcepts").text.includes("run the study again"), 20000);
            compare(task.sentence.fineTuned.count, 2); // the rest works
        }
    }
}
