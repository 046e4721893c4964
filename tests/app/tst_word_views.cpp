// Words: their way through a project, the concepts that surprise, definitions, and the mask.

#include <QAbstractItemModelTester>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <set>

#include "bridge/job_controller.h"
#include "label_fixture.h"
#include "models/concept_browser.h"
#include "models/definitions.h"
#include "models/dendrogram_model.h"
#include "models/flow_model.h"
#include "models/label_browser.h"
#include "models/map_model.h"
#include "models/suggestion_list_model.h"
#include "models/word_mask.h"
#include "models/words_model.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::Selection;
using app::SuggestionListModel;
using app::WordMask;
using app::WordPathModel;
using app::WordPatterns;
using app::WordsModel;

class TestWordViews : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_project;

    struct Sitting {
        app::JobController jobs;
        app::StudySession session{jobs};
        Selection selection;
        app::ConceptBrowser browser;
        WordsModel words;
        SuggestionListModel suggestions;
        Sitting()
        {
            browser.setSession(&session);
            browser.setSelection(&selection);
            words.setSession(&session);
            words.setJobs(&jobs);
            suggestions.setSession(&session);
            suggestions.setJobs(&jobs);
        }
    };
    std::unique_ptr<WordMask> m_mask;
    std::unique_ptr<Sitting> m_sitting;

    void open()
    {
        m_sitting->session.openProject(m_project);
        QTRY_VERIFY(m_sitting->session.isSettled());
    }

    /// Every word is offensive.
    void maskEverything()
    {
        QFile file(WordMask::userFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("*a*\n*e*\n*i*\n*o*\n*u*\n*y*\n*.*\n");
        file.close();
        m_mask->reload();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("Palimpsest"));
        QCoreApplication::setApplicationName(QStringLiteral("palimpsest-test-words"));
        m_project = m_folder.filePath(QStringLiteral("sample.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
        VERIFY_RESULT(testing::writeSampleActivations(m_project.toStdString()));
        VERIFY_RESULT(testing::attachSampleLabels(m_project.toStdString()));
    }
    void init()
    {
        QFile::remove(WordMask::userFile());
        m_mask = std::make_unique<WordMask>();
        m_sitting = std::make_unique<Sitting>();
    }
    void cleanup()
    {
        m_sitting.reset();
        m_mask.reset();
    }

    void aWordHasAWayThroughAllLayers()
    {
        WordsModel& words = m_sitting->words;
        const QAbstractItemModelTester tester(
            words.path(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(!words.problem().isEmpty());
        open();
        QTRY_VERIFY(words.isFound()); // one that the program chose
        QVERIFY(!words.word().isEmpty());
        words.setWord(QStringLiteral("FILM"));
        QTRY_COMPARE(words.word(), QStringLiteral("film"));
        QTRY_COMPARE(words.path()->count(), 3);
        const auto cell = [&](int row, int role) { return words.path()->index(row).data(role); };
        QCOMPARE(cell(2, WordPathModel::LayerRole).toInt(), 2);
        QVERIFY(
            cell(0, WordPathModel::StayedRole).toDouble() > cell(2, WordPathModel::StayedRole).toDouble());
        QVERIFY(cell(0, WordPathModel::BaseShareRole).toDouble() > 0.0);
        QCOMPARE(cell(0, WordPathModel::SecondBaseRole).toDouble(), -1.0);
        QVERIFY(words.sentences()->count() > 0);
        for (int row = 0; row < words.sentences()->count(); ++row)
            QCOMPARE(words.sentences()->index(row).data(app::SentenceListModel::WordRole).toString(),
                QStringLiteral("film"));
    }

    void whileNobodyLooksNothingIsComputed()
    {
        WordsModel& words = m_sitting->words;
        SuggestionListModel& suggestions = m_sitting->suggestions;
        words.setActive(false);
        suggestions.setActive(false);
        open();
        words.setWord(QStringLiteral("film"));
        QTest::qWait(50); // time enough for a job to be started
        QVERIFY(m_sitting->session.isSettled());
        QVERIFY(!words.isComputing());
        QVERIFY(!words.isFound());
        QCOMPARE(suggestions.count(), 0);
        words.setActive(true);
        suggestions.setActive(true);
        QTRY_COMPARE(words.path()->count(), 3);
        QCOMPARE(words.word(), QStringLiteral("film"));
        QTRY_VERIFY(suggestions.count() > 0);
    }

    /// The path as a figure: its numbers, and its words as they may be shown.
    void theWayOfAWordIsAFigure()
    {
        WordsModel& words = m_sitting->words;
        QVERIFY(words.figure().isEmpty());
        open();
        words.setWord(QStringLiteral("film"));
        QTRY_COMPARE(words.path()->count(), 3);
        QTRY_VERIFY(words.isComplete());
        const app::FigureTable table = words.figure().table();
        QCOMPARE(table.rows.size(), 3);
        QCOMPARE(table.rows[2][0].toInt(), 2);
        QCOMPARE(
            table.rows[2][4].toDouble(), words.path()->index(2).data(WordPathModel::StayedRole).toDouble());
        const QString shown = table.rows[0][2].toString();
        QVERIFY(!shown.contains(QChar(0x2022)));
        words.setSecond(QStringLiteral("film"));
        QTRY_VERIFY(words.isSecondFound());
        QCOMPARE(words.figure().table().header.size(), 11);
        maskEverything();
        m_mask->setOn(true);
        QVERIFY(words.figure().table().rows[0][2].toString().contains(QChar(0x2022)));
        m_mask->setOn(false);
    }

    void aSecondWordIsCompared()
    {
        open();
        WordsModel& words = m_sitting->words;
        words.setWord(QStringLiteral("film"));
        words.setSecond(QStringLiteral("film"));
        QTRY_VERIFY(words.isSecondFound());
        QTRY_COMPARE(words.path()->index(0).data(WordPathModel::SecondBaseRole).toDouble(), 1.0);
        words.setSecond(QStringLiteral("zzz"));
        QTRY_VERIFY(words.problem().contains(QStringLiteral("zzz")));
        QVERIFY(words.isFound());
        words.setWord(QStringLiteral("yyy"));
        QTRY_VERIFY(!words.isFound());
        QCOMPARE(words.sentences()->count(), 0);
    }

    void nearWordsCanBeFollowed()
    {
        open();
        WordsModel& words = m_sitting->words;
        const QAbstractItemModelTester tester(
            words.near(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        words.setWord(QStringLiteral("wonderful"));
        QTRY_VERIFY(words.headline().startsWith(QStringLiteral("“wonderful”")));
        // Fine-tuning pulls words of one class together.
        std::set<QString> good{QStringLiteral("moving"), QStringLiteral("charming"), QStringLiteral("clever"),
            QStringLiteral("warm"), QStringLiteral("delightful")};
        bool found = false;
        double before = 1.0;
        for (int row = 0; row < words.near()->count(); ++row) {
            const double similarity
                = words.near()->index(row).data(app::NearWordModel::SimilarityRole).toDouble();
            QVERIFY(similarity <= before && similarity > 0.0);
            before = similarity;
            found = found || good.contains(words.near()->wordAt(row));
        }
        QVERIFY(found);
        QCOMPARE(words.near()->wordAt(-1), QString());
    }

    void anotherProjectForgetsTheWord()
    {
        open();
        m_sitting->words.setWord(QStringLiteral("film"));
        QTRY_COMPARE(m_sitting->words.path()->count(), 3);
        m_sitting->session.closeProject();
        QCOMPARE(m_sitting->words.path()->count(), 0);
        QCOMPARE(m_sitting->words.word(), QString());
    }

    void suggestionsComeWithTheirReasons()
    {
        SuggestionListModel& suggestions = m_sitting->suggestions;
        const QAbstractItemModelTester tester(
            &suggestions, QAbstractItemModelTester::FailureReportingMode::QtTest);
        open();
        QTRY_VERIFY(suggestions.count() > 0);
        QVERIFY(suggestions.count() <= static_cast<int>(SuggestionListModel::kMost));
        const auto cell = [&](int row, int role) { return suggestions.index(row).data(role); };
        bool polar = false;
        for (int row = 0; row < suggestions.count(); ++row) {
            QVERIFY(!cell(row, SuggestionListModel::ReasonRole).toString().isEmpty());
            polar = polar
                || cell(row, SuggestionListModel::KindRole).toString() == QStringLiteral("More polar");
        }
        QVERIFY(polar); // layer 2 is sorted by class
        m_sitting->session.setLayer(1);
        suggestions.setOnlyShownLayer(true);
        for (int row = 0; row < suggestions.count(); ++row)
            QCOMPARE(cell(row, SuggestionListModel::LayerRole).toInt(), 1);
    }

    void definitionsAreThere()
    {
        const app::DefinitionListModel list;
        QCOMPARE(list.rowCount(), static_cast<int>(app::definitionRegistry().size()));
        std::set<QString> topics;
        for (int row = 0; row < list.rowCount(); ++row) {
            topics.insert(list.index(row).data(app::DefinitionListModel::TopicRole).toString());
            QVERIFY(list.index(row).data(app::DefinitionListModel::TextRole).toString().size() > 30);
        }
        QCOMPARE(topics.size(), app::definitionRegistry().size());
        app::Definition definition;
        definition.setTopic(QStringLiteral("kappa"));
        QCOMPARE(definition.title(), QStringLiteral("Cohen's κ"));
        QTest::ignoreMessage(QtWarningMsg, "No definition of nonsense");
        definition.setTopic(QStringLiteral("nonsense"));
        QCOMPARE(definition.text(), QString());
    }

    void patternsFitAsTheyAreWritten_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<bool>("fits");
        QTest::newRow("whole word") << "Plain" << true;
        QTest::newRow("not inside of another") << "plains" << false;
        QTest::newRow("beginning") << "BEGINNING" << true;
        QTest::newRow("not in the middle") << "rebegin" << false;
        QTest::newRow("end") << "the-end" << true;
        QTest::newRow("inside") << "xxmiddlexx" << true;
        QTest::newRow("comment") << "comment" << false;
        QTest::newRow("letters of others") << "GRÖSSE" << true;
        QTest::newRow("empty") << "" << false;
    }

    void patternsFitAsTheyAreWritten()
    {
        QFETCH(QString, word);
        QFETCH(bool, fits);
        const auto patterns
            = WordPatterns::parse("plain # comment\r\nbegin*\n*end\n*middle*\n# comment\n\n*\n**\ngrösse\n");
        QVERIFY(!patterns.isEmpty());
        QCOMPARE(patterns.matches(word), fits);
        QVERIFY(WordPatterns::parse("# nothing").isEmpty());
    }

    void theMaskHidesWhatTheUserListed()
    {
        QFile file(WordMask::userFile());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("# Words that are hidden")); // the list that comes with the program
        file.close();
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("film\nwonder*\n");
        file.close();
        QSignalSpy changed(m_mask.get(), &WordMask::changed);
        m_mask->reload();
        QCOMPARE(app::shownWord("film"), QStringLiteral("film")); // off
        m_mask->setOn(true);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(app::shownWord("Film"), QStringLiteral("F•••"));
        QCOMPARE(app::shownText("a wonderful film !"), QStringLiteral("a w•••••••• f••• !"));
        m_mask->setOn(false);
        QCOMPARE(app::shownText("a wonderful film !"), QStringLiteral("a wonderful film !"));
    }

    void theMaskActsInLists()
    {
        maskEverything();
        open();
        m_sitting->selection.selectConcept(Selection::Base, 0);
        auto* table = m_sitting->browser.card()->words();
        const QString word = table->wordAt(0);
        const QString before
            = m_sitting->browser.concepts()->index(0, 0).data(app::ConceptListModel::WordsRole).toString();
        m_mask->setOn(true);
        QVERIFY(!before.contains(QChar(0x2022)));
        QVERIFY(m_sitting->browser.concepts()
                    ->index(0, 0)
                    .data(app::ConceptListModel::WordsRole)
                    .toString()
                    .contains(QChar(0x2022)));
        QVERIFY(table->wordAt(0) != word);
        // A masked word still finds its sentences.
        m_sitting->browser.card()->sentences()->setWord(table->wordAt(0));
        QVERIFY(m_sitting->browser.card()->sentences()->count() > 0);
        m_mask->setOn(false);
        QCOMPARE(table->wordAt(0), word);
    }

    void theMaskActsInTreeFlowMapAndLabelsAtOnce()
    {
        maskEverything();
        auto& session = m_sitting->session;
        app::DendrogramModel tree;
        app::FlowModel flow;
        app::MapModel map;
        app::LabelSession labels(m_sitting->jobs, session);
        app::LabelBrowser labelled;
        tree.setSession(&session);
        tree.setSelection(&m_sitting->selection);
        flow.setSession(&session);
        flow.setActive(true);
        map.setSession(&session);
        map.setSelection(&m_sitting->selection);
        labelled.setLabels(&labels);
        labelled.setSelection(&m_sitting->selection);
        labelled.setJobs(&m_sitting->jobs);
        open();
        m_sitting->selection.selectConcept(Selection::Base, 0);
        QTRY_COMPARE(map.state(), app::MapModel::NotComputed);
        map.compute();
        QTRY_COMPARE(map.state(), app::MapModel::Ready);
        QTRY_COMPARE(flow.state(), app::FlowModel::Ready);
        flow.pick(0, 0, -1);
        labelled.pickCell(-1, session.layer(), Selection::Base);
        QTRY_VERIFY(flow.words()->count() > 0 && labelled.concepts()->count() > 0);
        QTRY_VERIFY(!tree.current()->topWords().isEmpty() && tree.current()->words()->count() > 0);
        const auto texts = [&] {
            const auto names = map.names().value<app::ScatterNames>();
            return QStringList{tree.current()->topWords(), tree.current()->words()->wordAt(0),
                flow.words()->wordAt(0), names ? names->front().text : QString(), map.markedText(),
                labelled.concepts()->index(0).data(app::LabelConceptListModel::WordsRole).toString()};
        };
        const auto masked = [&texts] {
            return std::ranges::count_if(
                texts(), [](const QString& text) { return text.contains(QChar(0x2022)); });
        };
        QCOMPARE(masked(), std::ptrdiff_t{0});
        const QStringList before = texts();
        QSignalSpy listed(flow.words(), &QAbstractItemModel::dataChanged);
        QSignalSpy told(tree.current(), &app::TreeNodeCard::wordsChanged);
        QSignalSpy marked(&map, &app::MapModel::markedChanged);
        m_mask->setOn(true); // and nothing else
        QTRY_COMPARE(masked(), std::ptrdiff_t{6});
        QVERIFY(listed.count() > 0 && told.count() > 0 && marked.count() > 0); // views are told
        m_mask->setOn(false);
        QTRY_COMPARE(texts(), before);
    }

    void aHiddenBrowserMovesTheSelectionAndNothingElse()
    {
        open();
        QTRY_VERIFY(!m_sitting->browser.isWaiting());
        auto& browser = m_sitting->browser;
        m_sitting->selection.selectConcept(Selection::Base, 0);
        const auto before = browser.snapshot();
        const auto members = before->a->members(base::ClusterId{0});
        browser.setActive(false);
        m_sitting->session.setK(m_sitting->session.k() / 2);
        QTRY_VERIFY(m_sitting->session.isSettled());
        const auto now = m_sitting->session.comparison();
        QVERIFY(now != before);
        QVERIFY(browser.snapshot() == before);
        QVERIFY(browser.isWaiting());
        // Half the cuts are undone, so all members are in one concept.
        QCOMPARE(m_sitting->selection.conceptId(),
            static_cast<int>(base::toIndex(now->a->conceptOf(members.front()))));
        browser.setActive(true);
        QTRY_VERIFY(!browser.isWaiting());
        QVERIFY(browser.snapshot() == now);
        QCOMPARE(browser.concepts()->count(), 2 * m_sitting->session.k());
        QCOMPARE(browser.card()->conceptId(), m_sitting->selection.conceptId());
    }

    void lostLabelsAreSuggested()
    {
        app::LabelSession labels(m_sitting->jobs, m_sitting->session);
        m_sitting->suggestions.setLabels(&labels);
        open();
        QTRY_VERIFY(
            !labels.isComputing() && m_sitting->session.isSettled() && m_sitting->suggestions.count() > 0);
        const auto& list = m_sitting->suggestions;
        int told = 0;
        for (int row = 0; row < list.count(); ++row) {
            const QString kind = list.index(row).data(SuggestionListModel::KindRole).toString();
            if (!kind.startsWith(QStringLiteral("Label")))
                continue;
            ++told;
            const QString reason = list.index(row).data(SuggestionListModel::ReasonRole).toString();
            QVERIFY2(reason.contains(QStringLiteral("carries that label")), qPrintable(reason));
        }
        QVERIFY(told > 0);
    }

    void aHiddenBrowserSelectsTheLargestConceptFirst()
    {
        m_sitting->browser.setActive(false);
        open();
        const auto& concepts = *m_sitting->session.comparison();
        QVERIFY(m_sitting->selection.conceptId() >= 0);
        const auto size = app::conceptsOf(concepts, m_sitting->selection.side())
                              .size(base::toId<base::ClusterId>(
                                  static_cast<std::size_t>(m_sitting->selection.conceptId())));
        for (const auto* set : {concepts.a.get(), concepts.b.get()})
            for (std::size_t id = 0; id < set->conceptCount(); ++id)
                QVERIFY(set->size(base::toId<base::ClusterId>(id)) <= size);
    }

    void aRenameNeedsTheCardAtOnce()
    {
        open();
        QTRY_VERIFY(!m_sitting->browser.isWaiting());
        m_sitting->browser.setActive(false);
        m_sitting->selection.selectConcept(Selection::FineTuned, 1);
        QSignalSpy requests(&m_sitting->browser, &app::ConceptBrowser::renameRequested);
        m_sitting->browser.requestRename();
        QCOMPARE(requests.count(), 1);
        QCOMPARE(m_sitting->browser.card()->conceptId(), 1);
        QCOMPARE(m_sitting->browser.card()->side(), Selection::FineTuned);
    }

    void someProjectsStartMasked()
    {
        const QStringList plain{QStringLiteral("negative"), QStringLiteral("positive")};
        QVERIFY(!WordMask::suitsProject({}, QStringLiteral("/data/sst2.tsv"), plain));
        QVERIFY(WordMask::suitsProject({}, QStringLiteral("/data/HateXplain.tsv"), plain));
        QVERIFY(
            !WordMask::suitsProject({}, QStringLiteral("/hate/sst2.tsv"), plain)); // only the file's own name
        QVERIFY(WordMask::suitsProject(
            {}, QStringLiteral("d.tsv"), {QStringLiteral("0"), QStringLiteral("offensive")}));
        QVERIFY(!WordMask::suitsProject(QStringLiteral("no"), QStringLiteral("hate.tsv"), plain));
        QVERIFY(WordMask::suitsProject(QStringLiteral("yes"), QStringLiteral("sst2.tsv"), plain));
    }

    void aProjectRemembersItsMask()
    {
        open();
        m_sitting->session.keepParameter(QStringLiteral("mask_words"), QStringLiteral("yes"));
        QTRY_COMPARE(m_sitting->jobs.activeCount(), 0);
        m_sitting->session.closeProject();
        open();
        QCOMPARE(m_sitting->session.parameter(QStringLiteral("mask_words")), QStringLiteral("yes"));
    }
};

QTEST_MAIN(TestWordViews) // figures measure fonts
#include "tst_word_views.moc"
