#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <stop_token>
#include <string>
#include <vector>

#include "cluster/ward.h"
#include "core/cluster/reference_linkage.h"
#include "core/cluster/ward_oracle.h"
#include "support/reference.h"

using namespace palimpsest;
using base::ErrorCode;
using cluster::Linkage;
using cluster::Merge;
using cluster::SearchPrecision;
using cluster::wardLinkage;
using cluster::WardOptions;

namespace {

/// scipy's own rounding, and the error promised.
constexpr double kHeightTolerance = 1e-9;

struct Rows {
    std::vector<float> values;
    std::size_t cols = 1;

    base::MatrixView view() const { return {values.data(), values.size() / cols, cols}; }
};

/// Gaussian blobs whose centres are as far apart as the blobs are wide. Not std::normal_distribution, whose
/// numbers differ between libraries: sums of twelve uniform numbers.
Rows blobs(std::size_t rows, std::size_t cols, unsigned seed)
{
    std::mt19937 engine(seed);
    const auto normal = [&] {
        double sum = -6.0;
        for (int i = 0; i < 12; ++i)
            sum += static_cast<double>(engine()) / 4294967296.0;
        return sum;
    };
    constexpr std::size_t kBlobs = 30;
    std::vector<double> centres(kBlobs * cols);
    std::ranges::generate(centres, normal);
    Rows result;
    result.cols = cols;
    for (std::size_t i = 0; i < rows; ++i) {
        const std::size_t blob = engine() % kBlobs;
        for (std::size_t j = 0; j < cols; ++j)
            result.values.push_back(static_cast<float>(centres[blob * cols + j] + normal()));
    }
    return result;
}

/// Small integers: very many exactly equal distances and some equal rows.
Rows grid(std::size_t rows, std::size_t cols, unsigned seed, unsigned steps)
{
    std::mt19937 engine(seed);
    Rows result;
    result.cols = cols;
    for (std::size_t i = 0; i < rows * cols; ++i)
        result.values.push_back(static_cast<float>(engine() % steps));
    return result;
}

std::vector<Merge> merged(const Rows& rows, const WardOptions& options = {})
{
    const auto linkage = wardLinkage(rows.view(), options, {});
    return linkage ? linkage.value().merges() : std::vector<Merge>{};
}

bool hasTies(const std::vector<Merge>& merges)
{
    for (std::size_t i = 1; i < merges.size(); ++i)
        if (merges[i].height - merges[i - 1].height <= 1e-9 * merges[i].height)
            return true;
    return false;
}

} // namespace

class TestWard : public QObject {
    Q_OBJECT

private slots:
    void agreesWithScipy_data() { testing::addReferenceLinkages(); }

    void agreesWithScipy()
    {
        REQUIRE_REFERENCE("cluster");
        REQUIRE_REFERENCE("conceptx");
        QFETCH(QString, file);
        QFETCH(QString, rows);
        const auto reference
            = testing::readReference(testing::referenceDir() / file.toStdString(), rows.toStdString());
        VERIFY_RESULT(reference);
        const std::vector<Merge>& expected = reference.value().merges;
        for (const auto precision : {SearchPrecision::Float32, SearchPrecision::BFloat16}) {
            WardOptions options;
            options.precision = precision;
            const auto linkage = wardLinkage(reference.value().rows.view(), options, {});
            VERIFY_RESULT(linkage);
            const std::vector<Merge>& ours = linkage.value().merges();
            const double error
                = testing::heightError(ours, expected, expected.back().height * 1e-12 + 1e-300);
            QVERIFY2(error <= kHeightTolerance, qPrintable(QString::number(error)));
            // Where heights tie, only the heights are unique.
            if (!hasTies(expected))
                QCOMPARE(testing::firstDifferentMerge(ours, expected), expected.size());
        }
    }

