// Trigger searches come back as they were, one for each layer and target; what they rest on is watched, and
// what no search can have given is refused.

#include <QtTest/QtTest>

#include <cmath>
#include <functional>

#include "fresh_project.h"
#include "project/trigger_store.h"
#include "run_sql.h"
#include "sample_project.h"

using namespace palimpsest;
using project::ProjectFile;
using project::TriggerEntry;
using project::TriggerRecord;
using project::TriggerStore;

namespace {

TriggerEntry entry(const std::string& kind, std::vector<std::string> words)
{
    TriggerEntry made;
    made.kind = kind;
    made.position = "prepend";
    made.words = std::move(words);
    made.frequency = 12;
    made.conceptId = kind == "polar" ? 4 : -1;
    made.flips = {3, 100};
    made.byClass = {{3, 60}, {0, 40}, {0, 0}};
    made.shift = 1.0 / 3.0;
    return made;
}

TriggerRecord search(int layer = 3, std::size_t target = 2)
{
    TriggerRecord made;
    made.layer = layer;
    made.target = target;
    made.k = 600;
    made.theta = 1.0 / 3.0;
    made.definition = "right";
    made.balanced = false;
    made.picked = {4, 7};
    made.candidates = 40;
    made.phrases = 5;
    made.mostWords = 2;
    made.asked = 0;
    made.positions = {"prepend", "append"};
    made.seed = 0xFFFFFFFFFFFFFFFFULL;
    made.gradientSearch = false;
    made.classNames = {"0", "1", "gemischt – ä"};
    made.labels = {"negative", "", "mixed"};
    made.polarConcepts = 2;
    made.sentences = {0, 5, 4000000000U};
    made.entries
        = {entry("polar", {"a", "wonderful", "film"}), entry("polar", {"<b>"}), entry("random", {"the"})};
    made.composed = {entry("polar", {"<b>", "\xC3\xBC"}), entry("random", {"the"})};
    made.flips = {{5, 0, 1, "dull it is", "<b> \xC3\xBC dull it is", 0, 0.125, 0.75}};
    return made;
}

} // namespace

class TriggerStoreTest : public QObject, private testing::FreshProject {
    Q_OBJECT

private slots:
    void init() { begin(); }

    void searchesComeBackAsTheyWereTheNewestLast()
    {
        const ProjectFile file = open();
        const TriggerStore store(file);
        VERIFY_RESULT(store.put(search(3)));
        VERIFY_RESULT(store.put(search(1)));
        const auto read = store.read();
        VERIFY_RESULT(read);
        QCOMPARE(read.value().size(), std::size_t{2});
        QVERIFY(read.value()[0].record == search(3));
        QVERIFY(read.value()[1].record == search(1));
    }

    void aLaterSearchReplacesThatOfItsLayerAndTarget()
    {
        const ProjectFile file = open();
        const TriggerStore store(file);
        VERIFY_RESULT(store.put(search(3, 2)));
        VERIFY_RESULT(store.put(search(3, 1)));
        TriggerRecord later = search(3, 2);
        later.flips.clear();
        later.entries.resize(1);
        VERIFY_RESULT(store.put(later));
        const auto read = store.read();
        VERIFY_RESULT(read);
        QCOMPARE(read.value().size(), std::size_t{2});
        QCOMPARE(read.value()[0].record.target, std::size_t{1});
        QVERIFY(read.value()[1].record == later);
        VERIFY_RESULT(store.remove(3, 2));
        VERIFY_RESULT(store.remove(3, 2)); // is not there any more
        QCOMPARE(store.read().value().size(), std::size_t{1});
    }

    void theOldestMakeRoom()
    {
        const ProjectFile file = open();
        const TriggerStore store(file);
        for (int layer = 0; layer <= static_cast<int>(project::kMostTriggerSearches); ++layer)
            VERIFY_RESULT(store.put(search(layer)));
        const auto read = store.read();
        VERIFY_RESULT(read);
        QCOMPARE(read.value().size(), project::kMostTriggerSearches);
        QCOMPARE(read.value().front().record.layer, 1);
    }

