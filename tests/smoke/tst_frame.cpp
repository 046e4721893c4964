// The frame around the views as a person uses it: with keyboard, mouse and files dropped on the window.

#include <QAccessible>
#include <QApplication>
#include <QDir>
#include <QMimeData>
#include <QQuickItem>
#include <QQuickStyle>
#include <QQuickWindow>

#include "bridge/navigator.h"
#include "models/concept_browser.h"
#include "models/concept_card_model.h"
#include "models/view_list_model.h"
#include "support/local_hub.h"
#include "window_driver.h"

using namespace palimpsest;

class TestFrame : public QObject, private testing::WindowDriver {
    Q_OBJECT

    void drop(const QString& path)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        const QPoint at(shown()->width() / 2, shown()->height() / 2);
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(shown(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(at), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(shown(), &event);
    }

private Q_SLOTS:
    void initTestCase() { beginTests("palimpsest-test-frame"); }
    void init() { begin(); }
    void cleanup() { end(); }

    void aConceptIsNamedTaggedAndRated()
    {
        openSample();
        auto& annotations = m_window->annotations();
        auto& selection = m_window->selection();
        press(Qt::Key_F2);
        QTRY_VERIFY(item("nameField"));
        const auto side = selection.side();
        const int id = selection.conceptId();
        QVERIFY(id >= 0);
        type("function words");
        press(Qt::Key_Return);
        QCOMPARE(annotations.nameOn(side, id), QStringLiteral("function words"));
        QTRY_VERIFY(!item("nameField"));
        QTRY_COMPARE(item("conceptTitle")->property("text").toString(), QStringLiteral("function words"));
        click(item("tagField"));
        type("pos, closed");
        press(Qt::Key_Return);
        click(item("star4"));
        QCOMPARE(annotations.on(side, id)->annotation->rating, 4);
        QCOMPARE(app::tagsText(*annotations.on(side, id)->annotation), QStringLiteral("closed, pos"));
        click(item("noteButton"));
        click(item("noteField"));
        type("seen in layer 0");
        click(item("conceptList"));
        QTRY_COMPARE(annotations.on(side, id)->annotation->note, std::string("seen in layer 0"));
    }

    void stepsAreTakenBackByKeys()
    {
        openSample();
        m_window->quickWindow()->setProperty("currentView", 1);
        m_window->selection().selectConcept(app::Selection::Base, 2);
        press(Qt::Key_F2);
        QTRY_VERIFY(item("nameField"));
        type("one");
        press(Qt::Key_Return);
        press(Qt::Key_5, Qt::AltModifier);
        auto& annotations = m_window->annotations();
        QCOMPARE(annotations.on(app::Selection::Base, 2)->annotation->rating, 5);
        item("conceptList")->forceActiveFocus();
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(annotations.on(app::Selection::Base, 2)->annotation->rating, 0);
        press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!annotations.on(app::Selection::Base, 2));
        press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(annotations.nameOn(app::Selection::Base, 2), QStringLiteral("one"));
        // Escape leaves a name as it was.
        press(Qt::Key_F2);
        QTRY_VERIFY(item("nameField"));
        type("other");
        press(Qt::Key_Escape);
        QCOMPARE(annotations.nameOn(app::Selection::Base, 2), QStringLiteral("one"));
    }

