// The story of a project: pinned from any view, edited and taken back, kept in the file, gone to again.

#include <QAbstractItemModelTester>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "bridge/annotations.h"
#include "bridge/job_controller.h"
#include "bridge/place_detail.h"
#include "bridge/story.h"
#include "models/word_mask.h"
#include "project/story_store.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::Navigator;
using app::Selection;
using app::Story;

namespace {

/// What a view may have of its own.
class ViewOptions : public QObject {
    Q_OBJECT
    Q_PROPERTY(Kind kind MEMBER m_kind)
    Q_PROPERTY(bool on MEMBER m_on)
    Q_PROPERTY(QString word MEMBER m_word)
    Q_PROPERTY(double share MEMBER m_share)

public:
    enum Kind { First, Second };
    Q_ENUM(Kind)
    Kind m_kind = First;
    bool m_on = false;
    QString m_word;
    double m_share = 0.5;
};

/// The services of one window.
struct Sitting {
    app::WordMask mask;
    app::JobController jobs;
    app::StudySession session{jobs};
    app::Annotations annotations{session, jobs};
    Story story{session, jobs, annotations.history()};
    Selection selection;
    Navigator navigator;

    Sitting()
    {
        navigator.setSession(&session);
        navigator.setSelection(&selection);
        story.setNavigator(&navigator);
    }
};

QImage picture()
{
    QImage image(800, 500, QImage::Format_RGB32);
    image.fill(Qt::darkCyan);
    return image;
}

} // namespace

class TestStory : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_project;
    std::unique_ptr<Sitting> m_sitting;

    void open()
    {
        m_sitting = std::make_unique<Sitting>();
        m_sitting->session.openProject(m_project);
        QTRY_VERIFY(m_sitting->session.isSettled());
        QTRY_VERIFY(!m_sitting->story.isLoading());
    }
    void reopen()
    {
        m_sitting.reset();
        open();
    }
    Story& story() { return m_sitting->story; }
    QString text(int row, int role) { return story().index(row, 0).data(role).toString(); }
    QStringList titles()
    {
        QStringList all;
        for (int row = 0; row < story().count(); ++row)
            all.append(text(row, Story::TitleRole));
        return all;
    }
    void pinThree()
    {
        for (const char* title : {"one", "two", "three"})
            story().setTitle(story().pin({}), QString::fromLatin1(title));
    }

