#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "cluster/ward.h"
#include "core/cluster/reference_linkage.h"
#include "core/cluster/sample_rows.h"
#include "core/cluster/ward_oracle.h"
#include "support/reference.h"

using namespace palimpsest;
using base::ErrorCode;
using cluster::Merge;
using cluster::SearchPrecision;
using cluster::wardLinkage;
using cluster::WardOptions;
using testing::SampleRows;

namespace {

constexpr SearchPrecision kPrecisions[]{
    SearchPrecision::Float32, SearchPrecision::TensorFloat32, SearchPrecision::BFloat16};

std::vector<Merge> merged(base::MatrixView rows, const WardOptions& options)
{
    const auto linkage = wardLinkage(rows, options, {});
    return linkage ? linkage.value().merges() : std::vector<Merge>{};
}

/// The tree of the processor's own tiles.
std::vector<Merge> treeOfTiles(base::MatrixView rows)
{
    WardOptions options;
    options.device = "cpu";
    return merged(rows, options);
}

/// Through LibTorch's operations, which are those of the CUDA path.
WardOptions operations(SearchPrecision precision, const char* device = "operations")
{
    WardOptions options;
    options.device = device;
    options.precision = precision;
    return options;
}

SampleRows withRepeatedRows(SampleRows sample)
{
    const std::size_t rows = sample.view().rows;
    for (std::size_t row = 0; row < rows; row += 7)
        std::copy_n(sample.values.begin() + static_cast<std::ptrdiff_t>(row / 3 * sample.cols), sample.cols,
            sample.values.begin() + static_cast<std::ptrdiff_t>(row * sample.cols));
    return sample;
}

} // namespace

/// The path that CUDA devices take, run on the processor: the tree must be the same to the last byte.
class TestDeviceSearch : public QObject {
    Q_OBJECT

private slots:
    void givesTheSameBytesOnReferences_data()
    {
        testing::addReferenceLinkages();
        QTest::newRow("n500-d8-grid") << QStringLiteral("cluster/n500-d8-grid.safetensors") << "X";
    }

    void givesTheSameBytesOnReferences()
    {
        REQUIRE_REFERENCE("cluster");
        REQUIRE_REFERENCE("conceptx");
        QFETCH(QString, file);
        QFETCH(QString, rows);
        const auto reference
            = testing::readReference(testing::referenceDir() / file.toStdString(), rows.toStdString());
        VERIFY_RESULT(reference);
        const base::MatrixView view = reference.value().rows.view();
        const std::vector<Merge> expected = treeOfTiles(view);
        QCOMPARE(expected.size(), view.rows - 1);
        for (const SearchPrecision precision : kPrecisions)
            QVERIFY(testing::sameBytes(merged(view, operations(precision)), expected));
    }

