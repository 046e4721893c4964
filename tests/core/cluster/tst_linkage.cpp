#include <QtTest/QtTest>

#include <vector>

#include "cluster/linkage.h"
#include "cluster/merge_order.h"
#include "support/reference.h"

using namespace palimpsest;
using cluster::Linkage;
using cluster::Merge;

namespace {

/// Five leaves: {0,1} at 1, {3,4} at 2, {2,3,4} at 2, all at 5.
std::vector<Merge> fiveLeaves()
{
    return {{0, 1, 1.0, 2}, {3, 4, 2.0, 2}, {2, 6, 2.0, 3}, {5, 7, 5.0, 5}};
}

std::vector<std::size_t> numbers(const cluster::Partition& partition)
{
    std::vector<std::size_t> result;
    for (const base::ClusterId id : partition.clusterOf)
        result.push_back(base::toIndex(id));
    return result;
}

} // namespace

class TestLinkage : public QObject {
    Q_OBJECT

private slots:
    void acceptsATree()
    {
        const auto linkage = Linkage::fromMerges(fiveLeaves());
        VERIFY_RESULT(linkage);
        QCOMPARE(linkage.value().leafCount(), std::size_t{5});
        QCOMPARE(linkage.value().merges().size(), std::size_t{4});
    }

    void refusesWhatIsNoTree_data()
    {
        QTest::addColumn<int>("row");
        QTest::addColumn<int>("left");
        QTest::addColumn<int>("right");
        QTest::addColumn<double>("height");
        QTest::addColumn<int>("size");
        QTest::addColumn<QString>("problem");
        QTest::newRow("negative id") << 0 << -1 << 1 << 1.0 << 2 << "exist";
        QTest::newRow("cluster of the future") << 1 << 3 << 6 << 2.0 << 2 << "exist";
        QTest::newRow("itself") << 1 << 4 << 4 << 2.0 << 2 << "ascending";
        QTest::newRow("descending ids") << 1 << 4 << 3 << 2.0 << 2 << "ascending";
        QTest::newRow("merged already") << 2 << 1 << 6 << 2.0 << 3 << "already";
        QTest::newRow("wrong size") << 2 << 2 << 6 << 2.0 << 4 << "size";
        QTest::newRow("not a number") << 3 << 5 << 7 << qQNaN() << 5 << "height";
        QTest::newRow("negative height") << 0 << 0 << 1 << -1.0 << 2 << "height";
        QTest::newRow("lower than before") << 3 << 5 << 7 << 1.5 << 5 << "lower";
    }

    void refusesWhatIsNoTree()
    {
        QFETCH(int, row);
        QFETCH(int, left);
        QFETCH(int, right);
        QFETCH(double, height);
        QFETCH(int, size);
        QFETCH(QString, problem);
        std::vector<Merge> merges = fiveLeaves();
        merges[static_cast<std::size_t>(row)] = {left, right, height, size};
        const auto linkage = Linkage::fromMerges(merges);
        QVERIFY(!linkage);
        QCOMPARE(linkage.error().code, base::ErrorCode::Malformed);
        const QString message = QString::fromStdString(linkage.error().message);
        QVERIFY2(message.contains(problem), qPrintable(message));
        QVERIFY2(message.contains(QStringLiteral("row %1 ").arg(row)), qPrintable(message));
    }

    void cutsIntoAnyNumberEvenAmongTies()
    {
        const auto linkage = Linkage::fromMerges(fiveLeaves());
        VERIFY_RESULT(linkage);
        using Numbers = std::vector<std::size_t>;
        QCOMPARE(numbers(cluster::cut(linkage.value(), 1)), (Numbers{0, 0, 0, 0, 0}));
        QCOMPARE(numbers(cluster::cut(linkage.value(), 2)), (Numbers{0, 0, 1, 1, 1}));
        QCOMPARE(numbers(cluster::cut(linkage.value(), 3)), (Numbers{0, 0, 1, 2, 2}));
        QCOMPARE(numbers(cluster::cut(linkage.value(), 4)), (Numbers{0, 0, 1, 2, 3}));
        QCOMPARE(numbers(cluster::cut(linkage.value(), 5)), (Numbers{0, 1, 2, 3, 4}));
    }

    void clampsTheNumberOfClusters()
    {
        const auto linkage = Linkage::fromMerges(fiveLeaves());
        VERIFY_RESULT(linkage);
        QCOMPARE(cluster::cut(linkage.value(), 0).clusterCount, std::size_t{1});
        QCOMPARE(cluster::cut(linkage.value(), 99).clusterCount, std::size_t{5});
        QCOMPARE(cluster::cut(Linkage(), 3).clusterCount, std::size_t{0});
        QVERIFY(cluster::cut(Linkage(), 3).clusterOf.empty());
    }

    void ordersMergesAsGreedyMergingWould()
    {
        // Leaves 0..4; {3,4} and {0,1} at the same height, found in the other order.
        const auto linkage = cluster::orderMerges(5, {{3, 4, 1.0}, {2, 3, 3.0}, {0, 1, 1.0}, {0, 2, 4.0}});
        VERIFY_RESULT(linkage);
        const std::vector<Merge>& merges = linkage.value().merges();
        QCOMPARE(merges[0].left, 0);
        QCOMPARE(merges[0].right, 1);
        QCOMPARE(merges[1].left, 3);
        QCOMPARE(merges[1].right, 4);
        QCOMPARE(merges[2].left, 2);
        QCOMPARE(merges[2].right, 6);
        QCOMPARE(merges[3].left, 5);
        QCOMPARE(merges[3].right, 7);
        QCOMPARE(merges[3].size, 5);
    }

    void raisesATieThatRoundingHidAndRefusesARealInversion()
    {
        const auto tie = cluster::orderMerges(3, {{0, 1, 1.0}, {0, 2, 1.0 - 1e-15}});
        VERIFY_RESULT(tie);
        QCOMPARE(tie.value().merges()[1].height, 1.0);
        const auto inversion = cluster::orderMerges(3, {{0, 1, 1.0}, {0, 2, 0.999}});
        QVERIFY(!inversion);
        QCOMPARE(inversion.error().code, base::ErrorCode::Internal);
    }
};

QTEST_APPLESS_MAIN(TestLinkage)
#include "tst_linkage.moc"
