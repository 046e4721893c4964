// Which sentences run together.

#include <QtTest/QtTest>

#include "model/batch_planner.h"

using palimpsest::model::planBatches;
using Batches = std::vector<std::vector<std::uint32_t>>;

class tst_BatchPlanner : public QObject {
    Q_OBJECT

private slots:
    void longestComeFirstAndEqualsKeepTheirOrder();
    void budgetLimitsABatch();
    void aLongSentenceIsAlone();
    void emptySentencesAreLeftOut();
};

void tst_BatchPlanner::longestComeFirstAndEqualsKeepTheirOrder()
{
    const std::vector<std::size_t> lengths = {3, 9, 3, 5, 9};
    QCOMPARE(planBatches(lengths, 100), (Batches{{1, 4, 3, 0, 2}}));
}

void tst_BatchPlanner::budgetLimitsABatch()
{
    const std::vector<std::size_t> lengths = {4, 4, 4, 4, 4};
    QCOMPARE(planBatches(lengths, 8), (Batches{{0, 1}, {2, 3}, {4}}));
    QCOMPARE(planBatches(lengths, 11), (Batches{{0, 1}, {2, 3}, {4}}));
}

void tst_BatchPlanner::aLongSentenceIsAlone()
{
    const std::vector<std::size_t> lengths = {2, 50, 2};
    QCOMPARE(planBatches(lengths, 10), (Batches{{1}, {0, 2}}));
}

void tst_BatchPlanner::emptySentencesAreLeftOut()
{
    const std::vector<std::size_t> lengths = {0, 2, 0};
    QCOMPARE(planBatches(lengths, 10), (Batches{{1}}));
    QCOMPARE(planBatches({}, 10), Batches{});
}

QTEST_GUILESS_MAIN(tst_BatchPlanner)
#include "tst_batch_planner.moc"
