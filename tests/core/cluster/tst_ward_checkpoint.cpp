#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <fstream>
#include <iterator>
#include <stop_token>
#include <string>
#include <vector>

#include "cluster/ward.h"
#include "core/cluster/reference_linkage.h"
#include "core/cluster/sample_rows.h"
#include "support/reference.h"

using namespace palimpsest;
using cluster::wardLinkage;
using cluster::WardOptions;
using testing::SampleRows;

namespace {

struct Run {
    base::Result<cluster::Linkage> linkage;
    std::vector<std::string> warnings;
    std::string firstActivity;
};

/// Stops at the `stopAt`-th report; 0: never.
Run runWard(const SampleRows& rows, const WardOptions& options, int stopAt = 0)
{
    Run run{cluster::Linkage(), {}, {}};
    std::stop_source stop;
    int reports = 0;
    const base::JobContext ctx(
        stop.get_token(),
        [&](double, std::string_view activity) {
            if (++reports == stopAt)
                stop.request_stop();
            if (run.firstActivity.empty())
                run.firstActivity = activity;
        },
        [&](const std::string& warning) { run.warnings.push_back(warning); });
    run.linkage = wardLinkage(rows.view(), options, ctx);
    return run;
}

std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void writeContent(const std::filesystem::path& path, const std::string& content)
{
    std::ofstream(path, std::ios::binary) << content;
}

} // namespace

class TestWardCheckpoint : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QVERIFY(m_folder.isValid());
        m_options = {};
        m_options.threads = 2;
        m_options.checkpoint = std::filesystem::path(m_folder.path().toStdString())
            / QTest::currentTestFunction() / "run.ward";
        std::filesystem::remove(m_options.checkpoint);
        std::filesystem::create_directories(m_options.checkpoint.parent_path());
    }

    void goesOnToTheSameBytes_data()
    {
        QTest::addColumn<int>("stopAt");
        QTest::addColumn<bool>("searching");
        QTest::newRow("in the first search") << 1 << true;
        QTest::newRow("early in the merges") << 12 << false;
        QTest::newRow("later in the merges") << 60 << false;
    }

    void goesOnToTheSameBytes()
    {
        QFETCH(int, stopAt);
        QFETCH(bool, searching);
        SampleRows rows = testing::eighths(6000, 12, 5);
        std::copy_n(rows.values.begin(), 60, rows.values.begin() + 3000); // identical rows
        const auto expected = wardLinkage(rows.view(), {}, {});
        VERIFY_RESULT(expected);

        const Run stopped = runWard(rows, m_options, stopAt);
        QVERIFY(!stopped.linkage);
        QCOMPARE(stopped.linkage.error().code, base::ErrorCode::Cancelled);
        QVERIFY(std::filesystem::exists(m_options.checkpoint));

        // Neither threads nor precision belong to the state.
        m_options.threads = 1;
        m_options.precision = cluster::SearchPrecision::Float32;
        const Run resumed = runWard(rows, m_options);
        VERIFY_RESULT(resumed.linkage);
        QVERIFY(resumed.warnings.empty());
        QCOMPARE(resumed.firstActivity.starts_with("Comparing"), searching);
        QVERIFY(testing::sameBytes(resumed.linkage.value().merges(), expected.value().merges()));
        QVERIFY(!std::filesystem::exists(m_options.checkpoint));
    }

    void isWrittenOnTheWay()
    {
        const SampleRows rows = testing::eighths(3000, 8, 6);
        m_options.checkpointEvery = std::chrono::seconds(0);
        int found = 0;
        const base::JobContext ctx({},
            [&](double, std::string_view) { found += std::filesystem::exists(m_options.checkpoint); }, {});
        const auto linkage = wardLinkage(rows.view(), m_options, ctx);
        VERIFY_RESULT(linkage);
        QVERIFY(found > 10);
        QVERIFY(!std::filesystem::exists(m_options.checkpoint));
        const auto expected = wardLinkage(rows.view(), {}, {});
        VERIFY_RESULT(expected);
        QVERIFY(testing::sameBytes(linkage.value().merges(), expected.value().merges()));
    }

    void isIgnoredForOtherRowsOrOptions()
    {
        const SampleRows rows = testing::eighths(3000, 8, 6);
        QVERIFY(!runWard(rows, m_options, 20).linkage);
        const std::string state = contentOf(m_options.checkpoint);

        SampleRows others = rows;
        others.values[17] += 0.125F;
        const Run run = runWard(others, m_options);
        VERIFY_RESULT(run.linkage);
        QCOMPARE(run.warnings.size(), std::size_t{1});
        const auto expected = wardLinkage(others.view(), {}, {});
        VERIFY_RESULT(expected);
        QVERIFY(testing::sameBytes(run.linkage.value().merges(), expected.value().merges()));

        writeContent(m_options.checkpoint, state);
        m_options.normalizeRows = true;
        QCOMPARE(runWard(rows, m_options).warnings.size(), std::size_t{1});
        writeContent(m_options.checkpoint, state);
        m_options.normalizeRows = false;
        m_options.listLength = 8;
        QCOMPARE(runWard(rows, m_options).warnings.size(), std::size_t{1});
    }

    void isIgnoredWhereDamaged_data()
    {
        QTest::addColumn<int>("stopAt");
        QTest::newRow("first search") << 1;
        QTest::newRow("merges") << 20;
    }

    void isIgnoredWhereDamaged()
    {
        QFETCH(int, stopAt);
        const SampleRows rows = testing::eighths(2000, 6, 7);
        const auto expected = wardLinkage(rows.view(), {}, {});
        VERIFY_RESULT(expected);
        QVERIFY(!runWard(rows, m_options, stopAt).linkage);
        const std::string state = contentOf(m_options.checkpoint);
        QVERIFY(state.size() > 10000);
        const auto startsAnew = [&](const std::string& content) {
            writeContent(m_options.checkpoint, content);
            const Run run = runWard(rows, m_options);
            return run.linkage && run.warnings.size() == 1
                && testing::sameBytes(run.linkage.value().merges(), expected.value().merges());
        };
        for (const std::size_t length :
            {std::size_t{32}, std::size_t{100}, state.size() / 2, state.size() - 1})
            QVERIFY2(startsAnew(state.substr(0, length)), qPrintable(QString::number(length)));
        for (std::size_t at = 40; at < state.size(); at += state.size() / 12) {
            std::string damaged = state;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
            QVERIFY2(startsAnew(damaged), qPrintable(QString::number(at)));
        }
    }

    void leavesAForeignFileAlone()
    {
        writeContent(m_options.checkpoint, "chapter one");
        const SampleRows rows = testing::eighths(500, 6, 8);
        const Run run = runWard(rows, m_options);
        VERIFY_RESULT(run.linkage);
        QCOMPARE(run.warnings.size(), std::size_t{1});
        QCOMPARE(contentOf(m_options.checkpoint), std::string("chapter one"));
    }

    void goesOnWithoutWhereItCannotBeWritten()
    {
        m_options.checkpoint = m_options.checkpoint.parent_path() / "no such folder" / "run.ward";
        m_options.checkpointEvery = std::chrono::seconds(0);
        const Run run = runWard(testing::eighths(500, 6, 8), m_options);
        VERIFY_RESULT(run.linkage);
        QCOMPARE(run.warnings.size(), std::size_t{1});
    }

private:
    QTemporaryDir m_folder;
    WardOptions m_options;
};

QTEST_APPLESS_MAIN(TestWardCheckpoint)
#include "tst_ward_checkpoint.moc"