    void givesTheSameBytesForAnyThreadsListsAndDevices_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("plain") << 0;
        QTest::newRow("3,000 added to one column") << 1;
        QTest::newRow("a seventh of the rows repeated") << 2;
    }

    void givesTheSameBytesForAnyThreadsListsAndDevices()
    {
        QFETCH(int, kind);
        // Several blocks of rows and of columns.
        SampleRows sample = testing::eighths(2200, 24, 7);
        if (kind == 1)
            for (std::size_t row = 0; row < sample.view().rows; ++row)
                sample.values[row * sample.cols + 5] += 3000.0F;
        if (kind == 2)
            sample = withRepeatedRows(std::move(sample));
        const std::vector<Merge> expected = treeOfTiles(sample.view());
        QCOMPARE(expected.size(), sample.view().rows - 1);
        for (const std::size_t threads : {1, 2})
            for (const std::size_t length : {2, 16, 64})
                for (const char* device : {"operations", "operations,operations,operations"})
                    for (const SearchPrecision precision : kPrecisions) {
                        WardOptions options = operations(precision, device);
                        options.threads = threads;
                        options.listLength = length;
                        QVERIFY(testing::sameBytes(merged(sample.view(), options), expected));
                    }
    }

    // Only some rows are far away, so that no common centre helps and float64 has to decide.
    void isExactWhereSomeRowsAreFarAway()
    {
        SampleRows sample = testing::eighths(900, 24, 5);
        for (std::size_t row = 0; row < 900; row += 9)
            sample.values[row * 24 + 3] += 3'000'000.0F;
        const std::vector<Merge> expected = testing::greedyWard(sample.view());
        for (const SearchPrecision precision : kPrecisions) {
            WardOptions options = operations(precision);
            cluster::WardStatistics statistics;
            options.statistics = &statistics;
            const std::vector<Merge> ours = merged(sample.view(), options);
            QCOMPARE(testing::firstDifferentMerge(ours, expected), expected.size());
            QVERIFY(statistics.scans > 0);
        }
    }

    // Bounds that are needlessly low would be decided in float64 too, by far more work.
    void leavesLittleToFloat64()
    {
        const SampleRows sample = testing::eighths(2200, 24, 7);
        for (const SearchPrecision precision : kPrecisions) {
            WardOptions options = operations(precision);
            cluster::WardStatistics statistics;
            options.statistics = &statistics;
            QVERIFY(!merged(sample.view(), options).empty());
            QVERIFY(statistics.precision == precision);
            QVERIFY2(statistics.scans < statistics.searchedRows / 100 + 1,
                qPrintable(QString::number(statistics.scans)));
        }
    }

    void goesOnFromACheckpointOfTheProcessor()
    {
        QTemporaryDir folder;
        const SampleRows sample = testing::eighths(2200, 24, 9);
        for (const int stopAt : {1, 40}) { // in the first search, and while merging
            WardOptions options;
            options.device = "cpu";
            options.checkpoint = std::filesystem::path(folder.path().toStdString()) / "run.ward";
            std::stop_source stop;
            int reports = 0;
            const base::JobContext ctx(stop.get_token(),
                [&](double, std::string_view) {
                    if (++reports == stopAt)
                        stop.request_stop();
                },
                {});
            QVERIFY(!wardLinkage(sample.view(), options, ctx));
            QVERIFY(std::filesystem::exists(options.checkpoint));
            options.device = "operations";
            QVERIFY(testing::sameBytes(merged(sample.view(), options), treeOfTiles(sample.view())));
            QVERIFY(!std::filesystem::exists(options.checkpoint));
        }
    }

    void stopsOnRequest()
    {
        const SampleRows sample = testing::eighths(2200, 24, 9);
        for (const int stopAt : {1, 3, 30}) {
            std::stop_source stop;
            int reports = 0;
            const base::JobContext ctx(stop.get_token(),
                [&](double, std::string_view) {
                    if (++reports == stopAt)
                        stop.request_stop();
                },
                {});
            const auto linkage = wardLinkage(sample.view(), operations(SearchPrecision::Automatic), ctx);
            QVERIFY(!linkage);
            QCOMPARE(linkage.error().code, ErrorCode::Cancelled);
            QCOMPARE(reports, stopAt);
        }
    }

    void saysWhichDeviceIsNotThere_data()
    {
        QTest::addColumn<QString>("device");
        QTest::addColumn<bool>("known");
        for (const char* device : {"cuda:99999", "cuda:0,cuda:99999"})
            QTest::newRow(device) << device << true;
        for (const char* device : {"", "gpu", "cuda:", "cuda:x", "cuda:-1", "cuda:1x", "cpu,cpu",
                 "operations,", "operations,cuda:0", "auto,cpu"})
            QTest::newRow(device) << device << false;
    }

    void saysWhichDeviceIsNotThere()
    {
        QFETCH(QString, device);
        QFETCH(bool, known);
        const SampleRows sample = testing::eighths(20, 3, 1);
        WardOptions options;
        options.device = device.toStdString();
        const auto linkage = wardLinkage(sample.view(), options, {});
        QVERIFY(!linkage);
        // With a device of that number the second half of a list may be the one that is missing.
        if (known)
            QCOMPARE(linkage.error().code, ErrorCode::Unsupported);
        else
            QVERIFY(linkage.error().code == ErrorCode::InvalidArgument
                || linkage.error().code == ErrorCode::Unsupported);
        QVERIFY(linkage.error().message.find("cpu") != std::string::npos);
    }

    void estimatesForTheDevice()
    {
        const auto small = cluster::estimateWard(10'000, 64, "operations");
        const auto large = cluster::estimateWard(100'000, 64, "operations");
        QVERIFY(small.seconds > 0.0);
        QVERIFY(large.seconds > small.seconds);
        // One that is not there counts as the processor.
        QVERIFY(cluster::estimateWard(10'000, 64, "cuda:99999").seconds > 0.0);
    }
};

QTEST_APPLESS_MAIN(TestDeviceSearch)
#include "tst_device_search.moc"