private Q_SLOTS:
    void init()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("Palimpsest"));
        QCoreApplication::setApplicationName(QStringLiteral("palimpsest-test-story"));
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_project = m_folder->filePath(QStringLiteral("sample.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
        open();
    }
    void cleanup() { m_sitting.reset(); }

    void aPinnedPlaceIsThereAfterReopening()
    {
        m_sitting->navigator.showView(QStringLiteral("flow"));
        m_sitting->session.setLayer(2);
        QTRY_VERIFY(m_sitting->session.isSettled());
        m_sitting->selection.selectConcept(Selection::FineTuned, 4);
        QCOMPARE(story().pin(picture()), 0);
        story().setTitle(0, QStringLiteral("  What   became of it "));
        story().setCaption(0, QStringLiteral("two\nlines"));
        story().setNotes(0, QStringLiteral("breathe"));
        QTRY_VERIFY(story().isSaved());
        reopen();
        QCOMPARE(story().count(), 1);
        QCOMPARE(text(0, Story::TitleRole), QStringLiteral("What became of it"));
        QCOMPARE(text(0, Story::CaptionRole), QStringLiteral("two\nlines"));
        QCOMPARE(text(0, Story::NotesRole), QStringLiteral("breathe"));
        QCOMPARE(text(0, Story::PlaceTextRole),
            QStringLiteral("Flow · layer 2 · K = 24 · θ = 0.90 · fine-tuned concept 4"));
        QVERIFY(text(0, Story::PictureRole).startsWith(QStringLiteral("data:image/png;base64,")));
        QVERIFY(!story().index(0, 0).data(Story::OutdatedRole).toBool());
    }

    void closingTheWindowAtOnceLosesNothing()
    {
        pinThree();
        reopen();
        QCOMPARE(
            titles(), (QStringList{QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")}));
        QVERIFY(!m_sitting->annotations.canUndo());
    }

    void goingToASlideShowsWhatWasSeen()
    {
        auto& [mask, jobs, session, annotations, slides, selection, navigator] = *m_sitting;
        navigator.showView(QStringLiteral("map"));
        session.setLayer(1);
        session.setK(12);
        session.setTheta(0.5);
        QTRY_VERIFY(m_sitting->session.isSettled());
        selection.selectConcept(Selection::Base, 7);
        selection.setShown(Selection::ShowBase);
        slides.pin({});
        navigator.showView(QStringLiteral("overview"));
        session.setLayer(0);
        session.setK(24);
        session.setTheta(0.9);
        selection.setShown(Selection::ShowBoth);
        QTRY_VERIFY(m_sitting->session.isSettled());
        selection.clear();
        slides.go(0);
        QTRY_VERIFY(m_sitting->session.isSettled());
        QTRY_COMPARE(selection.conceptId(), 7);
        QCOMPARE(navigator.viewId(), QStringLiteral("map"));
        QCOMPARE(session.layer(), 1);
        QCOMPARE(session.k(), 12);
        QCOMPARE(session.theta(), 0.5);
        QCOMPARE(selection.shown(), Selection::ShowBase);
    }

    void aViewsOwnOptionsBelongToThePlace()
    {
        ViewOptions options;
        const auto detailFor = [&](QObject* owner) {
            auto* detail = new app::PlaceDetail(owner);
            detail->setProperty("navigator", QVariant::fromValue(&m_sitting->navigator));
            detail->setProperty("view", QStringLiteral("flow"));
            detail->setProperty("target", QVariant::fromValue(static_cast<QObject*>(&options)));
            detail->setProperty("names",
                QStringList{QStringLiteral("kind"), QStringLiteral("on"), QStringLiteral("word"),
                    QStringLiteral("share")});
            m_sitting->navigator.addDetail(detail);
        };
        auto view = std::make_unique<QObject>();
        detailFor(view.get());
        options.m_kind = ViewOptions::Second;
        options.m_on = true;
        options.m_word = QStringLiteral("good");
        options.m_share = 0.25;
        m_sitting->navigator.showView(QStringLiteral("flow"));
        story().pin({});
        options.m_kind = ViewOptions::First;
        options.m_on = false;
        options.m_word.clear();
        options.m_share = 0.5;
        story().go(0);
        QCOMPARE(options.m_kind, ViewOptions::Second);
        QVERIFY(options.m_on);
        QCOMPARE(options.m_word, QStringLiteral("good"));
        QCOMPARE(options.m_share, 0.25);
        // A view that is made only when one goes there gets them too.
        view.reset();
        options.m_kind = ViewOptions::First;
        story().go(0);
        QCOMPARE(options.m_kind, ViewOptions::First);
        view = std::make_unique<QObject>();
        detailFor(view.get());
        QCOMPARE(options.m_kind, ViewOptions::Second);
    }

    void valuesThatAViewCannotHaveAreLeftOut()
    {
        ViewOptions options;
        app::PlaceDetail detail;
        detail.setProperty("target", QVariant::fromValue(static_cast<QObject*>(&options)));
        detail.setProperty(
            "names", QStringList{QStringLiteral("kind"), QStringLiteral("on"), QStringLiteral("objectName")});
        detail.apply({{QStringLiteral("kind"), 7}, {QStringLiteral("on"), QStringLiteral("yes")},
            {QStringLiteral("share"), 0.1}});
        QCOMPARE(options.m_kind, ViewOptions::First);
        QVERIFY(!options.m_on);
        QCOMPARE(options.m_share, 0.5); // not named
    }

    void slidesAreMovedRemovedAndBroughtBack()
    {
        const QAbstractItemModelTester tester(
            &story(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        pinThree();
        story().move(2, 0);
        QCOMPARE(titles().join(QLatin1Char(' ')), QStringLiteral("three one two"));
        QCOMPARE(story().current(), 0);
        story().move(0, 1);
        QCOMPARE(titles().join(QLatin1Char(' ')), QStringLiteral("one three two"));
        story().remove(1);
        QCOMPARE(titles().join(QLatin1Char(' ')), QStringLiteral("one two"));
        auto& annotations = m_sitting->annotations;
        QCOMPARE(annotations.undoText(), QStringLiteral("removal of slide 2"));
        annotations.undo();
        annotations.undo();
        annotations.undo();
        QCOMPARE(titles().join(QLatin1Char(' ')), QStringLiteral("one two three"));
        for (int step = 0; step < 6; ++step)
            annotations.undo();
        QCOMPARE(story().count(), 0);
        QCOMPARE(story().current(), -1);
        QVERIFY(!annotations.canUndo());
        for (int step = 0; step < 9; ++step)
            annotations.redo();
        QCOMPARE(titles().join(QLatin1Char(' ')), QStringLiteral("one two"));
        reopen(); // what was taken back and brought back is what is in the file
        QCOMPARE(titles().join(QLatin1Char(' ')), QStringLiteral("one two"));
    }

    void oneHistoryForNamesAndSlides()
    {
        auto& annotations = m_sitting->annotations;
        annotations.rename(Selection::Base, 0, QStringLiteral("a name"));
        story().pin({});
        annotations.undo();
        QCOMPARE(story().count(), 0);
        QCOMPARE(annotations.nameOn(Selection::Base, 0), QStringLiteral("a name"));
        annotations.undo();
        QVERIFY(annotations.nameOn(Selection::Base, 0).isEmpty());
    }

    void aSlideIsTakenAgain()
    {
        story().pin({});
        story().setCaption(0, QStringLiteral("stays"));
        m_sitting->navigator.showView(QStringLiteral("layers"));
        m_sitting->session.setLayer(2);
        story().retake(0, picture());
        QVERIFY(text(0, Story::PlaceTextRole).startsWith(QStringLiteral("Layers · layer 2")));
        QCOMPARE(text(0, Story::CaptionRole), QStringLiteral("stays"));
    }

    void theStoryItselfIsNoPlace()
    {
        m_sitting->navigator.showView(QStringLiteral("story"));
        QVERIFY(!story().canPin());
        QCOMPARE(story().pin({}), -1);
        m_sitting->session.closeProject();
        m_sitting->navigator.showView(QStringLiteral("map"));
        QCOMPARE(story().pin({}), -1);
    }

    void unusableTextsAreAnsweredAndNotKept()
    {
        story().pin({});
        story().setTitle(0, QStringLiteral("fine"));
        story().setTitle(0, QString(400, QLatin1Char('x')));
        QVERIFY(m_sitting->jobs.error().contains(QStringLiteral("300 bytes")));
        QCOMPARE(text(0, Story::TitleRole), QStringLiteral("fine"));
    }

    void aConceptOfAnotherTreeIsNotSelected()
    {
        m_sitting->selection.selectConcept(Selection::Base, 3);
        story().pin({});
        QTRY_VERIFY(story().isSaved());
        m_sitting.reset();
        {
            auto file
                = project::ProjectFile::open(m_project.toStdString(), project::ProjectFile::Mode::ReadWrite);
            VERIFY_RESULT(file);
            project::Slides slides = project::StoryStore(file.value()).read().value();
            slides[0].place.tree = {1, 1}; // as after another run
            VERIFY_RESULT(project::StoryStore(file.value()).write(slides));
        }
        open();
        QVERIFY(story().index(0, 0).data(Story::OutdatedRole).toBool());
        story().go(0);
        QTRY_VERIFY(m_sitting->session.isSettled());
        QCOMPARE(m_sitting->selection.conceptId(), -1);
    }

    void whileWordsAreMaskedNothingShowsThem()
    {
        story().pin(picture());
        story().setTitle(0, QStringLiteral("They say “Fuck”, she said"));
        story().setCaption(0, QStringLiteral("fuck\nthat"));
        QSignalSpy changed(&story(), &Story::dataChanged);
        m_sitting->mask.setOn(true);
        QVERIFY(changed.count() > 0);
        QCOMPARE(text(0, Story::ShownTitleRole), QStringLiteral("They say “F•••”, she said"));
        QCOMPARE(story().currentCaption(), QStringLiteral("f•••\nthat"));
        QVERIFY(text(0, Story::PictureRole).isEmpty()); // it was taken without the mask
        story().retake(0, picture());
        QVERIFY(!text(0, Story::PictureRole).isEmpty());
        m_sitting->mask.setOn(false);
        QCOMPARE(story().currentTitle(), QStringLiteral("They say “Fuck”, she said"));
    }

    void aDamagedStoryIsToldAndNotOverwritten()
    {
        story().pin({});
        QTRY_VERIFY(story().isSaved());
        m_sitting.reset();
        QProcess sqlite;
        sqlite.start(
            QStringLiteral("sqlite3"), {m_project, QStringLiteral("UPDATE story SET theta = 'much'")});
        if (!sqlite.waitForStarted() || !sqlite.waitForFinished() || sqlite.exitCode() != 0)
            QSKIP("the program sqlite3 is not installed");
        open();
        QVERIFY(story().error().contains(QStringLiteral("damaged")));
        QVERIFY(!story().canPin());
    }
};

QTEST_MAIN(TestStory)
#include "tst_story.moc"
