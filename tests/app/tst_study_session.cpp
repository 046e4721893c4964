// The session opens a project beside the window, and answers layer, K and θ with results that fit them.

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "bridge/job_controller.h"
#include "bridge/study_session.h"
#include "support/reference.h"
#include "support/sample_project.h"

using namespace palimpsest;
using app::JobController;
using app::StudySession;

class TestStudySession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_project = m_folder.filePath(QStringLiteral("my réviews.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
    }

    void opensAProject()
    {
        JobController jobs;
        StudySession session(jobs);
        QVERIFY(!session.isOpen());
        QCOMPARE(session.layer(), -1);
        session.openProject(m_project);
        QVERIFY(session.isOpening());
        QTRY_VERIFY(session.isOpen());
        QCOMPARE(session.projectName(), QStringLiteral("my réviews"));
        QCOMPARE(session.sentenceCount(), 40);
        QCOMPARE(session.occurrenceCount(), 320);
        QCOMPARE(session.layers(), QList<int>({0, 1, 2}));
        QCOMPARE(session.classNames(), QStringList({QStringLiteral("negative"), QStringLiteral("positive")}));
        QCOMPARE(session.layer(), 0);
        QCOMPARE(session.k(), 24);
        QCOMPARE(session.kMaximum(), 320);
        QCOMPARE(session.theta(), 0.9);
        QTRY_COMPARE(session.summaries().size(), std::size_t{3});
        QVERIFY(!session.isComparing());
        QCOMPARE(session.comparison()->k, std::size_t{24});
        QVERIFY(session.summaries()[0].keptShare() > session.summaries()[2].keptShare());
        session.closeProject();
        QVERIFY(!session.isOpen());
        QVERIFY(!session.comparison());
        QVERIFY(session.summaries().empty());
        QCOMPARE(session.layer(), -1);
    }

    void keepsTheProjectWhenAnotherCannotBeOpened()
    {
        JobController jobs;
        StudySession session(jobs);
        session.openProject(m_project);
        QTRY_VERIFY(session.isOpen());
        session.openProject(m_folder.filePath(QStringLiteral("absent.palimpsest")));
        QTRY_VERIFY(!session.error().isEmpty());
        QVERIFY2(session.error().contains(QStringLiteral("absent.palimpsest")), qPrintable(session.error()));
        QCOMPARE(jobs.error(), session.error());
        QVERIFY(session.isOpen());
        session.clearError();
        QVERIFY(session.error().isEmpty());
    }

    void opensTheLastOneAskedFor()
    {
        JobController jobs;
        StudySession session(jobs);
        const QString second = m_folder.filePath(QStringLiteral("second.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(second.toStdString()));
        session.openProject(m_project);
        session.openProject(QUrl::fromLocalFile(second).toString());
        QTRY_VERIFY(session.isOpen() && !session.isOpening());
        QCOMPARE(session.projectPath(), second);
    }

    void answersLayerKAndTheta()
    {
        JobController jobs;
        StudySession session(jobs);
        session.openProject(m_project);
        QTRY_COMPARE(session.summaries().size(), std::size_t{3});

        session.setLayer(2);
        QTRY_COMPARE(session.comparison()->layerA, 2);
        QTRY_VERIFY(!session.isComparing() && !session.isSummarizing());
        const auto before = session.comparison();

        session.setTheta(0.5);
        QTRY_COMPARE(session.comparison()->alignment.theta, 0.5);
        QCOMPARE(session.comparison()->overlap, before->overlap); // θ rebuilds nothing else
        QTRY_VERIFY(!session.isSummarizing());
        const auto direct = session.results()->compare(2, 2, 24, 0.5);
        VERIFY_RESULT(direct);
        QCOMPARE(session.summaries()[2].statusA, align::summarize(*direct.value()).statusA);

        session.setK(10);
        QTRY_COMPARE(session.comparison()->k, std::size_t{10});
        QTRY_COMPARE(session.summaries()[0].k, std::size_t{10});
        QCOMPARE(session.comparison()->alignment.theta, 0.5);
    }

    void clampsAndIgnoresWhatIsNotThere()
    {
        JobController jobs;
        StudySession session(jobs);
        session.setK(5);
        QCOMPARE(session.k(), 0);
        session.openProject(m_project);
        QTRY_VERIFY(session.isOpen());
        session.setLayer(7);
        QCOMPARE(session.layer(), 0);
        session.stepLayer(-1);
        QCOMPARE(session.layer(), 0);
        session.stepLayer(9);
        QCOMPARE(session.layer(), 2);
        session.setK(1);
        QCOMPARE(session.k(), 2);
        session.setK(1000000);
        QCOMPARE(session.k(), 320);
        session.setTheta(0.0);
        QCOMPARE(session.theta(), 0.05);
        session.setTheta(2.0);
        QCOMPARE(session.theta(), 1.0);
        QSignalSpy spy(&session, &StudySession::kChanged);
        session.setK(320);
        QCOMPARE(spy.count(), 0);
    }

    void endsAtTheLastPositionOfADraggedSlider()
    {
        JobController jobs;
        StudySession session(jobs);
        session.openProject(m_project);
        QTRY_VERIFY(session.isOpen());
        for (int k = 3; k <= 60; ++k) {
            session.setK(k);
            session.setTheta(0.5 + 0.005 * k);
            session.setLayer(k % 3);
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(!session.isComparing() && !session.isSummarizing());
        QCOMPARE(session.comparison()->k, std::size_t{60});
        QCOMPARE(session.comparison()->layerA, 0);
        QCOMPARE(session.comparison()->alignment.theta, session.theta());
        QCOMPARE(session.summaries().size(), std::size_t{3});
        QCOMPARE(session.summaries()[1].k, std::size_t{60});
    }

    void offersUnfinishedProjects()
    {
        JobController jobs;
        StudySession session(jobs);
        QSignalSpy spy(&session, &StudySession::unfinishedFound);
        session.openProject(m_project);
        QTRY_VERIFY(session.isOpen());
        QCOMPARE(spy.count(), 0);

        const QString partly = m_folder.filePath(QStringLiteral("partly.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(partly.toStdString(), {.layers = {0, 1}}));
        session.openProject(partly);
        QTRY_COMPARE(spy.count(), 1);
        QCOMPARE(session.layers(), QList<int>({0, 1})); // what is there can be looked at

        const QString nothing = m_folder.filePath(QStringLiteral("nothing.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(nothing.toStdString(), {.layers = {}}));
        session.openProject(nothing);
        QTRY_COMPARE(spy.count(), 2);
        QCOMPARE(spy.last().first().toString(), nothing);
        QVERIFY(session.error().isEmpty());
        QCOMPARE(session.projectPath(), partly);
    }

    void canBeDestroyedWhileItComputes()
    {
        JobController jobs;
        {
            StudySession session(jobs);
            session.openProject(m_project);
            QTRY_VERIFY(session.isOpen());
            session.setK(100);
        }
        QTRY_COMPARE(jobs.activeCount(), 0);
    }

private:
    QTemporaryDir m_folder;
    QString m_project;
};

QTEST_GUILESS_MAIN(TestStudySession)
#include "tst_study_session.moc"
