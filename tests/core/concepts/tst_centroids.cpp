// Centroids: means of members, and the concept a new vector falls in.

#include <QtTest/QtTest>

#include <cmath>

#include "concepts/centroids.h"
#include "core/concepts/partition_fixture.h"
#include "core/corpus/corpus_fixture.h"

using namespace palimpsest;

class tst_Centroids : public QObject {
    Q_OBJECT

private slots:
    void nearestIsTheClosestMean();
    void refusesOtherRows();
};

void tst_Centroids::nearestIsTheClosestMean()
{
    const auto set = testing::conceptsOf(testing::allTokens(testing::corpusOf({"a b", "c d"})), {0, 0, 1, 1});
    const std::vector<float> rows{0, 0, 2, 0, 10, 0, 10, 4}; // means (1, 0) and (10, 2)
    const auto centroids = concepts::Centroids::make(*set, {rows.data(), 4, 2});
    QVERIFY(static_cast<bool>(centroids));
    const auto& all = centroids.value();
    QCOMPARE(all.count(), 2U);
    QCOMPARE(all.of(base::ClusterId{1})[0], 10.0F);
    QCOMPARE(all.of(base::ClusterId{1})[1], 2.0F);
    QCOMPARE(all.centre()[0], 5.5F);
    const std::vector<float> vector{1, 3}; // 3 from the first, √82 from the second
    const auto nearest = all.nearest(vector);
    QCOMPARE(base::toIndex(nearest.id), 0U);
    QCOMPARE(nearest.distance, 3.0);
    QCOMPARE_LE(std::abs(nearest.confidence - (1.0 - 3.0 / std::sqrt(82.0))), 1e-12);
    QCOMPARE(nearest.typicality, 0.0); // both members are 1 away
    const std::vector<float> member{2, 0};
    QCOMPARE(all.nearest(member).typicality, 1.0);
    const std::vector<float> mean{1, 0};
    QCOMPARE(all.nearest(mean).confidence, 1.0);
}

void tst_Centroids::refusesOtherRows()
{
    const auto set = testing::conceptsOf(testing::allTokens(testing::corpusOf({"a b"})), {0, 1});
    const std::vector<float> rows{0, 0, 1};
    const auto centroids = concepts::Centroids::make(*set, {rows.data(), 3, 1});
    QVERIFY(!centroids);
    QCOMPARE(centroids.error().code, base::ErrorCode::ShapeMismatch);
}

QTEST_GUILESS_MAIN(tst_Centroids)
#include "tst_centroids.moc"
