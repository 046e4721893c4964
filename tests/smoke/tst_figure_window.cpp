// A figure as a person exports it: Ctrl+E, a preview, choices by keyboard, a file; and what the project
// remembers.

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QMimeData>
#include <QQuickItem>
#include <QQuickStyle>
#include <QQuickWindow>

#include "bridge/navigator.h"
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

    void goTo(const char* view)
    {
        m_window->quickWindow()
            ->property("navigator")
            .value<app::Navigator*>()
            ->showView(QLatin1String(view));
    }
    void script(const char* name, const char* lines)
    {
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("#!/bin/sh\n") + lines + "\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
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

    /// What a file shows is all there is, unless one asks for the part that is zoomed to.
    void aZoomedFigureIsWrittenWholeOrAsZoomed()
    {
        goTo("alignment");
        QTRY_VERIFY(item("matrix"));
        auto* matrix = item("matrix");
        QTRY_VERIFY(matrix->property("ready").toBool());
        openDialog();
        QVERIFY(!figures().isZoomed());
        QVERIFY(!item("figurePart"));
        press(Qt::Key_Escape);
        QTRY_VERIFY(!m_window->quickWindow()->property("figureExportOpen").toBool());
        QMetaObject::invokeMethod(matrix, "zoomIn");
        QMetaObject::invokeMethod(matrix, "zoomIn");
        openDialog();
        QTRY_VERIFY(figures().isZoomed());
        QTRY_VERIFY(item("figurePart"));
        QVERIFY(!figures().isAsZoomed());
        QVERIFY(!figures().caption().contains(QStringLiteral("Shown are rows")));
        figures().save(at("whole.svg"));
        QTRY_VERIFY(QFile::exists(at("whole.svg")));
        figures().setAsZoomed(true);
        QVERIFY(figures().caption().contains(QStringLiteral("Shown are rows")));
        figures().save(at("part.svg"));
        QTRY_VERIFY(QFile::exists(at("part.svg")));
        QVERIFY(testing::read(at("part.svg")).contains("Shown are rows"));
        QVERIFY(!testing::read(at("whole.svg")).contains("Shown are rows"));
        // The project remembers which of both it was.
        figures().keep(QStringLiteral("part"));
        QTRY_COMPARE(figures().kept().size(), 1);
        figures().setAsZoomed(false);
        figures().keep(QStringLiteral("whole"));
        QTRY_COMPARE(figures().kept().size(), 2);
        const double zoom = matrix->property("zoom").toDouble();
        figures().show(1);
        QCOMPARE(matrix->property("zoom").toDouble(), 1.0);
        QVERIFY(!figures().isAsZoomed());
        figures().show(0);
        QCOMPARE(matrix->property("zoom").toDouble(), zoom);
        QVERIFY(figures().isAsZoomed());
        figures().setAsZoomed(false);
    }

    /// Programs of this folder come before those of the system.
    void aFigureIsPrintedByTheQueue()
    {
        const QByteArray path = qgetenv("PATH");
        QDir().mkpath(at("bin"));
        script("bin/lpstat", "echo Laser; echo Ink");
        script(
            "bin/lp", "for last; do :; done; cp \"$last\" \"$PRINTED.pdf\"; echo \"$@\" > \"$PRINTED.txt\"");
        qputenv("PRINTED", at("printed").toUtf8());
        qputenv("PATH", at("bin").toUtf8() + ':' + path);
        press(Qt::Key_P, Qt::ControlModifier);
        QTRY_VERIFY(m_window->quickWindow()->property("figureExportOpen").toBool());
        QTRY_COMPARE(figures().printers().size(), 3);
        QTRY_VERIFY(item("figurePrinter"));
        figures().setPrinter(2);
        QTRY_VERIFY(item("printFigure")->hasActiveFocus());
        press(Qt::Key_Space);
        QTRY_VERIFY(figures().notice().contains(QStringLiteral("printer")));
        QVERIFY(testing::read(at("printed.pdf")).startsWith("%PDF"));
        QVERIFY(testing::read(at("printed.txt")).contains("-d Ink"));

        script("bin/lp", "echo 'no such printer' >&2; exit 1");
        figures().print();
        QTRY_VERIFY(m_window->jobs().error().contains(QStringLiteral("no such printer")));
        m_window->jobs().clearError();
        qputenv("PATH", path);
        qunsetenv("PRINTED");
    }

    void theStorySaysWhereItIsExported()
    {
        goTo("story");
        openDialog();
        QTRY_VERIFY(item("noFigure"));
        QVERIFY(item("noFigure")->property("text").toString().contains(QStringLiteral("story")));
        QVERIFY(item("noFigure")->property("hint").toString().contains(QStringLiteral("PDF")));
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
