// A story from the first pin to the last slide, as a person makes and tells it: by keys, mouse and a remote.

#include <QApplication>
#include <QQuickItem>
#include <QQuickStyle>
#include <QQuickWindow>

#include "bridge/navigator.h"
#include "bridge/presentation.h"
#include "bridge/story.h"
#include "window_driver.h"

using namespace palimpsest;

class TestStoryWindow : public QObject, private testing::WindowDriver {
    Q_OBJECT

    app::Story& story() { return m_window->story(); }
    app::Presentation* talk() { return shown()->findChild<app::Presentation*>(); }
    QString viewId() { return shown()->property("navigator").value<app::Navigator*>()->viewId(); }

    QString title(int row) { return story().index(row, 0).data(app::Story::TitleRole).toString(); }

    /// Overview of layer 0, flow of layer 1, concepts of layer 2 with a concept selected.
    void pinThree()
    {
        for (int layer = 0; layer < 3; ++layer) {
            constexpr std::array views{"overview", "flow", "concepts"};
            shown()
                ->property("navigator")
                .value<app::Navigator*>()
                ->showView(QString::fromLatin1(views[static_cast<std::size_t>(layer)]));
            m_window->session().setLayer(layer);
            QTRY_VERIFY(m_window->session().isSettled());
            if (layer == 2)
                m_window->selection().selectConcept(app::Selection::FineTuned, 5);
            press(Qt::Key_D, Qt::ControlModifier);
            QTRY_COMPARE(story().count(), layer + 1);
            story().setTitle(layer, QStringLiteral("Slide of layer %1").arg(layer));
        }
        QTRY_VERIFY(story().isSaved());
        QVERIFY(!story().notice().isEmpty());
        story().say({}); // the notice would move what is clicked
    }
    /// The slide is shown, with what belongs to it.
    void verifySlide(int row, const char* view, int layer)
    {
        QTRY_COMPARE(talk()->row(), row);
        QTRY_VERIFY(m_window->session().isSettled());
        QCOMPARE(viewId(), QString::fromLatin1(view));
        QCOMPARE(m_window->session().layer(), layer);
        QTRY_COMPARE(item("slideHeading")->property("text").toString(),
            QStringLiteral("Slide of layer %1").arg(layer));
        QCOMPARE(item("slideNumber")->property("text").toString(), QStringLiteral("%1 / 3").arg(row + 1));
    }

private Q_SLOTS:
    void initTestCase() { beginTests("palimpsest-test-story-window"); }
    void init()
    {
        begin();
        openSample();
    }
    void cleanup() { end(); }