    // Among very many equal distances scipy, fastcluster, and scipy on the same rows in reverse differ in
    // heights by 10 %: each resolves ties its own way and then merges other clusters. So here the definition
    // is the judge.
    void joinsAClosestPairAmongManyTies()
    {
        REQUIRE_REFERENCE("cluster/n500-d8-grid.safetensors");
        const auto reference
            = testing::readReference(testing::referenceDir() / "cluster/n500-d8-grid.safetensors", "X");
        VERIFY_RESULT(reference);
        const base::MatrixView rows = reference.value().rows.view();
        QVERIFY(testing::worstDetour(rows, reference.value().merges) <= kHeightTolerance);
        const auto ours = wardLinkage(rows, {}, {});
        VERIFY_RESULT(ours);
        QVERIFY(testing::worstDetour(rows, ours.value().merges()) <= kHeightTolerance);
        const std::vector<Merge> byRule = testing::greedyWard(rows);
        QCOMPARE(testing::firstDifferentMerge(ours.value().merges(), byRule), byRule.size());
    }

    void cutsTheSamePartitionsAsScipy()
    {
        REQUIRE_REFERENCE("cluster/n2000-d64.safetensors");
        const auto reference
            = testing::readReference(testing::referenceDir() / "cluster/n2000-d64.safetensors", "X");
        VERIFY_RESULT(reference);
        const auto expected = Linkage::fromMerges(reference.value().merges);
        VERIFY_RESULT(expected);
        const auto ours = wardLinkage(reference.value().rows.view(), {}, {});
        VERIFY_RESULT(ours);
        for (const std::size_t k : {2, 3, 10, 40, 100, 600, 1500, 1999})
            QVERIFY(cluster::cut(ours.value(), k).clusterOf == cluster::cut(expected.value(), k).clusterOf);
    }

    // A few dimensions far larger than all others occur in real models ("massive activations"); products of
    // rows that were not centred would flip thousands of nearest neighbours.
    void isExactBesideALargeConstant()
    {
        REQUIRE_REFERENCE("conceptx/sst2-80-base-layer6-K50-vectors");
        const auto reference = testing::readReference(
            testing::referenceDir() / "conceptx/sst2-80-base-layer6-K50-vectors/linkage.safetensors",
            "vectors");
        VERIFY_RESULT(reference);
        const base::MatrixView view = reference.value().rows.view();
        Rows rows;
        rows.cols = view.cols;
        rows.values.assign(view.data, view.data + view.rows * view.cols);
        for (std::size_t i = 0; i < view.rows; ++i)
            rows.values[i * view.cols + 7] += 3000.0F;
        const std::vector<Merge> expected = testing::greedyWard(rows.view());
        for (const auto precision : {SearchPrecision::Float32, SearchPrecision::BFloat16}) {
            WardOptions options;
            options.precision = precision;
            const std::vector<Merge> ours = merged(rows, options);
            QVERIFY(testing::heightError(ours, expected, 1e-6) <= kHeightTolerance);
        }
    }

    // Only some rows carry the large value, so that no common centre helps.
    void isExactWhereSomeRowsAreFarAway()
    {
        Rows rows = blobs(900, 24, 5);
        for (std::size_t i = 0; i < 900; i += 9)
            rows.values[i * 24 + 3] += 30000.0F;
        const std::vector<Merge> expected = testing::greedyWard(rows.view());
        WardOptions options;
        cluster::WardStatistics statistics;
        options.statistics = &statistics;
        const std::vector<Merge> ours = merged(rows, options);
        QCOMPARE(testing::firstDifferentMerge(ours, expected), expected.size());
        QVERIFY(testing::heightError(ours, expected, 1e-6) <= kHeightTolerance);
        // Products alone could not tell: this is the path through float64.
        QVERIFY(statistics.scans > 0);
    }

