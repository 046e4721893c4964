// Goldens: Python with scipy 1.17.1 and scikit-learn 1.9.1 on the rows of eighths(rows, cols, seed), made
// there by the same Mersenne Twister: Z = linkage(X, "ward"); cophenet(Z, pdist(X))[0]; silhouette_score(X,
// AgglomerativeClustering(k).fit_predict(X)); adjusted_rand_score(a, b) of mt19937 numbers (seeds 3 and 5)
// modulo 4 and 3, and of the former with every fifth value raised by one modulo 4.

#include <QtTest/QtTest>

#include <cmath>
#include <random>
#include <stop_token>
#include <vector>

#include "cluster/statistics.h"
#include "core/cluster/sample_rows.h"
#include "support/reference.h"

using namespace palimpsest;
using base::ClusterId;
using base::ErrorCode;

namespace {

bool near(double ours, double golden)
{
    return std::abs(ours - golden) < 1e-12;
}

std::vector<ClusterId> drawn(unsigned seed, unsigned clusters)
{
    std::mt19937 engine(seed);
    std::vector<ClusterId> ids;
    for (int i = 0; i < 50; ++i)
        ids.push_back(base::toId<ClusterId>(engine() % clusters));
    return ids;
}

} // namespace

class TestStatistics : public QObject {
    Q_OBJECT

private slots:
    void copheneticCorrelationIsScipys_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("cols");
        QTest::addColumn<int>("seed");
        QTest::addColumn<double>("golden");
        QTest::newRow("40 rows") << 40 << 3 << 1 << 0.57016519056466175;
        QTest::newRow("60 rows") << 60 << 5 << 7 << 0.53651025202173253;
    }

    void copheneticCorrelationIsScipys()
    {
        QFETCH(int, rows);
        QFETCH(int, cols);
        QFETCH(int, seed);
        QFETCH(double, golden);
        const auto sample = testing::eighths(
            static_cast<std::size_t>(rows), static_cast<std::size_t>(cols), static_cast<unsigned>(seed));
        const auto linkage = cluster::wardLinkage(sample.view(), {}, {});
        VERIFY_RESULT(linkage);
        const auto all = cluster::copheneticCorrelation(linkage.value(), sample.view(), {});
        VERIFY_RESULT(all);
        QVERIFY(all.value().all);
        QCOMPARE(all.value().sampled, static_cast<std::size_t>(rows * (rows - 1) / 2));
        QVERIFY2(near(all.value().value, golden), qPrintable(QString::number(all.value().value, 'g', 17)));

        const auto some = cluster::copheneticCorrelation(linkage.value(), sample.view(), {}, {700, 9});
        VERIFY_RESULT(some);
        QVERIFY(!some.value().all);
        QCOMPARE(some.value().sampled, std::size_t{700});
        QVERIFY(std::abs(some.value().value - golden) < 0.1);
        const auto again = cluster::copheneticCorrelation(linkage.value(), sample.view(), {}, {700, 9});
        const auto other = cluster::copheneticCorrelation(linkage.value(), sample.view(), {}, {700, 10});
        QCOMPARE(again.value().value, some.value().value);
        QVERIFY(other.value().value != some.value().value);
    }

    void silhouetteIsScikitLearns_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("cols");
        QTest::addColumn<int>("seed");
        QTest::addColumn<int>("clusters");
        QTest::addColumn<double>("golden");
        QTest::newRow("40 rows, 2") << 40 << 3 << 1 << 2 << 0.22050124213472566;
        QTest::newRow("40 rows, 5") << 40 << 3 << 1 << 5 << 0.31712083332407215;
        QTest::newRow("40 rows, 12, some alone") << 40 << 3 << 1 << 12 << 0.34373444920264523;
        QTest::newRow("60 rows, 2") << 60 << 5 << 7 << 2 << 0.14301439216939343;
        QTest::newRow("60 rows, 12") << 60 << 5 << 7 << 12 << 0.21676733215120009;
    }

    void silhouetteIsScikitLearns()
    {
        QFETCH(int, rows);
        QFETCH(int, cols);
        QFETCH(int, seed);
        QFETCH(int, clusters);
        QFETCH(double, golden);
        const auto sample = testing::eighths(
            static_cast<std::size_t>(rows), static_cast<std::size_t>(cols), static_cast<unsigned>(seed));
        const auto linkage = cluster::wardLinkage(sample.view(), {}, {});
        VERIFY_RESULT(linkage);
        const auto partition = cluster::cut(linkage.value(), static_cast<std::size_t>(clusters));
        const auto all = cluster::silhouette(partition, sample.view(), {});
        VERIFY_RESULT(all);
        QVERIFY(all.value().all);
        QVERIFY2(near(all.value().value, golden), qPrintable(QString::number(all.value().value, 'g', 17)));

        const auto some = cluster::silhouette(partition, sample.view(), {}, {20, 4});
        VERIFY_RESULT(some);
        QVERIFY(!some.value().all);
        QCOMPARE(some.value().sampled, std::size_t{20});
        QVERIFY(std::abs(some.value().value - golden) < 0.15);
    }

    void adjustedRandIndexIsScikitLearns()
    {
        const std::vector<ClusterId> a = drawn(3, 4);
        std::vector<ClusterId> moved = a;
        for (std::size_t i = 0; i < moved.size(); i += 5)
            moved[i] = base::toId<ClusterId>((base::toIndex(moved[i]) + 1) % 4);
        QVERIFY(near(cluster::adjustedRandIndex(a, drawn(5, 3)), -0.0051199579900882862));
        QVERIFY(near(cluster::adjustedRandIndex(a, moved), 0.55657941881723882));
        QCOMPARE(cluster::adjustedRandIndex(a, a), 1.0);
        QCOMPARE(cluster::adjustedRandIndex({}, {}), 1.0);
        const std::vector<ClusterId> one(50, ClusterId{0});
        QCOMPARE(cluster::adjustedRandIndex(one, one), 1.0);
        QCOMPARE(cluster::adjustedRandIndex(one, a), 0.0);
    }

    void farClustersAreStableAndNoiseIsNot()
    {
        auto sample = testing::eighths(400, 4, 11);
        std::vector<base::SentenceId> sentences;
        for (std::size_t row = 0; row < 400; ++row)
            sentences.push_back(base::toId<base::SentenceId>(row / 5));
        const auto stabilityAt = [&](std::size_t k) {
            const auto linkage = cluster::wardLinkage(sample.view(), {}, {});
            cluster::StabilityOptions options;
            options.clusterCount = k;
            options.repeats = 4;
            return cluster::subsampleStability(
                cluster::cut(linkage.value(), k), sample.view(), sentences, options, {});
        };
        const auto noise = stabilityAt(4);
        VERIFY_RESULT(noise);
        QCOMPARE(noise.value().agreement.size(), std::size_t{4});
        QVERIFY(noise.value().mean < 0.9);
        QVERIFY(noise.value().least <= noise.value().mean);
        QCOMPARE(stabilityAt(4).value().agreement, noise.value().agreement);

        for (std::size_t row = 0; row < 400; ++row)
            sample.values[row * 4] += 1000.0F * static_cast<float>(row % 4);
        const auto clear = stabilityAt(4);
        VERIFY_RESULT(clear);
        QCOMPARE(clear.value().mean, 1.0);
    }

    void namesWhatIsWrong()
    {
        const auto sample = testing::eighths(40, 3, 1);
        const auto linkage = cluster::wardLinkage(sample.view(), {}, {});
        VERIFY_RESULT(linkage);
        const base::MatrixView fewer{sample.values.data(), 39, 3};
        QCOMPARE(cluster::copheneticCorrelation(linkage.value(), fewer, {}).error().code,
            ErrorCode::ShapeMismatch);
        const auto partition = cluster::cut(linkage.value(), 4);
        QCOMPARE(cluster::silhouette(partition, fewer, {}).error().code, ErrorCode::ShapeMismatch);
        QCOMPARE(cluster::silhouette(cluster::cut(linkage.value(), 1), sample.view(), {}).error().code,
            ErrorCode::InvalidArgument);
        cluster::StabilityOptions options;
        options.share = 1.0;
        const std::vector<base::SentenceId> sentences(40, base::SentenceId{0});
        QCOMPARE(cluster::subsampleStability(partition, sample.view(), sentences, options, {}).error().code,
            ErrorCode::InvalidArgument);
        std::stop_source stop;
        stop.request_stop();
        const base::JobContext stopped(stop.get_token(), {}, {});
        QCOMPARE(cluster::silhouette(partition, sample.view(), stopped).error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
