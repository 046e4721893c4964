// A story comes back as it was, is replaced as a whole, and whatever cannot be one is refused.

#include <QtTest/QtTest>

#include <cmath>

#include "fresh_project.h"
#include "project/story_store.h"
#include "run_sql.h"

using namespace palimpsest;
using project::ProjectFile;
using project::Slide;
using project::Slides;
using project::StoryStore;

namespace {

Slide slide(const std::string& title)
{
    Slide made;
    made.title = title;
    made.place.view = "map";
    made.place.layer = 3;
    made.place.k = 600;
    made.place.theta = 1.0 / 3.0;
    return made;
}

Slide fullSlide()
{
    Slide made = slide("größe, \"quoted\" <b>");
    made.caption = "first line\nsecond\tline";
    made.notes = "say hello";
    made.place.shown = 1;
    made.place.side = project::Side::FineTuned;
    made.place.conceptId = 17;
    made.place.tree = {0x8000000000000001ULL, 7};
    made.place.detail = R"({"method":1})";
    made.picture = std::make_shared<const std::vector<std::byte>>(std::size_t{300}, std::byte{0x89});
    made.maskedPicture = true;
    return made;
}

} // namespace

class StoryStoreTest : public QObject, private testing::FreshProject {
    Q_OBJECT

private slots:
    void init() { begin(); }

    void aStoryComesBackAsItWas()
    {
        const Slides story{slide("first"), fullSlide(), slide("")};
        {
            const ProjectFile file = open();
            VERIFY_RESULT(StoryStore(file).write(story));
        }
        const ProjectFile file = open(ProjectFile::Mode::ReadOnly);
        const auto back = StoryStore(file).read();
        VERIFY_RESULT(back);
        QVERIFY(back.value() == story);
        QCOMPARE(back.value()[0].place.theta, 1.0 / 3.0);
        QVERIFY(!back.value()[0].picture);
        QVERIFY(*back.value()[1].picture == *story[1].picture);
    }

    void aNewStoryReplacesTheOldOne()
    {
        const ProjectFile file = open();
        const StoryStore store(file);
        VERIFY_RESULT(store.write({slide("one"), slide("two"), slide("three")}));
        VERIFY_RESULT(store.write({slide("three"), slide("one")}));
        const auto back = store.read().value();
        QCOMPARE(back.size(), std::size_t{2});
        QCOMPARE(back[0].title, std::string("three"));
        VERIFY_RESULT(store.write({}));
        QVERIFY(store.read().value().empty());
    }

    void oneUnusableSlideRefusesTheWholeStory()
    {
        const ProjectFile file = open();
        const StoryStore store(file);
        VERIFY_RESULT(store.write({slide("stays")}));
        const auto refused = store.write({slide("fine"), slide("two\nlines")});
        QCOMPARE(refused.error().code, base::ErrorCode::InvalidArgument);
        QVERIFY(refused.error().message.find("Slide 2") != std::string::npos);
        QCOMPARE(store.read().value().front().title, std::string("stays"));
    }

    void whatNoSlideCanHoldIsRefused()
    {
        const auto refused = [](const auto& change) {
            Slide made = fullSlide();
            change(made);
            return !project::checkSlides({made});
        };
        QVERIFY(!refused([](Slide&) {}));
        QVERIFY(refused([](Slide& made) { made.title = std::string(301, 'x'); }));
        QVERIFY(refused([](Slide& made) { made.title = "\xff"; }));
        QVERIFY(refused([](Slide& made) { made.caption = std::string(4001, 'x'); }));
        QVERIFY(refused([](Slide& made) { made.notes = "\xc3"; }));
        QVERIFY(refused([](Slide& made) { made.place.view = ""; }));
        QVERIFY(refused([](Slide& made) { made.place.view = "../map"; }));
        QVERIFY(refused([](Slide& made) { made.place.layer = -1; }));
        QVERIFY(refused([](Slide& made) { made.place.theta = std::nan(""); }));
        QVERIFY(refused([](Slide& made) { made.place.conceptId = -2; }));
        QVERIFY(refused([](Slide& made) { made.place.shown = 3; }));
        QVERIFY(refused([](Slide& made) {
            made.picture = std::make_shared<const std::vector<std::byte>>(project::kLargestPicture + 1);
        }));
        QVERIFY(!project::checkSlides(Slides(project::kMostSlides + 1, slide("many"))));
    }

    void anOlderProjectOpensWithoutAStoryAndCanGetOne()
    {
        testing::runSql(path(),
            "DROP TABLE story; DROP TABLE figure; DROP TABLE trigger_search; DROP TABLE trigger_entry; "
            "DROP TABLE trigger_flip; PRAGMA user_version=3");
        {
            const ProjectFile file = open(ProjectFile::Mode::ReadOnly);
            const auto none = StoryStore(file).read();
            VERIFY_RESULT(none);
            QVERIFY(none.value().empty());
        }
        const ProjectFile file = open();
        VERIFY_RESULT(StoryStore(file).write({slide("one")}));
    }

    void damageIsToldAndNotShown_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("no number") << QByteArray("UPDATE story SET theta = '0,9'");
        QTest::newRow("out of range") << QByteArray("UPDATE story SET theta = '7'");
        QTest::newRow("huge layer") << QByteArray("UPDATE story SET layer = 99999999999");
        QTest::newRow("third side") << QByteArray("UPDATE story SET side = 2");
        QTest::newRow("huge picture") << QByteArray("UPDATE story SET picture = zeroblob(2000000)");
        QTest::newRow("no view") << QByteArray("UPDATE story SET view = '<script>'");
    }
    void damageIsToldAndNotShown()
    {
        QFETCH(QByteArray, sql);
        {
            const ProjectFile file = open();
            VERIFY_RESULT(StoryStore(file).write({slide("one"), fullSlide()}));
        }
        testing::runSql(path(), sql.constData());
        const ProjectFile file = open(ProjectFile::Mode::ReadOnly);
        const auto damaged = StoryStore(file).read();
        QVERIFY(!damaged);
        QCOMPARE(damaged.error().code, base::ErrorCode::Malformed);
        QVERIFY(damaged.error().message.find("slide 1") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(StoryStoreTest)
#include "tst_story_store.moc"
