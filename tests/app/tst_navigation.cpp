// Places visited, the registry of actions, and the search for a word.

#include <QAbstractItemModelTester>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <set>

#include "bridge/actions.h"
#include "bridge/job_controller.h"
#include "bridge/navigator.h"
#include "bridge/place_detail.h"
#include "models/action_list_model.h"
#include "models/concept_browser.h"
#include "models/search_model.h"
#include "models/system_motion.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::ActionListModel;
using app::Actions;
using app::Navigator;
using app::SearchModel;
using app::Selection;

/// Stands for a view with a figure that is zoomed and a word that is chosen.
class ViewOfPlace : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString viewport MEMBER m_viewport WRITE setViewport NOTIFY viewportChanged)
    Q_PROPERTY(QString word MEMBER m_word WRITE setWord NOTIFY wordChanged)

public:
    QString m_viewport, m_word;
    void setViewport(const QString& viewport)
    {
        m_viewport = viewport;
        Q_EMIT viewportChanged();
    }
    void setWord(const QString& word)
    {
        m_word = word;
        Q_EMIT wordChanged();
    }

Q_SIGNALS:
    void viewportChanged();
    void wordChanged();
};

/// As QML does when all properties are set.
void complete(QQmlParserStatus& object)
{
    object.componentComplete();
}