    void anEmptyStorySaysHowToBegin()
    {
        shown()->property("navigator").value<app::Navigator*>()->showView(QStringLiteral("story"));
        QTRY_VERIFY(item("storyState"));
        QVERIFY(item("storyState")->property("hint").toString().contains(QStringLiteral("Ctrl+D")));
        press(Qt::Key_F5);
        QVERIFY(!talk()->isActive());
        press(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(story().count(), 0);
    }

    void slidesArePinnedEditedAndMovedByHand()
    {
        pinThree();
        QVERIFY(!story().index(0, 0).data(app::Story::PictureRole).toString().isEmpty());
        shown()->property("navigator").value<app::Navigator*>()->showView(QStringLiteral("story"));
        QTRY_VERIFY(item("slides"));
        item("slides")->forceActiveFocus();
        story().setCurrent(0);
        press(Qt::Key_Down);
        QCOMPARE(story().current(), 1);
        press(Qt::Key_Up, Qt::ControlModifier);
        QCOMPARE(title(0), QStringLiteral("Slide of layer 1"));
        QCOMPARE(story().current(), 0);
        click(item("slideTitle"));
        press(Qt::Key_A, Qt::ControlModifier);
        for (const char letter : {'F', 'l', 'o', 'w'})
            QTest::keyClick(shown(), letter);
        press(Qt::Key_Return);
        QCOMPARE(title(0), QStringLiteral("Flow"));
        click(item("slideNotes"));
        for (const char letter : {'s', 'a', 'y'})
            QTest::keyClick(shown(), letter);
        QTest::mouseClick(shown(), Qt::LeftButton, Qt::NoModifier,
            item("slides")->mapToScene({300, 126 * m_window->settings().scale()}).toPoint());
        QCOMPARE(story().current(), 1);
        QTRY_COMPARE(story().slides()[0].notes + story().slides()[1].notes + story().slides()[2].notes,
            std::string("say"));
        item("slides")->forceActiveFocus();
        press(Qt::Key_Z, Qt::ControlModifier);
        press(Qt::Key_Z, Qt::ControlModifier);
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(title(0), QStringLiteral("Slide of layer 0"));
        const int before = story().count();
        press(Qt::Key_Delete);
        QCOMPARE(story().count(), before - 1);
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(story().count(), before);
    }

    void aSlideIsDraggedToAnotherPlace()
    {
        pinThree();
        shown()->property("navigator").value<app::Navigator*>()->showView(QStringLiteral("story"));
        QTRY_VERIFY(item("slides") && item("slides")->property("contentHeight").toDouble() > 200);
        QVERIFY(!shown()->grabWindow().isNull()); // laid out
        const QPointF list = item("slides")->mapToScene({60, 40});
        const double row = 84 * m_window->settings().scale();
        QTest::mousePress(shown(), Qt::LeftButton, Qt::NoModifier, list.toPoint());
        for (double y = 0; y <= 2 * row; y += row / 8)
            QTest::mouseMove(shown(), (list + QPointF(0, y)).toPoint());
        QTest::mouseRelease(shown(), Qt::LeftButton, Qt::NoModifier, (list + QPointF(0, 2 * row)).toPoint());
        QTRY_COMPARE(title(2), QStringLiteral("Slide of layer 0"));
        QCOMPARE(title(0), QStringLiteral("Slide of layer 1"));
    }

    /// Two slides of one matrix at two zooms: the figure itself moves from one to the other, in frames.
    void aFigureMovesFromSlideToSlide()
    {
        auto* navigator = shown()->property("navigator").value<app::Navigator*>();
        navigator->showView(QStringLiteral("alignment"));
        QTRY_VERIFY(item("matrix") && item("matrix")->property("ready").toBool());
        QTRY_VERIFY(m_window->session().isSettled());
        auto* matrix = item("matrix");
        story().pin({});
        for (int step = 0; step < 4; ++step)
            QMetaObject::invokeMethod(matrix, "zoomIn");
        const double zoom = matrix->property("zoom").toDouble();
        QVERIFY(zoom > 4);
        story().pin({});
        story().setCurrent(0);
        press(Qt::Key_F5);
        QTRY_VERIFY(talk()->isActive());
        QTRY_COMPARE(matrix->property("zoom").toDouble(), 1.0);
        QSignalSpy moves(matrix, SIGNAL(viewChanged()));
        press(Qt::Key_Right);
        QCOMPARE(talk()->row(), 1); // at once: no picture hides what moves
        QTRY_COMPARE(matrix->property("zoom").toDouble(), zoom);
        QVERIFY(moves.count() > 3);
        // Who asked the system for less motion gets none.
        talk()->setProperty("still", true);
        moves.clear();
        press(Qt::Key_Left);
        QCOMPARE(talk()->row(), 0);
        QCOMPARE(matrix->property("zoom").toDouble(), 1.0);
        press(Qt::Key_Escape);
        QTRY_VERIFY(!talk()->isActive());
    }

    /// Back and forward too show what was seen.
    void backShowsTheZoomThatWasLeft()
    {
        auto* navigator = shown()->property("navigator").value<app::Navigator*>();
        navigator->showView(QStringLiteral("alignment"));
        QTRY_VERIFY(item("matrix") && item("matrix")->property("ready").toBool());
        navigator->note();
        auto* matrix = item("matrix");
        for (int step = 0; step < 3; ++step)
            QMetaObject::invokeMethod(matrix, "zoomIn");
        const double zoom = matrix->property("zoom").toDouble();
        m_window->session().setK(8);
        QTRY_VERIFY(m_window->session().isSettled());
        QTRY_COMPARE(matrix->property("zoom").toDouble(), 1.0); // other concepts
        navigator->note();
        navigator->back();
        QTRY_VERIFY(m_window->session().isSettled());
        QTRY_COMPARE(matrix->property("zoom").toDouble(), zoom);
        navigator->forward();
        QTRY_VERIFY(m_window->session().isSettled());
        QTRY_COMPARE(matrix->property("zoom").toDouble(), 1.0);
    }

    void aSlideKeepsWhatAListWasFilteredBy()
    {
        auto* navigator = shown()->property("navigator").value<app::Navigator*>();
        navigator->showView(QStringLiteral("concepts"));
        QTRY_VERIFY(item("wordFilter"));
        item("wordFilter")->forceActiveFocus();
        type("o");
        QTRY_COMPARE(item("wordFilter")->property("text").toString(), QStringLiteral("o"));
        story().pin({});
        press(Qt::Key_Escape);
        QTRY_COMPARE(item("wordFilter")->property("text").toString(), QString());
        story().go(0);
        QTRY_COMPARE(item("wordFilter")->property("text").toString(), QStringLiteral("o"));
        press(Qt::Key_Escape);
    }

    void aTalkIsGivenByKeysFromTheFirstSlideToTheLast()
    {
        pinThree();
        shown()->property("navigator").value<app::Navigator*>()->showView(QStringLiteral("story"));
        press(Qt::Key_F5);
        QTRY_VERIFY(talk()->isActive());
        QCOMPARE(shown()->visibility(), QWindow::FullScreen);
        verifySlide(0, "overview", 0);
        QVERIFY(!item("menuButton")); // no bars in a talk
        press(Qt::Key_Right);
        verifySlide(1, "flow", 1);
        press(Qt::Key_PageDown); // a presenter's remote
        verifySlide(2, "concepts", 2);
        QTRY_COMPARE(m_window->selection().conceptId(), 5);
        press(Qt::Key_Space); // the last one stays
        verifySlide(2, "concepts", 2);
        press(Qt::Key_PageUp);
        verifySlide(1, "flow", 1);
        press(Qt::Key_Home);
        verifySlide(0, "overview", 0);
        press(Qt::Key_End);
        verifySlide(2, "concepts", 2);
        press(Qt::Key_B);
        QTRY_VERIFY(item("darkScreen"));
        press(Qt::Key_B);
        QTRY_VERIFY(!item("darkScreen"));
        press(Qt::Key_B);
        press(Qt::Key_PageUp); // whoever goes on wants to see it
        QTRY_VERIFY(!item("darkScreen"));
        verifySlide(1, "flow", 1);
        press(Qt::Key_Escape);
        QTRY_VERIFY(!talk()->isActive());
        QVERIFY(shown()->visibility() != QWindow::FullScreen);
        QTRY_VERIFY(item("menuButton"));
    }

    void theViewBehindASlideIsLiveAndLeftAgain()
    {
        pinThree();
        press(Qt::Key_F5, Qt::ShiftModifier); // from the current slide, the last one
        verifySlide(2, "concepts", 2);
        QTRY_COMPARE(m_window->selection().conceptId(), 5);
        QVERIFY(item("conceptList"));
        click(item("conceptList"));
        QTRY_VERIFY(talk()->isExploring());
        QTRY_VERIFY(item("backToSlide"));
        const int other = m_window->selection().conceptId();
        press(Qt::Key_Down); // belongs to the list now
        QTRY_VERIFY(m_window->selection().conceptId() != other);
        QCOMPARE(talk()->row(), 2);
        m_window->session().setK(9);
        press(Qt::Key_Escape);
        QTRY_VERIFY(!talk()->isExploring());
        QTRY_COMPARE(m_window->session().k(), 24);
        QTRY_VERIFY(m_window->session().isSettled());
        QTRY_COMPARE(m_window->selection().conceptId(), 5);
        QVERIFY(talk()->isActive());
        press(Qt::Key_Return); // the keyboard's way in
        QTRY_VERIFY(talk()->isExploring());
        press(Qt::Key_PageUp); // a remote still works
        verifySlide(1, "flow", 1);
        QVERIFY(!talk()->isExploring());
    }

    void theSpeakerHasAWindowOfTheirOwn()
    {
        pinThree();
        story().setNotes(0, QStringLiteral("Welcome them"));
        press(Qt::Key_F5);
        verifySlide(0, "overview", 0);
        press(Qt::Key_N);
        QQuickWindow* speaker = nullptr;
        const auto isSpeaker = [&] {
            for (QWindow* window : QGuiApplication::topLevelWindows())
                if (window->title().startsWith(QStringLiteral("Speaker")) && window->isVisible())
                    speaker = qobject_cast<QQuickWindow*>(window);
            return speaker != nullptr;
        };
        QTRY_VERIFY(isSpeaker());
        QQuickItem* notes = below(speaker->contentItem(), QStringLiteral("speakerNotes"));
        QVERIFY(notes);
        QVERIFY(below(speaker->contentItem(), QStringLiteral("speakerElapsed")));
        QVERIFY(!speaker->grabWindow().isNull());
        QTest::keyClick(speaker, Qt::Key_PageDown); // keys of either window drive the talk
        verifySlide(1, "flow", 1);
        QTest::keyPress(speaker, Qt::Key_Escape); // closes it, so there is nothing to release a key in
        QTRY_VERIFY(!talk()->isActive());
    }

    void theStoryIsWrittenAndOneIsBackWhereOneWas()
    {
        pinThree();
        const QString file = m_folder.filePath(QStringLiteral("talk.html"));
        shown()->property("navigator").value<app::Navigator*>()->showView(QStringLiteral("story"));
        m_window->session().setLayer(0);
        QTRY_VERIFY(m_window->session().isSettled());
        QSignalSpy finished(&m_window->publisher(), &app::Publisher::finished);
        m_window->publisher().writeStory(file);
        QVERIFY(m_window->publisher().isRunning());
        QVERIFY(finished.wait(60'000));
        QCOMPARE(finished.front().front().toBool(), true);
        QVERIFY(m_window->publisher().notice().contains(QStringLiteral("talk.html was written")));
        QTRY_COMPARE(viewId(), QStringLiteral("story"));
        QCOMPARE(m_window->session().layer(), 0);
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll().count("<section class=\"slide\""), 3);
    }

    void closingTheProjectEndsTheTalk()
    {
        pinThree();
        press(Qt::Key_F5);
        verifySlide(0, "overview", 0);
        m_window->session().closeProject();
        QTRY_VERIFY(!talk()->isActive());
        QCOMPARE(story().count(), 0);
    }

    void wordsStayMaskedInATalk()
    {
        pinThree();
        story().setTitle(0, QStringLiteral("What the fuck"));
        m_window->mask().setOn(true);
        press(Qt::Key_F5);
        QTRY_VERIFY(item("slideHeading"));
        QCOMPARE(item("slideHeading")->property("text").toString(), QStringLiteral("What the f•••"));
        m_window->mask().setOn(false);
    }
};

int main(int argc, char** argv)
{
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    QApplication application(argc, argv);
    TestStoryWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_story_window.moc"