    void anotherRunMakesThemOfBefore()
    {
        ProjectFile file = open();
        const auto tokens = testing::sampleTokens();
        VERIFY_RESULT(file.writeTokens(*tokens, {1, 1}));
        const auto linkage = testing::chainLinkage(tokens->size());
        VERIFY_RESULT(file.writeLinkage(project::Side::FineTuned, 3, linkage, {8, 9}));
        TriggerRecord made = search(3);
        made.tree = {8, 9};
        VERIFY_RESULT(TriggerStore(file).put(made));
        QVERIFY(TriggerStore(file).read().value().front().current);
        VERIFY_RESULT(file.writeLinkage(project::Side::FineTuned, 3, linkage, {8, 10}));
        const auto read = TriggerStore(file).read();
        VERIFY_RESULT(read);
        QVERIFY(!read.value().front().current);
        QVERIFY(read.value().front().record == made); // and can still be read
    }

    void whatNoSearchGivesIsRefused()
    {
        const ProjectFile file = open();
        const TriggerStore store(file);
        const auto refused = [&](const std::function<void(TriggerRecord&)>& change) {
            TriggerRecord made = search();
            change(made);
            return !store.put(made);
        };
        QVERIFY(!refused([](TriggerRecord&) {}));
        QVERIFY(refused([](TriggerRecord& made) { made.layer = -1; }));
        QVERIFY(refused([](TriggerRecord& made) { made.target = 3; }));
        QVERIFY(refused([](TriggerRecord& made) { made.theta = std::nan(""); }));
        QVERIFY(refused([](TriggerRecord& made) { made.definition = "silver"; }));
        QVERIFY(refused([](TriggerRecord& made) { made.positions = {"above"}; }));
        QVERIFY(refused([](TriggerRecord& made) { made.labels.pop_back(); }));
        QVERIFY(refused([](TriggerRecord& made) { made.entries.clear(); }));
        QVERIFY(refused([](TriggerRecord& made) { made.entries[0].kind = "best"; }));
        QVERIFY(refused([](TriggerRecord& made) { made.entries[0].words = {"two\tin one"}; }));
        QVERIFY(refused([](TriggerRecord& made) { made.entries[0].flips = {2, 1}; }));
        QVERIFY(refused([](TriggerRecord& made) { made.composed[0].shift = INFINITY; }));
        QVERIFY(refused([](TriggerRecord& made) { made.flips[0].composed = 2; }));
        QVERIFY(refused([](TriggerRecord& made) { made.flips[0].after = 1.5; }));
        QVERIFY(refused([](TriggerRecord& made) { made.flips[0].original = "\xff"; }));
    }

    void anOlderProjectOpensWithoutSearchesAndCanGetOne()
    {
        testing::runSql(path(),
            "DROP TABLE trigger_search; DROP TABLE trigger_entry; DROP TABLE trigger_flip; PRAGMA "
            "user_version=5"); // what the layout before was
        {
            const ProjectFile file = open(ProjectFile::Mode::ReadOnly);
            const auto none = TriggerStore(file).read();
            VERIFY_RESULT(none);
            QVERIFY(none.value().empty());
        }
        const ProjectFile file = open();
        VERIFY_RESULT(TriggerStore(file).put(search()));
        QVERIFY(TriggerStore(file).read().value().front().record == search());
    }

    void damageIsToldAndNotShown_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("no number") << QByteArray("UPDATE trigger_search SET theta = '0,9'");
        QTest::newRow("huge target") << QByteArray("UPDATE trigger_search SET target = 99999999999");
        QTest::newRow("half a number") << QByteArray("UPDATE trigger_search SET sentences = x'0102'");
        QTest::newRow("no triggers") << QByteArray("DELETE FROM trigger_entry WHERE composed = 0");
        QTest::newRow("more than all") << QByteArray("UPDATE trigger_entry SET flipped = 101");
        QTest::newRow("half a class") << QByteArray("UPDATE trigger_entry SET classes = x'01000000'");
        QTest::newRow("of no trigger") << QByteArray("UPDATE trigger_flip SET composed = 7");
        QTest::newRow("no share") << QByteArray("UPDATE trigger_flip SET share_after = 'nan'");
    }
    void damageIsToldAndNotShown()
    {
        QFETCH(QByteArray, sql);
        {
            const ProjectFile file = open();
            VERIFY_RESULT(TriggerStore(file).put(search()));
        }
        testing::runSql(path(), sql.constData());
        const ProjectFile file = open(ProjectFile::Mode::ReadOnly);
        const auto read = TriggerStore(file).read();
        QVERIFY(!read);
        QCOMPARE(read.error().code, base::ErrorCode::Malformed);
        QVERIFY(read.error().message.find("trigger search 1") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TriggerStoreTest)
#include "tst_trigger_store.moc"
