// The real window with a small project: every view opens, nothing warns, and it can be left at any time.

#include <QApplication>
#include <QQuickItem>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <memory>
#include <thread>

#include "models/view_list_model.h"
#include "support/reference.h"
#include "support/sample_project.h"
#include "window.h"
#include "window_warnings.h"

using namespace palimpsest;

namespace {

bool settled(app::Window& window)
{
    auto& session = window.session();
    return session.isOpen() && session.comparison() && !session.isComparing() && !session.isSummarizing();
}

} // namespace

class TestWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("Palimpsest"));
        QCoreApplication::setApplicationName(QStringLiteral("palimpsest-test"));
        QVERIFY(m_folder.isValid());
        m_project = m_folder.filePath(QStringLiteral("sample.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(m_project.toStdString()));
        testing::collectWarnings();
    }

    void init() { static_cast<void>(testing::takeWarnings()); }

    void cleanup() { QCOMPARE(testing::takeWarnings(), QString()); }

    void startsWithNothingOpen()
    {
        app::Window window;
        show(window);
        QVERIFY(!window.session().isOpen());
        window.quickWindow()->setProperty("newProjectOpen", true);
        window.newProject().setCorpusPath(m_folder.filePath(QStringLiteral("absent.tsv")));
        QTRY_VERIFY(!window.newProject().corpusProblem().isEmpty());
        QVERIFY(!window.quickWindow()->grabWindow().isNull());
    }

    void opensEveryView()
    {
        app::Window window;
        show(window);
        window.session().openProject(m_project);
        QTRY_VERIFY(settled(window));
        const auto* views = window.quickWindow()->findChild<QQuickItem*>(QStringLiteral("views"));
        QVERIFY(views);
        QTRY_VERIFY(
            views->height() > 0.7 * window.quickWindow()->height()); // bars and notices share the rest
        for (const bool dark : {false, true}) {
            window.settings().setDark(dark);
            for (int view = 0; view < static_cast<int>(app::viewRegistry().size()); ++view) {
                window.quickWindow()->setProperty("currentView", view);
                window.selection().selectConcept(app::Selection::Base, view);
                QTest::qWait(150); // lets lazy views be made and drawn
                QVERIFY(!window.quickWindow()->grabWindow().isNull());
            }
        }
        window.settings().setDark(false);
    }

    void followsSlidersLayersAndProjects()
    {
        app::Window window;
        show(window);
        window.session().openProject(m_project);
        QTRY_VERIFY(settled(window));
        for (int view = 0; view < static_cast<int>(app::viewRegistry().size()); ++view) {
            window.quickWindow()->setProperty("currentView", view);
            window.session().setK(40 - view);
            window.session().setTheta(0.6);
            window.session().stepLayer(1);
            window.selection().setShown(app::Selection::ShowFineTuned);
            QTRY_VERIFY(settled(window));
            QTest::qWait(50);
        }
        window.session().closeProject();
        QTest::qWait(50);
        window.session().openProject(m_project);
        QTRY_VERIFY(settled(window));
    }

    void arrowKeysMoveThroughLayers()
    {
        app::Window window;
        show(window);
        window.session().openProject(m_project);
        QTRY_VERIFY(settled(window));
        window.quickWindow()->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(window.quickWindow()));
        QTest::keyClick(window.quickWindow(), Qt::Key_Right);
        QCOMPARE(window.session().layer(), 1);
        QTest::keyClick(window.quickWindow(), Qt::Key_Left);
        QCOMPARE(window.session().layer(), 0);
        QTest::keyClick(window.quickWindow(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(window.quickWindow()->property("currentView").toInt(), 1);
    }

    void showsErrorsAndOffersToResume()
    {
        app::Window window;
        show(window);
        window.session().openProject(m_folder.filePath(QStringLiteral("absent.palimpsest")));
        QTRY_VERIFY(!window.jobs().error().isEmpty());
        const QString partly = m_folder.filePath(QStringLiteral("partly.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(partly.toStdString(), {.layers = {0}}));
        window.session().openProject(partly);
        QTRY_COMPARE(window.runner().resumablePath(), partly);
        QTest::qWait(50);
        window.jobs().clearError();
        window.runner().dismissResume();
    }

    void canBeLeftWhileAJobRuns()
    {
        auto window = std::make_unique<app::Window>();
        show(*window);
        window->session().openProject(m_project);
        QTRY_VERIFY(window->session().isOpen());
        bool delivered = false;
        window->jobs().start<int>(
            {QStringLiteral("Long work"), jobs::Weight::Heavy}, this,
            [](const base::JobContext& ctx) -> base::Result<int> {
                double fraction = 0.0;
                while (!ctx.stopRequested()) {
                    ctx.progress(fraction = std::min(1.0, fraction + 0.001), "layer 1 of 7");
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                }
                return base::cancelled();
            },
            [&](const base::Result<int>&) { delivered = true; });
        window->session().setK(50);
        QTest::qWait(100);
        window.reset();
        QCoreApplication::processEvents();
        QVERIFY(!delivered);
    }

private:
    void show(app::Window& window)
    {
        QVERIFY(window.show());
        QVERIFY(QTest::qWaitForWindowExposed(window.quickWindow()));
    }

    QTemporaryDir m_folder;
    QString m_project;
};

int main(int argc, char** argv)
{
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    QApplication application(argc, argv);
    TestWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_window.moc"
