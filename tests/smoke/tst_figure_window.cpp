// A figure as a person exports it: Ctrl+E, a preview, choices by keyboard, a file; and what the project
// remembers.

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QQuickItem>
#include <QQuickStyle>
#include <QQuickWindow>

#include "figures/figure_source.h"
#include "support/program.h"
#include "window_driver.h"

using namespace palimpsest;

class TestFigureWindow : public QObject, private testing::WindowDriver {
    Q_OBJECT

    [[nodiscard]] QString at(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    app::FigureExport& figures() { return m_window->figures(); }
    void openDialog()
    {
        QTest::keyClick(m_window->quickWindow(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(m_window->quickWindow()->property("figureExportOpen").toBool());
    }

private slots:
    void initTestCase() { beginTests("palimpsest-test-figure-window"); }
    void init()
    {
        begin();
        openSample();
    }
    void cleanup() { end(); }

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
        QTRY_VERIFY(m_window->session().isSettled());
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
