// A figure as a person exports it: Ctrl+E, a preview, choices by keyboard, a file; and what the project
// remembers.

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QQuickItem>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <memory>

#include "figures/figure_source.h"
#include "support/program.h"
#include "support/sample_project.h"
#include "window.h"
#include "window_warnings.h"

using namespace palimpsest;

namespace {

bool isCalm(app::Window& window)
{
    auto& session = window.session();
    return session.isOpen() && session.comparison() && !session.isComparing() && !session.isSummarizing()
        && window.jobs().activeCount() == 0;
}

} // namespace

class TestFigureWindow : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<app::Window> m_window;

    [[nodiscard]] QString at(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    app::FigureExport& figures() { return m_window->figures(); }
    void openDialog()
    {
        QTest::keyClick(m_window->quickWindow(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(m_window->quickWindow()->property("figureExportOpen").toBool());
    }

private slots:
    void initTestCase()
    {
        testing::collectWarnings();
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        QVERIFY(testing::writeSampleProject(at("sample.palimpsest").toStdString()));
    }
    void init()
    {
        m_window = std::make_unique<app::Window>();
        QVERIFY(m_window->show());
        QVERIFY(QTest::qWaitForWindowExposed(m_window->quickWindow()));
        m_window->quickWindow()->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(m_window->quickWindow()));
        m_window->session().openProject(at("sample.palimpsest"));
        QTRY_VERIFY(isCalm(*m_window));
    }
    void cleanup()
    {
        m_window.reset();
        const QString warnings = testing::takeWarnings();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings));
    }

    void theDialogShowsTheFiguresOfTheView()
    {
        m_window->quickWindow()->setProperty("currentView", 0);
        openDialog();
        QCOMPARE(figures().titles().size(), 3); // kept, status, task
        QCOMPARE(figures().name(), QStringLiteral("kept"));
        figures().setCurrent(2);
        QCOMPARE(figures().name(), QStringLiteral("task"));
        QVERIFY(figures().sizeText().contains(QStringLiteral("84")));
        auto* preview = m_window->quickWindow()->findChild<QQuickItem*>(QStringLiteral("figurePreview"));
        QVERIFY(preview);
        QTRY_VERIFY(preview->property("settled").toBool());
        QTest::keyClick(m_window->quickWindow(), Qt::Key_Escape);
        QTRY_VERIFY(!m_window->quickWindow()->property("figureExportOpen").toBool());
    }

    void aChosenSizeIsThatOfTheFile()
    {
        openDialog();
        figures().setPreset(1);
        QCOMPARE(figures().widthMm(), 174.0);
        figures().setWidthMm(100);
        QCOMPARE(figures().preset(), 3); // own size
        figures().setFormat(0);
        figures().save(at("figure")); // the ending is added
        QTRY_VERIFY(QFile::exists(at("figure.svg")));
        QVERIFY(testing::read(at("figure.svg")).contains("width=\"100mm\""));
        figures().saveNumbers(at("numbers.tex"));
        QTRY_VERIFY(QFile::exists(at("numbers.tex")));
        QTRY_VERIFY(figures().notice().contains(QStringLiteral("numbers.tex")));
    }

    void whatIsNoPlaceForAFileIsSaid()
    {
        openDialog();
        figures().save(at("no/such/folder/figure.svg"));
        QTRY_VERIFY(m_window->jobs().error().contains(QStringLiteral("could not be written")));
        m_window->jobs().clearError();
        figures().setWidthMm(5);
        QVERIFY(figures().noteText().contains(QStringLiteral("20 to 1,000 mm")));
    }

    void theClipboardHasPictureAndVectors()
    {
        openDialog();
        figures().copy();
        const QMimeData* mime = QApplication::clipboard()->mimeData();
        QVERIFY(mime->hasImage());
        QVERIFY(mime->data(QStringLiteral("image/svg+xml")).contains("<svg"));
        QVERIFY(mime->data(QStringLiteral("application/pdf")).startsWith("%PDF"));
    }

    void theProjectRemembersAFigureAndGoesBackToIt()
    {
        m_window->session().setLayer(1);
        QTRY_VERIFY(isCalm(*m_window));
        openDialog();
        figures().setDark(true);
        figures().keep(QStringLiteral("my figure"));
        QTRY_COMPARE(figures().kept(), QStringList{QStringLiteral("my_figure")});
        m_window->session().setLayer(0);
        figures().setDark(false);
        figures().show(0);
        QTRY_COMPARE(m_window->session().layer(), 1);
        QVERIFY(figures().isDark());
        figures().forget(0);
        QTRY_VERIFY(figures().kept().isEmpty());
    }

    void nothingIsExportedWhileNothingIsOpen()
    {
        m_window->session().closeProject();
        QTest::keyClick(m_window->quickWindow(), Qt::Key_E, Qt::ControlModifier);
        QTest::qWait(50);
        QVERIFY(!m_window->quickWindow()->property("figureExportOpen").toBool());
        figures().refresh();
        QVERIFY(figures().titles().isEmpty());
    }
};

int main(int argc, char** argv)
{
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    QApplication application(argc, argv);
    TestFigureWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_figure_window.moc"