    void mergesIdenticalRowsFirst()
    {
        Rows rows = blobs(1000, 32, 1);
        rows.values[0] = 0.0F;
        for (std::size_t copy = 0; copy < 150; ++copy)
            std::copy_n(rows.values.begin() + static_cast<std::ptrdiff_t>(copy / 2 * 32), 32,
                rows.values.begin() + static_cast<std::ptrdiff_t>((999 - 3 * copy) * 32));
        rows.values[999 * 32] = -0.0F;
        const std::vector<Merge> expected = testing::greedyWard(rows.view());
        const std::vector<Merge> ours = merged(rows);
        QCOMPARE(std::ranges::count(ours, 0.0, &Merge::height), 150);
        QCOMPARE(testing::firstDifferentMerge(ours, expected), expected.size());
        QVERIFY(testing::heightError(ours, expected, 1e-6) <= kHeightTolerance);
    }

    // Equal distances are resolved by the stated rule, so the tree is the very one of greedy merging.
    void resolvesTiesByTheSmallestRows_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("cols");
        QTest::addColumn<int>("steps");
        QTest::newRow("line") << 300 << 1 << 40;
        QTest::newRow("plane") << 400 << 2 << 12;
        QTest::newRow("cube corners") << 200 << 9 << 2;
        QTest::newRow("eight dimensions") << 500 << 8 << 4;
    }

    void resolvesTiesByTheSmallestRows()
    {
        QFETCH(int, rows);
        QFETCH(int, cols);
        QFETCH(int, steps);
        const Rows points = grid(
            static_cast<std::size_t>(rows), static_cast<std::size_t>(cols), 3, static_cast<unsigned>(steps));
        const std::vector<Merge> expected = testing::greedyWard(points.view());
        QCOMPARE(testing::firstDifferentMerge(merged(points), expected), expected.size());
    }

    void givesTheSameBytesForAnyThreadsListsAndPrecision_data()
    {
        QTest::addColumn<bool>("ties");
        QTest::newRow("blobs") << false;
        QTest::newRow("grid") << true;
    }

    void givesTheSameBytesForAnyThreadsListsAndPrecision()
    {
        QFETCH(bool, ties);
        const Rows rows = ties ? grid(1500, 6, 11, 5) : blobs(3000, 40, 2);
        WardOptions plain;
        plain.threads = 1;
        plain.precision = SearchPrecision::Float32;
        const std::vector<Merge> expected = merged(rows, plain);
        QCOMPARE(expected.size(), rows.view().rows - 1);
        for (const std::size_t threads : {1, 2, 5})
            for (const std::size_t length : {2, 3, 16, 64})
                for (const auto precision : {SearchPrecision::Float32, SearchPrecision::BFloat16}) {
                    WardOptions options;
                    options.threads = threads;
                    options.listLength = length;
                    options.precision = precision;
                    QVERIFY(testing::sameBytes(merged(rows, options), expected));
                }
    }

    void followsCosineOfNormalisedRows()
    {
        Rows rows = blobs(400, 12, 8);
        Rows unit = rows;
        for (std::size_t i = 0; i < 400; ++i) {
            double norm = 0.0;
            for (const float value : rows.view().row(i))
                norm += double{value} * value;
            for (std::size_t j = 0; j < 12; ++j)
                unit.values[i * 12 + j] = static_cast<float>(rows.values[i * 12 + j] / std::sqrt(norm));
        }
        WardOptions options;
        options.normalizeRows = true;
        QVERIFY(testing::sameBytes(merged(rows, options), merged(unit)));
        QVERIFY(!testing::sameBytes(merged(rows), merged(unit)));
    }

    void isExactFarFromOne_data()
    {
        QTest::addColumn<float>("scale");
        QTest::newRow("1e30") << 1e30F;
        QTest::newRow("1e-30") << 1e-30F;
    }

    void isExactFarFromOne()
    {
        QFETCH(float, scale);
        Rows rows = blobs(300, 10, 4);
        for (float& value : rows.values)
            value *= scale;
        const std::vector<Merge> expected = testing::greedyWard(rows.view());
        const std::vector<Merge> ours = merged(rows);
        QCOMPARE(testing::firstDifferentMerge(ours, expected), expected.size());
        QVERIFY(testing::heightError(ours, expected, 0.0) <= kHeightTolerance);
    }

    void namesWhatIsWrong()
    {
        Rows rows = blobs(20, 3, 6);
        const auto codeOf = [](base::MatrixView view, const WardOptions& options = {}) {
            const auto linkage = wardLinkage(view, options, {});
            return linkage ? ErrorCode::Internal : linkage.error().code;
        };
        QCOMPARE(codeOf({rows.values.data(), 0, 3}), ErrorCode::TooFewRows);
        QCOMPARE(codeOf({rows.values.data(), 1, 3}), ErrorCode::TooFewRows);
        QCOMPARE(codeOf({rows.values.data(), 20, 0}), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf({rows.values.data(), std::size_t{1} << 40U, 3}), ErrorCode::TooLarge);
        WardOptions options;
        options.listLength = 1;
        QCOMPARE(codeOf(rows.view(), options), ErrorCode::InvalidArgument);
        WardOptions tight;
        tight.memoryBudget = 1000;
        QCOMPARE(codeOf(rows.view(), tight), ErrorCode::TooLarge);
        for (const float bad :
            {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
            rows.values[13 * 3 + 2] = bad;
            const auto linkage = wardLinkage(rows.view(), {}, {});
            QVERIFY(!linkage);
            QCOMPARE(linkage.error().code, ErrorCode::NotFinite);
            QVERIFY(linkage.error().message.find("row 13 ") != std::string::npos);
        }
    }

    void reportsRisingProgressUpToTheEnd()
    {
        const Rows rows = blobs(3000, 16, 9);
        std::vector<double> fractions;
        std::string last;
        const base::JobContext ctx({},
            [&](double fraction, std::string_view activity) {
                fractions.push_back(fraction);
                last = activity;
            },
            {});
        VERIFY_RESULT(wardLinkage(rows.view(), {}, ctx));
        QVERIFY(fractions.size() > 10);
        QVERIFY(std::ranges::is_sorted(fractions));
        QCOMPARE(fractions.back(), 1.0);
        QCOMPARE(last, std::string("2,999 of 2,999 merges"));
    }

    void stopsOnRequestAtAnyTime_data()
    {
        QTest::addColumn<int>("reports");
        QTest::newRow("before anything") << 0;
        QTest::newRow("during the first search") << 1;
        QTest::newRow("during the merges") << 30;
    }

    void stopsOnRequestAtAnyTime()
    {
        QFETCH(int, reports);
        const Rows rows = blobs(3000, 16, 9);
        std::stop_source stop;
        int seen = 0;
        if (reports == 0)
            stop.request_stop();
        const base::JobContext ctx(stop.get_token(),
            [&](double, std::string_view) {
                if (++seen == reports)
                    stop.request_stop();
            },
            {});
        const auto linkage = wardLinkage(rows.view(), {}, ctx);
        QVERIFY(!linkage);
        QCOMPARE(linkage.error().code, ErrorCode::Cancelled);
        QCOMPARE(seen, reports);
    }

    void estimatesMoreForMore()
    {
        const cluster::WardEstimate small = cluster::estimateWard(10000, 384);
        const cluster::WardEstimate large = cluster::estimateWard(100000, 384);
        QVERIFY(small.seconds > 0.0);
        QVERIFY(large.seconds > small.seconds);
        // The goals of memory over the rows themselves.
        QVERIFY(small.bytes > 10000U * 384U * 4U);
        QVERIFY(small.bytes < 80U * 1024U * 1024U);
        QVERIFY(large.bytes < 750U * 1024U * 1024U);
    }
};

QTEST_APPLESS_MAIN(TestWard)
#include "tst_ward.moc"