class TestNavigation : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_project;

    struct Sitting {
        app::JobController jobs;
        app::StudySession session{jobs};
        app::Annotations annotations{session, jobs};
        app::AppSettings settings;
        Selection selection;
        app::ConceptBrowser browser;
        Navigator navigator;
        Actions actions;
        Sitting()
        {
            navigator.setSession(&session);
            navigator.setSelection(&selection);
            browser.setSession(&session);
            browser.setSelection(&selection);
            actions.setSession(&session);
            actions.setSelection(&selection);
            actions.setAnnotations(&annotations);
            actions.setNavigator(&navigator);
            actions.setSettings(&settings);
        }
    };
    std::unique_ptr<Sitting> m_sitting;

    void open()
    {
        m_sitting->session.openProject(m_project);
        QTRY_VERIFY(m_sitting->session.isSettled());
        m_sitting->navigator.note();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("Palimpsest"));
        QCoreApplication::setApplicationName(QStringLiteral("palimpsest-test-navigation"));
        m_project = m_folder.filePath(QStringLiteral("sample.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
    }
    void init()
    {
        QSettings().clear();
        m_sitting = std::make_unique<Sitting>();
    }
    void cleanup() { m_sitting.reset(); }

    void placesAreVisitedAgain()
    {
        open();
        auto& [jobs, session, annotations, settings, selection, browser, navigator, actions] = *m_sitting;
        QVERIFY(!navigator.canGoBack());
        selection.selectConcept(Selection::Base, 3);
        navigator.note();
        navigator.setView(1);
        navigator.note();
        session.setLayer(2);
        QTRY_VERIFY(m_sitting->session.isSettled());
        selection.selectConcept(Selection::FineTuned, 5);
        navigator.note();
        session.setK(10);
        session.setTheta(0.5);
        QTRY_VERIFY(m_sitting->session.isSettled());
        navigator.note();

        navigator.back();
        QTRY_VERIFY(m_sitting->session.isSettled());
        QTRY_COMPARE(selection.conceptId(), 5);
        QCOMPARE(session.k(), 24);
        QCOMPARE(session.theta(), 0.9);
        QCOMPARE(session.layer(), 2);
        navigator.back();
        QTRY_VERIFY(m_sitting->session.isSettled());
        QTRY_COMPARE(selection.conceptId(), 3);
        QCOMPARE(selection.side(), Selection::Base);
        QCOMPARE(session.layer(), 0);
        QCOMPARE(navigator.view(), 1);
        navigator.back();
        QCOMPARE(navigator.view(), 0);
        navigator.forward();
        navigator.forward();
        QTRY_VERIFY(m_sitting->session.isSettled());
        QTRY_COMPARE(selection.conceptId(), 5);
        QCOMPARE(session.layer(), 2);
        QVERIFY(navigator.canGoForward());
    }

    /// A figure is zoomed without a step, and stands as it was left when one comes back.
    void zoomIsNoStepAndComesBack()
    {
        open();
        auto& [jobs, session, annotations, settings, selection, browser, navigator, actions] = *m_sitting;
        ViewOfPlace view;
        app::PlaceDetail detail;
        detail.setProperty("navigator", QVariant::fromValue(&navigator));
        detail.setProperty("view", QStringLiteral("alignment"));
        detail.setProperty("target", QVariant::fromValue(static_cast<QObject*>(&view)));
        detail.setProperty("names", QStringList{QStringLiteral("viewport"), QStringLiteral("word")});
        detail.setProperty("steps", QStringList{QStringLiteral("word")});
        complete(detail);
        navigator.showView(QStringLiteral("alignment"));
        navigator.note();
        for (int notch = 0; notch < 20; ++notch)
            view.setViewport(QString::number(notch));
        navigator.note();
        const bool alone = navigator.canGoBack();
        navigator.setView(0);
        navigator.note();
        navigator.back();
        QCOMPARE(navigator.viewId(), QStringLiteral("alignment"));
        QCOMPARE(view.m_viewport, QStringLiteral("19"));
        navigator.back();
        QVERIFY(alone && !navigator.canGoBack()); // one step for the view, none for twenty notches
        navigator.forward();
        navigator.forward();
        view.setViewport(QStringLiteral("all"));
        navigator.back();
        QCOMPARE(view.m_viewport, QStringLiteral("19"));

        // What is zoomed before another K is chosen belongs to the place before.
        view.setViewport(QStringLiteral("deep"));
        session.setK(10);
        view.setViewport(QStringLiteral("all")); // as a figure of other concepts does
        QTRY_VERIFY(session.isSettled());
        navigator.note();
        navigator.back();
        QCOMPARE(view.m_viewport, QStringLiteral("deep"));
        QCOMPARE(session.k(), 24);
        QTRY_VERIFY(session.isSettled());
    }

    void anotherWordIsAStep()
    {
        open();
        Navigator& navigator = m_sitting->navigator;
        ViewOfPlace view;
        app::PlaceDetail detail;
        detail.setProperty("navigator", QVariant::fromValue(&navigator));
        detail.setProperty("view", QStringLiteral("words"));
        detail.setProperty("target", QVariant::fromValue(static_cast<QObject*>(&view)));
        detail.setProperty("names", QStringList{QStringLiteral("word")});
        detail.setProperty("steps", QStringList{QStringLiteral("word")});
        complete(detail);
        navigator.showView(QStringLiteral("words"));
        navigator.note();
        view.setWord(QStringLiteral("film")); // what a view finds by itself is no step
        navigator.note();
        view.setWord(QStringLiteral("good"));
        QTRY_VERIFY(navigator.canGoForward() || navigator.canGoBack());
        navigator.note();
        navigator.back();
        QCOMPARE(view.m_word, QStringLiteral("film"));
        navigator.back();
        QCOMPARE(navigator.viewId(), QStringLiteral("overview"));
        navigator.forward();
        QCOMPARE(view.m_word, QStringLiteral("film"));
        navigator.forward();
        QCOMPARE(view.m_word, QStringLiteral("good"));
    }

    void aDesktopAsksForLessMotion()
    {
        using Portal = app::PortalSettings;
        const auto gnome = QStringLiteral("org.gnome.desktop.interface");
        const auto common = QStringLiteral("org.freedesktop.appearance");
        QVERIFY(!app::asksForLessMotion(Portal()));
        QVERIFY(!app::asksForLessMotion(Portal{{gnome, {{QStringLiteral("enable-animations"), true}}}}));
        QVERIFY(app::asksForLessMotion(Portal{{gnome, {{QStringLiteral("enable-animations"), false}}}}));
        QVERIFY(app::asksForLessMotion(Portal{{common, {{QStringLiteral("reduced-motion"), 1U}}}}));
        qputenv("PALIMPSEST_REDUCED_MOTION", "1");
        QVERIFY(app::SystemMotion().isReduced());
        qputenv("PALIMPSEST_REDUCED_MOTION", "0");
        QVERIFY(!app::SystemMotion().isReduced());
        qunsetenv("PALIMPSEST_REDUCED_MOTION");
    }

    void aNewStepForgetsTheWayForward()
    {
        open();
        Navigator& navigator = m_sitting->navigator;
        navigator.setView(1);
        navigator.note();
        navigator.back();
        QVERIFY(navigator.canGoForward());
        navigator.setView(2);
        navigator.note();
        QVERIFY(!navigator.canGoForward());
        navigator.back();
        QCOMPARE(navigator.view(), 0);
    }

    void quickStepsAreOnePlace()
    {
        open();
        for (int k = 20; k > 10; --k)
            m_sitting->session.setK(k);
        QTRY_VERIFY(m_sitting->session.isSettled());
        QTRY_VERIFY(m_sitting->navigator.canGoBack());
        m_sitting->navigator.back();
        QCOMPARE(m_sitting->session.k(), 24);
        QVERIFY(!m_sitting->navigator.canGoBack());
    }

    void aConceptOfAnotherLayerIsShown()
    {
        open();
        m_sitting->navigator.showConcept(2, Selection::FineTuned, 7, QStringLiteral("concepts"));
        QTRY_VERIFY(m_sitting->session.isSettled());
        QTRY_COMPARE(m_sitting->selection.conceptId(), 7);
        QCOMPARE(m_sitting->selection.side(), Selection::FineTuned);
        QCOMPARE(m_sitting->session.layer(), 2);
        QCOMPARE(m_sitting->navigator.view(), 1);
    }

    void actionsHaveNamesOfTheirOwnAndNoKeysTwice()
    {
        QSet<QString> ids, keys;
        for (const auto& action : m_sitting->actions.all()) {
            QVERIFY2(!ids.contains(action.id), qPrintable(action.id));
            ids.insert(action.id);
            QVERIFY(!action.title.isEmpty());
            for (const QString& key : action.keys) {
                const QKeySequence sequence(key, QKeySequence::PortableText);
                QVERIFY2(!sequence.isEmpty() && sequence[0].key() != Qt::Key_unknown, qPrintable(key));
                QVERIFY2(!keys.contains(key), qPrintable(key));
                keys.insert(key);
            }
        }
    }

    void actionsAreDoneWhenPossible()
    {
        Actions& actions = m_sitting->actions;
        actions.trigger(QStringLiteral("layer.next")); // nothing open
        actions.trigger(QStringLiteral("no.such.action"));
        const bool dark = m_sitting->settings.isDark();
        actions.trigger(QStringLiteral("theme"));
        QCOMPARE(m_sitting->settings.isDark(), !dark);
        open();
        actions.trigger(QStringLiteral("layer.next"));
        QCOMPARE(m_sitting->session.layer(), 1);
        actions.trigger(QStringLiteral("view.alignment"));
        QCOMPARE(m_sitting->navigator.view(), 2);
        QVERIFY(!actions.isEnabled(*actions.find(QStringLiteral("edit.undo"))));
        QTRY_VERIFY(m_sitting->session.isSettled());
        m_sitting->selection.selectConcept(Selection::Base, 0);
        actions.trigger(QStringLiteral("concept.rate.4"));
        QVERIFY(actions.isEnabled(*actions.find(QStringLiteral("edit.undo"))));
        QCOMPARE(
            actions.find(QStringLiteral("edit.undo"))->title, QStringLiteral("Undo rating of Concept 0"));
        actions.trigger(QStringLiteral("edit.undo"));
        QVERIFY(!actions.isEnabled(*actions.find(QStringLiteral("edit.undo"))));
    }

    void aFewLettersFindAnAction_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("first");
        QTest::newRow("whole word") << "align"
                                    << "view.alignment";
        QTest::newRow("initials") << "ncwn"
                                  << "concept.next-unnamed";
        QTest::newRow("letters apart") << "expann"
                                       << "annotations.export";
        QTest::newRow("letter case") << "OVERVIEW"
                                     << "view.overview";
        QTest::newRow("with group") << "go back"
                                    << "go.back";
    }

    void aFewLettersFindAnAction()
    {
        QFETCH(QString, typed);
        QFETCH(QString, first);
        ActionListModel list;
        const QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
        list.setActions(&m_sitting->actions);
        QCOMPARE(list.count(), static_cast<int>(m_sitting->actions.all().size()));
        list.setBrief(true);
        QVERIFY(list.count() < static_cast<int>(m_sitting->actions.all().size()));
        list.setFilter(QStringLiteral("rate3")); // a rare one, but asked for
        QCOMPARE(
            list.index(0).data(ActionListModel::ActionIdRole).toString(), QStringLiteral("concept.rate.3"));
        list.setFilter(typed);
        QCOMPARE(list.index(0).data(ActionListModel::ActionIdRole).toString(), first);
        list.setFilter(QStringLiteral("qqqq"));
        QCOMPARE(list.count(), 0);
    }

    void fuzzyScoresPreferStartsOfWords()
    {
        const auto score = [](const char* typed, const char* text) {
            return app::fuzzyScore(QString::fromLatin1(typed), QString::fromLatin1(text));
        };
        QVERIFY(!score("abc", "acb"));
        QVERIFY(score("op", "Open project").value() > score("op", "Stop").value());
        QVERIFY(score("op", "Open").value() > score("op", "O xxxx p").value());
        QVERIFY(!score("a", ""));
    }

    void aWordIsFoundInAllLayersOfBothModels()
    {
        open();
        SearchModel search;
        const QAbstractItemModelTester tester(
            &search, QAbstractItemModelTester::FailureReportingMode::QtTest);
        search.setSession(&m_sitting->session);
        search.setJobs(&m_sitting->jobs);
        search.setAnnotations(&m_sitting->annotations);
        QCOMPARE(search.summary(), QStringLiteral("Type the beginning of a word"));
        search.setText(QStringLiteral("TH"));
        QTRY_COMPARE(search.word(), QStringLiteral("the"));
        std::set<std::pair<int, int>> places;
        for (int row = 0; row < search.count(); ++row)
            places.emplace(search.layerAt(row), search.sideAt(row));
        QCOMPARE(places.size(), std::size_t{6});
        const auto comparison = m_sitting->session.comparisons().front();
        const auto& concepts = *comparison->a;
        const auto words
            = concepts.words(base::toId<base::ClusterId>(static_cast<std::size_t>(search.conceptAt(0))));
        QVERIFY(std::ranges::any_of(
            words, [&](const auto& word) { return concepts.tokens().corpus().word(word.word) == "the"; }));
        search.setText(QStringLiteral("zzz"));
        QTRY_COMPARE(search.summary(), QStringLiteral("No analysed word begins with “zzz”"));
        QCOMPARE(search.layerAt(0), -1);
    }

    void aWordOfSeveralIsChosen()
    {
        open();
        SearchModel search;
        search.setSession(&m_sitting->session);
        search.setJobs(&m_sitting->jobs);
        search.setText(QStringLiteral("mo")); // movie, moving
        QTRY_COMPARE(search.words().size(), 2);
        const QString second = search.words().at(1);
        search.chooseWord(1);
        QTRY_COMPARE(search.words().size(), 1);
        QCOMPARE(search.words().front(), second);
        m_sitting->session.closeProject();
        QTRY_COMPARE(search.count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestNavigation)
#include "tst_navigation.moc"