    void aWordIsSearchedAndItsConceptShown()
    {
        openSample();
        press(Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(item("searchField") && item("searchField")->hasActiveFocus());
        type("wonder");
        QTRY_VERIFY(item("searchList") && item("searchList")->property("count").toInt() >= 6);
        QTRY_COMPARE(m_window->jobs().activeCount(), 0); // the answer to the last letter
        const int last = item("searchList")->property("count").toInt() - 1;
        for (int i = 0; i < last; ++i)
            press(Qt::Key_Down);
        QCOMPARE(item("searchList")->property("currentIndex").toInt(), last);
        press(Qt::Key_Return);
        QTRY_COMPARE(m_window->session().layer(), 2);
        QTRY_VERIFY(m_window->session().isSettled());
        QCOMPARE(shown()->property("currentView").toInt(), 1);
        QTRY_COMPARE(m_window->selection().side(), app::Selection::FineTuned);
        const auto& concepts = *m_window->session().comparison()->b;
        const auto words = concepts.words(
            base::toId<base::ClusterId>(static_cast<std::size_t>(m_window->selection().conceptId())));
        QVERIFY(std::ranges::any_of(words,
            [&](const auto& word) { return concepts.tokens().corpus().word(word.word) == "wonderful"; }));
    }

    void thePaletteDoesWhatIsTyped()
    {
        openSample();
        press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(item("paletteField") && item("paletteField")->hasActiveFocus());
        type("align");
        press(Qt::Key_Return);
        QCOMPARE(shown()->property("currentView").toInt(), 2);
        QTRY_VERIFY(!item("paletteField"));
        press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(item("paletteField") && item("paletteField")->hasActiveFocus());
        QCOMPARE(item("paletteField")->property("text").toString(), QString());
        press(Qt::Key_Escape);
        QTRY_VERIFY(!item("paletteField"));
    }

    void theMenuIsAListOfTheSameActions()
    {
        openSample();
        click(item("menuButton"));
        QTRY_VERIFY(item("menuList") && item("menuList")->hasActiveFocus());
        QVERIFY(!shown()->grabWindow().isNull());
        press(Qt::Key_Escape);
        QTRY_VERIFY(!item("menuList"));
    }

    void backAndForwardByKeysAndThumb()
    {
        openSample();
        auto* navigator = shown()->property("navigator").value<app::Navigator*>();
        QVERIFY(navigator);
        navigator->note();
        press(Qt::Key_3, Qt::ControlModifier);
        navigator->note();
        press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(shown()->property("currentView").toInt(), 0);
        press(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(shown()->property("currentView").toInt(), 2);
        QTest::mouseClick(
            shown(), Qt::BackButton, Qt::NoModifier, {shown()->width() / 2, shown()->height() / 2});
        QTRY_COMPARE(shown()->property("currentView").toInt(), 0);
    }

    void aWordsWayIsShown()
    {
        openSample();
        shown()->setProperty("currentView", app::viewIndex("words"));
        QTRY_VERIFY(item("wordPath") && item("wordPath")->property("count").toInt() == 3);
        QQuickItem* field = item("wordField");
        click(field);
        press(Qt::Key_A, Qt::ControlModifier);
        type("film");
        press(Qt::Key_Return);
        QTRY_VERIFY(item("wordHeadline")->property("text").toString().startsWith(QStringLiteral("“film”")));
        QVERIFY(item("wordSentences")->property("count").toInt() > 0);
        click(item("secondField"));
        type("movi");
        press(Qt::Key_Return);
        QTRY_COMPARE(item("secondField")->property("text").toString(), QStringLiteral("movie"));
        QVERIFY(!shown()->grabWindow().isNull());
        item("wordPath")->forceActiveFocus();
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_COMPARE(m_window->session().layer(), 1);
        QCOMPARE(shown()->property("currentView").toInt(), 1);
        shown()->setProperty("currentView", app::viewIndex("words"));
        click(item("wordField"));
        press(Qt::Key_A, Qt::ControlModifier);
        type("zzz");
        press(Qt::Key_Return);
        QTRY_VERIFY(item("wordState")
            && item("wordState")->property("text").toString().contains(QStringLiteral("zzz")));
    }

    void aDroppedProjectIsOpened()
    {
        drop(m_project);
        QTRY_VERIFY(m_window->session().isSettled());
        QCOMPARE(m_window->session().projectPath(), m_project);
    }

    void aDroppedCheckpointBeginsANewProject()
    {
        const QString folder = m_folder.filePath(QStringLiteral("checkpoint"));
        QVERIFY(QDir().mkpath(folder));
        QFile config(folder + QStringLiteral("/config.json"));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("{}");
        config.close();
        drop(folder);
        QTRY_VERIFY(shown()->property("newProjectOpen").toBool());
        QCOMPARE(m_window->newProject().baseModel()->text(), folder);
        shown()->setProperty("newProjectOpen", false);
        drop(folder);
        QCOMPARE(m_window->newProject().fineTunedModel()->text(), folder);
        shown()->setProperty("newProjectOpen", false);
    }

    void aModelByItsIdIsDownloadedOnRequestOnly()
    {
        const testing::LocalHub hub;
        QVERIFY(!hub.endpoint().isEmpty());
        qputenv("HF_ENDPOINT", hub.endpoint());
        qputenv("HF_HUB_CACHE", m_folder.filePath(QStringLiteral("hub")).toUtf8());
        shown()->setProperty("newProjectOpen", true);
        app::ModelChoice& model = *m_window->newProject().fineTunedModel();
        model.setText(QStringLiteral("org/kept"));
        QTRY_VERIFY(item("fineTunedModelDownload"));
        QVERIFY(!QFileInfo::exists(m_folder.filePath(QStringLiteral("hub"))));
        QTest::qWait(100); // for the dialog to find its size
        item("fineTunedModelDownload")->forceActiveFocus(Qt::TabFocusReason);
        press(Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(
            model.found(), QStringLiteral("In the cache of Hugging Face on this machine"), 20000);
        QVERIFY(!item("fineTunedModelDownload"));
        QCOMPARE(item("fineTunedModelFound")->property("text").toString(), model.found());
        model.setText({});
        shown()->setProperty("newProjectOpen", false);
    }

    void theLastViewIsKept()
    {
        openSample();
        shown()->setProperty("currentView", app::viewIndex("alignment"));
        shown()->close();
        m_window = std::make_unique<app::Window>();
        QVERIFY(m_window->show());
        QVERIFY(QTest::qWaitForWindowExposed(shown()));
        QCOMPARE(shown()->property("currentView").toInt(), app::viewIndex("alignment"));
    }

    void sizesOfPartsAndSortingAreKept()
    {
        openSample();
        shown()->setProperty("currentView", app::viewIndex("concepts"));
        const auto list = [this] { return below(shown()->contentItem(), QStringLiteral("conceptList")); };
        QTRY_VERIFY(list() && list()->width() > 0);
        const double before = list()->width();
        // The grip is twelve pixels wide and begins where the list's pane ends.
        const QPoint grip = list()->mapToScene({list()->width() + 7, list()->height() / 2}).toPoint();
        QTest::mousePress(shown(), Qt::LeftButton, {}, grip);
        for (int step = 1; step <= 6; ++step)
            QTest::mouseMove(shown(), grip + QPoint(10 * step, 0));
        QTest::mouseRelease(shown(), Qt::LeftButton, {}, grip + QPoint(60, 0));
        QTRY_VERIFY(list()->width() > before + 30);
        const double wide = list()->width();
        const auto concepts = [this] { return shown()->findChild<app::ConceptBrowser*>()->concepts(); };
        concepts()->setSortKey(app::ConceptFilterModel::ByOverlap);
        concepts()->setDescending(false);
        m_window = std::make_unique<app::Window>();
        QVERIFY(m_window->show());
        QVERIFY(QTest::qWaitForWindowExposed(shown()));
        openSample();
        shown()->setProperty("currentView", app::viewIndex("concepts"));
        QTRY_COMPARE(list() ? list()->width() : 0.0, wide);
        QCOMPARE(concepts()->sortKey(), app::ConceptFilterModel::ByOverlap);
        QVERIFY(!concepts()->isDescending());
    }

    void largeTypeLeavesAllControlsInTheWindow()
    {
        openSample();
        m_window->settings().setScale(2.0);
        shown()->resize(1024, 700);
        for (int view = 0; view < 11; ++view) {
            shown()->setProperty("currentView", view);
            QTRY_VERIFY(m_window->session().isSettled());
            for (const char* control : {"menuButton", "searchButton", "helpButton"}) {
                QTRY_VERIFY2(item(control), control);
                const auto right = [this, control] {
                    return item(control)->mapRectToScene(item(control)->boundingRect()).right();
                };
                QTRY_VERIFY2(right() <= shown()->width(), control);
            }
        }
        // The card of a concept is higher than its panel: what has the focus is scrolled to.
        shown()->setProperty("currentView", 1);
        m_window->selection().selectConcept(app::Selection::Base, 0);
        QTRY_VERIFY(item("sentenceList"));
        QQuickItem* list = item("sentenceList");
        QQuickItem* page = list;
        while (!page->inherits("QQuickFlickable") || page == list)
            page = page->parentItem();
        QTRY_VERIFY(page->property("contentHeight").toDouble() > page->height());
        list->forceActiveFocus();
        QTRY_VERIFY(page->mapRectFromItem(list, list->boundingRect()).top() < page->height());
        QVERIFY(page->property("contentY").toDouble() > 0);
    }

    void aDialogIsAskedForBeforeItWasMade()
    {
        press(Qt::Key_F1); // nothing was idle long enough to make it
        QTRY_COMPARE(shown()->property("helpOpen").toBool(), true);
        press(Qt::Key_Escape);
        QTRY_COMPARE(shown()->property("helpOpen").toBool(), false);
        shown()->setProperty("helpOpen", true);
        QTRY_COMPARE(shown()->property("helpOpen").toBool(), true);
        shown()->setProperty("helpOpen", false);
        QTRY_COMPARE(shown()->property("helpOpen").toBool(), false);
    }

    void theMaskGoesOnAndOffByAKey()
    {
        openSample();
        shown()->setProperty("currentView", app::viewIndex("concepts"));
        QVERIFY(!m_window->mask().isOn());
        press(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_window->mask().isOn());
        QTest::qWait(50);
        press(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!m_window->mask().isOn());
    }

    void everyControlIsReachedByTabAndHasAName_data()
    {
        QTest::addColumn<QString>("view");
        for (const auto& view : app::viewRegistry())
            QTest::newRow(view.id) << QString::fromLatin1(view.id);
    }

    void everyControlIsReachedByTabAndHasAName()
    {
        QFETCH(QString, view);
        openSample();
        shown()->setProperty("currentView", app::viewIndex(view.toLatin1().constData()));
        QTest::qWait(150);
        QTRY_VERIFY(m_window->session().isSettled());
        press(Qt::Key_Tab);
        QSet<QQuickItem*> reached;
        for (int steps = 0; steps < 200; ++steps) {
            QQuickItem* focus = shown()->activeFocusItem();
            QVERIFY(focus);
            if (reached.contains(focus))
                break;
            reached.insert(focus);
            QVERIFY2(isSeen(focus), focus->metaObject()->className());
            // The input inside of a spin box speaks through the box.
            QString name;
            for (QQuickItem* at = focus; at && name.isEmpty(); at = at->parentItem())
                if (auto* spoken = QAccessible::queryAccessibleInterface(at))
                    name = spoken->text(QAccessible::Name);
            QVERIFY2(!name.isEmpty(),
                qPrintable(QString::fromLatin1(focus->metaObject()->className()) + focus->objectName()));
            press(Qt::Key_Tab);
        }
        QVERIFY2(reached.size() >= 12, qPrintable(QString::number(reached.size())));
    }

    void infoButtonsSayHowNumbersAreComputed()
    {
        openSample();
        shown()->setProperty("currentView", app::viewIndex("overview"));
        QTRY_VERIFY(item("info-kept"));
        click(item("info-kept"));
        QTRY_VERIFY(item("infoText"));
        QVERIFY(item("infoText")->property("text").toString().contains(QStringLiteral("both ways")));
        press(Qt::Key_Escape);
        QTRY_VERIFY(!item("infoText"));
    }

    void aSuggestionIsFollowed()
    {
        openSample();
        shown()->setProperty("currentView", app::viewIndex("overview"));
        QTRY_VERIFY(item("suggestions") && item("suggestions")->property("count").toInt() > 0);
        item("suggestions")->forceActiveFocus();
        press(Qt::Key_Down);
        press(Qt::Key_Return);
        QTRY_COMPARE(shown()->property("currentView").toInt(), app::viewIndex("concepts"));
        QTRY_VERIFY(m_window->session().isSettled());
        QVERIFY(m_window->selection().conceptId() >= 0);
    }

    void dialogsOfTheFrameOpen()
    {
        openSample();
        for (const char* property : {"annotationsOpen", "helpOpen", "searchOpen", "paletteOpen"}) {
            shown()->setProperty(property, true);
            QTest::qWait(80);
            QVERIFY(!shown()->grabWindow().isNull());
            shown()->setProperty(property, false);
            QTest::qWait(30);
        }
    }
};

int main(int argc, char** argv)
{
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    QApplication application(argc, argv);
    TestFrame test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_frame.moc"
