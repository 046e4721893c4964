// The order of examples and the learning rate along the way.

#include <QtTest/QtTest>

#include <algorithm>

#include "train/training_batches.h"

using palimpsest::train::learningRateFactor;
using palimpsest::train::trainingBatches;

class tst_TrainingBatches : public QObject {
    Q_OBJECT

private slots:
    void everyExampleIsInOneBatch();
    void batchesHoldSimilarLengths();
    void seedAndEpochDecideTheOrder();
    void rateRisesThenFalls();
    void rateWithoutWarmUpStartsAtItsTop();
};

namespace {

std::vector<std::size_t> someLengths()
{
    std::vector<std::size_t> lengths;
    for (std::size_t i = 0; i < 103; ++i)
        lengths.push_back(3 + (i * 37) % 41);
    return lengths;
}

} // namespace

void tst_TrainingBatches::everyExampleIsInOneBatch()
{
    std::vector<std::uint32_t> seen;
    for (const auto& batch : trainingBatches(someLengths(), 8, 1, 0)) {
        QVERIFY(!batch.empty() && batch.size() <= 8);
        seen.insert(seen.end(), batch.begin(), batch.end());
    }
    std::sort(seen.begin(), seen.end());
    QCOMPARE(seen.size(), 103U);
    for (std::uint32_t i = 0; i < 103; ++i)
        QCOMPARE(seen[i], i);
}

void tst_TrainingBatches::batchesHoldSimilarLengths()
{
    const auto lengths = someLengths();
    std::vector<std::pair<std::size_t, std::size_t>> ranges;
    for (const auto& batch : trainingBatches(lengths, 8, 1, 0)) {
        const auto [least, most] = std::minmax_element(
            batch.begin(), batch.end(), [&](auto a, auto b) { return lengths[a] < lengths[b]; });
        ranges.emplace_back(lengths[*least], lengths[*most]);
    }
    QVERIFY(!std::is_sorted(ranges.begin(), ranges.end()));
    std::sort(ranges.begin(), ranges.end());
    for (std::size_t i = 1; i < ranges.size(); ++i)
        QCOMPARE_LE(ranges[i - 1].second, ranges[i].first);
}

void tst_TrainingBatches::seedAndEpochDecideTheOrder()
{
    const auto lengths = someLengths();
    const auto first = trainingBatches(lengths, 8, 1, 0);
    QVERIFY(first == trainingBatches(lengths, 8, 1, 0));
    QVERIFY(first != trainingBatches(lengths, 8, 1, 1));
    QVERIFY(first != trainingBatches(lengths, 8, 2, 0));
}

void tst_TrainingBatches::rateRisesThenFalls()
{
    QCOMPARE(learningRateFactor(0, 100, 10), 0.1);
    QCOMPARE(learningRateFactor(9, 100, 10), 1.0);
    QCOMPARE(learningRateFactor(10, 100, 10), 1.0);
    QCOMPARE(learningRateFactor(55, 100, 10), 0.5);
    QCOMPARE(learningRateFactor(99, 100, 10), 1.0 / 90.0);
}

void tst_TrainingBatches::rateWithoutWarmUpStartsAtItsTop()
{
    QCOMPARE(learningRateFactor(0, 1, 0), 1.0);
    QCOMPARE(learningRateFactor(0, 4, 0), 1.0);
    QCOMPARE(learningRateFactor(3, 4, 0), 0.25);
}

QTEST_GUILESS_MAIN(tst_TrainingBatches)
#include "tst_training_batches.moc"
