// Labels as a person uses them in the real window: attached by the dialog, looked at by mouse and keyboard,
// removed and brought back. Nothing may warn.

#include <QApplication>
#include <QQuickItem>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "models/view_list_model.h"
#include "support/reference.h"
#include "support/sample_project.h"
#include "window.h"
#include "window_warnings.h"

using namespace palimpsest;

namespace {

/// The first visible item below `root` that `fits`.
template <typename Fits>
QQuickItem* findItem(QQuickItem* root, const Fits& fits)
{
    if (!root->isVisible())
        return nullptr;
    if (fits(root))
        return root;
    const auto children = root->childItems();
    for (QQuickItem* child : children) {
        if (QQuickItem* found = findItem(child, fits))
            return found;
    }
    return nullptr;
}

QQuickItem* named(app::Window& window, const char* name)
{
    return findItem(window.quickWindow()->contentItem(),
        [name](const QQuickItem* item) { return item->objectName() == QLatin1String(name); });
}

QQuickItem* button(app::Window& window, const QString& text)
{
    return findItem(window.quickWindow()->contentItem(), [&text](const QQuickItem* item) {
        return item->inherits("QQuickAbstractButton") && item->property("text").toString() == text;
    });
}

void click(app::Window& window, QQuickItem* item, QPointF at = {-1, -1})
{
    const QPointF local = at.x() < 0 ? QPointF(item->width() / 2, item->height() / 2) : at;
    QTest::mouseClick(
        window.quickWindow(), Qt::LeftButton, Qt::NoModifier, item->mapToScene(local).toPoint());
}

} // namespace

class TestLabelsWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("Palimpsest"));
        QCoreApplication::setApplicationName(QStringLiteral("palimpsest-test"));
        testing::collectWarnings();
    }

    void init()
    {
        static_cast<void>(testing::takeWarnings());
        m_folder = std::make_unique<QTemporaryDir>();
        const QString project = m_folder->filePath(QStringLiteral("sample.palimpsest"));
        VERIFY_RESULT(testing::writeSampleProject(project.toStdString()));
        m_window = std::make_unique<app::Window>();
        QVERIFY(m_window->show());
        m_window->quickWindow()->resize(1280, 800);
        QVERIFY(QTest::qWaitForWindowExposed(m_window->quickWindow()));
        m_window->quickWindow()->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(m_window->quickWindow()));
        m_window->session().openProject(project);
        QTRY_VERIFY(m_window->session().comparison() && m_window->labels().sets());
        m_window->quickWindow()->setProperty("currentView", app::viewIndex("labels"));
    }

    void cleanup()
    {
        m_window.reset();
        QCOMPARE(testing::takeWarnings(), QString());
    }

    void labelsAreAddedByTheDialog()
    {
        QTRY_VERIFY(button(*m_window, QStringLiteral("Add labels…")));
        click(*m_window, button(*m_window, QStringLiteral("Add labels…")));
        QTRY_VERIFY(named(*m_window, "sourceList"));
        QTest::keyClick(m_window->quickWindow(), Qt::Key_Down);
        QCOMPARE(m_window->labelForm().source(), 1);
        QTest::keyClick(m_window->quickWindow(), Qt::Key_Up);
        QTRY_VERIFY(m_window->labelForm().isReady());
        QTest::qWait(50);
        QVERIFY(
            named(*m_window, "labelSummary")->property("text").toString().contains(QStringLiteral("Casing")));
        click(*m_window, named(*m_window, "attach"));
        QTRY_COMPARE(m_window->labels().count(), 1);
        QTRY_VERIFY(named(*m_window, "labelMatrix"));
        QVERIFY(!m_window->quickWindow()->grabWindow().isNull());
    }

    void ownLinesAreWrittenInTheDialog()
    {
        m_window->labelForm().setSource(static_cast<int>(
            m_window->labelForm().sources().indexOf(QStringLiteral("Own list of words and names"))));
        m_window->quickWindow()->setProperty("addLabelsOpen", true);
        QTRY_VERIFY(named(*m_window, "labelLines"));
        click(*m_window, named(*m_window, "labelLines"));
        for (const char letter : {'f', 'i', 'l', 'm'})
            QTest::keyClick(m_window->quickWindow(), letter);
        QCOMPARE(m_window->labelForm().list(), QStringLiteral("film"));
        QTRY_VERIFY(m_window->labelForm().isReady());
        click(*m_window, named(*m_window, "attach"));
        QTRY_COMPARE(m_window->labels().count(), 1);
    }

    void aCellLeadsToItsConceptsByMouseAndKeyboard()
    {
        attach("suffixes");
        attach("casing");
        QTRY_VERIFY(named(*m_window, "labelMatrix"));
        QTRY_VERIFY(named(*m_window, "labelMatrix")->property("rows").toInt() > 0);
        QTest::qWait(100);
        QQuickItem* matrix = named(*m_window, "labelMatrix");
        QPointF centre;
        QVERIFY(QMetaObject::invokeMethod(matrix, "cellCentre", Q_RETURN_ARG(QPointF, centre), Q_ARG(int, 0),
            Q_ARG(int, 1), Q_ARG(int, 0)));
        QVERIFY(centre.x() > 0);
        click(*m_window, matrix, centre);
        QCOMPARE(m_window->session().layer(), 1);
        QQuickItem* list = named(*m_window, "labelConcepts");
        QTRY_VERIFY(list->property("count").toInt() > 1);
        QTest::keyClick(m_window->quickWindow(), Qt::Key_Up); // to the line of all labels
        QTest::keyClick(m_window->quickWindow(), Qt::Key_Right);
        QCOMPARE(m_window->session().layer(), 1); // arrow keys are the matrix's while it has the focus
        QTest::qWait(50);
        click(*m_window, list, {40, 20});
        QCOMPARE(m_window->selection().side(), app::Selection::FineTuned);
        QVERIFY(m_window->selection().conceptId() >= 0);
        QTRY_VERIFY(named(*m_window, "labelShares")->property("count").toInt() > 0);
        const int first = m_window->selection().conceptId();
        QTest::keyClick(m_window->quickWindow(), Qt::Key_Down);
        QVERIFY(m_window->selection().conceptId() != first);
        QTest::keyClick(m_window->quickWindow(), Qt::Key_Return);
        QCOMPARE(m_window->quickWindow()->property("currentView").toInt(), 1);
        QTRY_VERIFY(named(*m_window, "conceptLabels"));
    }

    void setsAreRemovedAndBroughtBack()
    {
        attach("casing");
        QTRY_VERIFY(named(*m_window, "removeSet"));
        click(*m_window, named(*m_window, "removeSet"));
        QTRY_COMPARE(m_window->labels().count(), 0);
        QTRY_VERIFY(button(*m_window, QStringLiteral("Undo")));
        QTest::qWait(50);
        click(*m_window, button(*m_window, QStringLiteral("Undo")));
        QTRY_COMPARE(m_window->labels().count(), 1);
    }

    void everyPageShowsInBothThemes()
    {
        attach("casing");
        QTRY_VERIFY(named(*m_window, "labelMatrix"));
        for (const bool dark : {false, true}) {
            m_window->settings().setDark(dark);
            for (const int page : {0, 1}) {
                m_window->quickWindow()->setProperty("labelsPage", page);
                QTest::qWait(100);
                QVERIFY(!m_window->quickWindow()->grabWindow().isNull());
            }
            for (const char* dialog : {"importOpen", "exportOpen", "addLabelsOpen"}) {
                m_window->quickWindow()->setProperty(dialog, true);
                QTest::qWait(60);
                QVERIFY(!m_window->quickWindow()->grabWindow().isNull());
                m_window->quickWindow()->setProperty(dialog, false);
            }
        }
        m_window->settings().setDark(false);
        m_window->session().setK(60);
        m_window->labels().setTheta(0.5);
        m_window->labels().setByType(true);
        QTRY_VERIFY(!m_window->labels().isComputing());
    }

private:
    void attach(const char* source)
    {
        pipeline::LabelRequest request;
        request.source = source;
        const auto path = m_window->session().projectPath().toStdString();
        VERIFY_RESULT(pipeline::attachLabels(path, request, {}));
        m_window->labels().reload(QString::fromLatin1(source));
        QTRY_VERIFY(!m_window->labels().isLoading() && m_window->labels().shownLayer());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<app::Window> m_window;
};

int main(int argc, char** argv)
{
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    QApplication application(argc, argv);
    TestLabelsWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_labels_window.moc"
