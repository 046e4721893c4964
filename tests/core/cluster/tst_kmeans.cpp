// Goldens: scikit-learn 1.9.1, KMeans(5, init=X[:5], n_init=1, algorithm="lloyd", tol=0) on the rows of
// eighths(rows, cols, seed), made there by the same Mersenne Twister: inertia_ and labels_.

#include <QtTest/QtTest>

#include <cmath>
#include <limits>
#include <map>
#include <stop_token>
#include <vector>

#include "cluster/kmeans.h"
#include "core/cluster/sample_rows.h"
#include "support/reference.h"

using namespace palimpsest;
using base::ErrorCode;
using cluster::kMeans;
using cluster::KMeansOptions;

namespace {

const std::vector<int> kLabels40{0, 1, 2, 1, 4, 2, 2, 3, 2, 4, 4, 3, 1, 2, 0, 4, 4, 0, 4, 3, 4, 1, 2, 0, 2, 2,
    1, 0, 2, 2, 2, 0, 4, 1, 2, 1, 0, 2, 3, 2};
const std::vector<int> kLabels60{0, 1, 2, 3, 0, 1, 2, 0, 3, 3, 4, 2, 0, 2, 4, 3, 0, 3, 0, 2, 2, 1, 1, 4, 1, 1,
    0, 4, 4, 4, 1, 4, 0, 2, 2, 2, 1, 4, 3, 2, 4, 2, 3, 4, 3, 3, 1, 0, 2, 0, 2, 4, 4, 1, 4, 0, 0, 3, 1, 3};

std::vector<base::ClusterId> byFirstAppearance(const std::vector<int>& labels)
{
    std::map<int, base::ClusterId> number;
    std::vector<base::ClusterId> result;
    for (const int label : labels)
        result.push_back(number.try_emplace(label, base::toId<base::ClusterId>(number.size())).first->second);
    return result;
}

} // namespace

class TestKMeans : public QObject {
    Q_OBJECT

private slots:
    void goesWhereScikitLearnGoes_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("cols");
        QTest::addColumn<int>("seed");
        QTest::addColumn<double>("inertia");
        QTest::newRow("40 rows") << 40 << 3 << 1 << 55365.259486607145;
        QTest::newRow("60 rows") << 60 << 5 << 7 << 185199.69609557113;
    }

    void goesWhereScikitLearnGoes()
    {
        QFETCH(int, rows);
        QFETCH(int, cols);
        QFETCH(int, seed);
        QFETCH(double, inertia);
        const auto sample = testing::eighths(
            static_cast<std::size_t>(rows), static_cast<std::size_t>(cols), static_cast<unsigned>(seed));
        KMeansOptions options;
        options.clusterCount = 5;
        options.startRows = {0, 1, 2, 3, 4};
        const auto result = kMeans(sample.view(), options, {});
        VERIFY_RESULT(result);
        QVERIFY(result.value().converged);
        QVERIFY(std::abs(result.value().inertia / inertia - 1.0) < 1e-9);
        QVERIFY(result.value().partition.clusterOf == byFirstAppearance(rows == 40 ? kLabels40 : kLabels60));
    }

    void isTheSameForTheSameSeedAndFindsFarClusters()
    {
        auto sample = testing::eighths(3000, 6, 3);
        for (std::size_t row = 0; row < 3000; ++row)
            sample.values[row * 6] += 3000.0F * static_cast<float>(row % 7);
        KMeansOptions options;
        options.clusterCount = 7;
        options.seed = 5;
        const auto first = kMeans(sample.view(), options, {});
        VERIFY_RESULT(first);
        QCOMPARE(first.value().partition.clusterCount, std::size_t{7});
        for (std::size_t row = 0; row < 3000; ++row)
            QCOMPARE(base::toIndex(first.value().partition.clusterOf[row]), row % 7);
        const auto again = kMeans(sample.view(), options, {});
        QCOMPARE(again.value().inertia, first.value().inertia);
    }

    void aClusterWithoutRowsTakesTheFarthest()
    {
        // The third centre starts on top of the first and gets nothing.
        const std::vector<float> values{0, 0, 1, 10, 11, 40};
        KMeansOptions options;
        options.clusterCount = 3;
        options.startRows = {0, 3, 1};
        const auto result = kMeans({values.data(), 6, 1}, options, {});
        VERIFY_RESULT(result);
        QCOMPARE(result.value().partition.clusterCount, std::size_t{3});
        QCOMPARE(result.value().inertia, 2.0 / 3.0 + 0.5);
    }

    void fewerDifferentRowsThanClustersGiveFewerClusters()
    {
        const std::vector<float> values{1, 1, 1, 2, 2};
        KMeansOptions options;
        options.clusterCount = 4;
        const auto result = kMeans({values.data(), 5, 1}, options, {});
        VERIFY_RESULT(result);
        QCOMPARE(result.value().partition.clusterCount, std::size_t{2});
        QCOMPARE(result.value().inertia, 0.0);
    }

    void namesWhatIsWrong()
    {
        auto sample = testing::eighths(40, 3, 1);
        KMeansOptions options;
        const auto codeOf = [&] { return kMeans(sample.view(), options, {}).error().code; };
        options.clusterCount = 0;
        QCOMPARE(codeOf(), ErrorCode::InvalidArgument);
        options.clusterCount = 41;
        QCOMPARE(codeOf(), ErrorCode::InvalidArgument);
        options.clusterCount = 2;
        options.startRows = {0, 40};
        QCOMPARE(codeOf(), ErrorCode::InvalidArgument);
        options.startRows = {};
        QCOMPARE(kMeans({sample.values.data(), 0, 3}, options, {}).error().code, ErrorCode::TooFewRows);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(
            kMeans(sample.view(), options, {stop.get_token(), {}, {}}).error().code, ErrorCode::Cancelled);
        sample.values[13 * 3] = std::numeric_limits<float>::infinity();
        const auto result = kMeans(sample.view(), options, {});
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::NotFinite);
        QVERIFY(result.error().message.find("row 13 ") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestKMeans)
#include "tst_kmeans.moc"
