// Branches are turned so that links cross little: against counting every pair of links, and against trying
// every way to turn one tree.

#include <QtTest/QtTest>

#include "core/layout/tree_fixture.h"
#include "layout/crossing_order.h"
#include "layout/tree_layout.h"

using namespace palimpsest;
using layout::Orientation;
using layout::TreeLayout;

namespace {

struct Pair {
    std::shared_ptr<const cluster::Linkage> linkageA, linkageB;
    std::shared_ptr<const align::LayerComparison> comparison;
};

Pair pairOf(std::size_t leaves, std::size_t k, std::uint32_t seed)
{
    Pair pair;
    pair.linkageA = testing::randomLinkage(leaves, seed);
    pair.linkageB = testing::randomLinkage(leaves, seed + 1000);
    pair.comparison = testing::comparisonOf(*pair.linkageA, *pair.linkageB, k, 0.9);
    return pair;
}

Orientation orient(const Pair& pair)
{
    return layout::orientTrees(*pair.linkageA, *pair.comparison->a, *pair.linkageB, *pair.comparison->b,
        *pair.comparison->overlap, {})
        .value();
}

/// Every pair of links looked at.
std::uint64_t crossingsOf(
    const Pair& pair, std::vector<std::uint8_t> flippedA, std::vector<std::uint8_t> flippedB)
{
    const auto a
        = TreeLayout::make(pair.linkageA, pair.comparison->a, {layout::Room::Equal, std::move(flippedA), {}});
    const auto b
        = TreeLayout::make(pair.linkageB, pair.comparison->b, {layout::Room::Equal, std::move(flippedB), {}});
    struct Line {
        std::size_t from, to;
        std::uint64_t weight;
    };
    std::vector<Line> lines;
    for (std::size_t i = 0; i < pair.comparison->overlap->countA(); ++i) {
        const auto id = base::toId<base::ClusterId>(i);
        for (const align::OverlapCell& cell : pair.comparison->overlap->cellsOfA(id))
            lines.push_back({a->placeOf(id), b->placeOf(cell.other), cell.shared});
    }
    std::uint64_t crossings = 0;
    for (const Line& x : lines) {
        for (const Line& y : lines) {
            if (x.from < y.from && x.to > y.to)
                crossings += x.weight * y.weight;
        }
    }
    return crossings;
}

std::vector<std::uint8_t> bitsOf(unsigned mask, std::size_t count)
{
    std::vector<std::uint8_t> bits(count);
    for (std::size_t i = 0; i < count; ++i)
        bits[i] = mask >> i & 1U;
    return bits;
}

} // namespace

class CrossingOrderTest : public QObject {
    Q_OBJECT

private slots:
    void countsWhatCrosses_data();
    void countsWhatCrosses();
    void noOtherTurnOfOneTreeIsBetter_data();
    void noOtherTurnOfOneTreeIsBetter();
    void equalTreesDoNotCross();
    void sameInputSameOrder();
    void oneConceptNeedsNoTurn();
    void stops();
};

void CrossingOrderTest::countsWhatCrosses_data()
{
    QTest::addColumn<int>("seed");
    QTest::addColumn<int>("k");
    for (int seed = 0; seed < 6; ++seed) {
        for (const int k : {2, 7, 30, 60})
            QTest::addRow("tree %d, K %d", seed, k) << seed << k;
    }
}

void CrossingOrderTest::countsWhatCrosses()
{
    QFETCH(int, seed);
    QFETCH(int, k);
    const Pair pair = pairOf(60, static_cast<std::size_t>(k), static_cast<std::uint32_t>(seed));
    const Orientation found = orient(pair);
    QCOMPARE(found.crossingsBefore, crossingsOf(pair, {}, {}));
    QCOMPARE(found.crossings, crossingsOf(pair, found.a, found.b));
    QVERIFY(found.crossings <= found.crossingsBefore);
}

void CrossingOrderTest::noOtherTurnOfOneTreeIsBetter_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 0; seed < 10; ++seed)
        QTest::addRow("tree %d", seed) << seed;
}

void CrossingOrderTest::noOtherTurnOfOneTreeIsBetter()
{
    QFETCH(int, seed);
    const std::size_t k = 7;
    const Pair pair = pairOf(25, k, static_cast<std::uint32_t>(seed));
    const Orientation found = orient(pair);
    for (unsigned mask = 0; mask < 1U << (k - 1); ++mask) {
        QVERIFY(crossingsOf(pair, bitsOf(mask, k - 1), found.b) >= found.crossings);
        QVERIFY(crossingsOf(pair, found.a, bitsOf(mask, k - 1)) >= found.crossings);
    }
}

void CrossingOrderTest::equalTreesDoNotCross()
{
    Pair pair = pairOf(60, 20, 3);
    pair.linkageB = pair.linkageA;
    pair.comparison = testing::comparisonOf(*pair.linkageA, *pair.linkageA, 20, 0.9);
    const Orientation found = orient(pair);
    QCOMPARE(found.crossings, std::uint64_t{0});
    QCOMPARE(found.a, std::vector<std::uint8_t>(19, 0));
    QCOMPARE(found.b, found.a);
}

void CrossingOrderTest::sameInputSameOrder()
{
    const Pair pair = pairOf(200, 50, 9);
    const Orientation once = orient(pair);
    const Orientation again = orient(pair);
    QCOMPARE(once.a, again.a);
    QCOMPARE(once.b, again.b);
}

void CrossingOrderTest::oneConceptNeedsNoTurn()
{
    const Orientation found = orient(pairOf(10, 1, 1));
    QVERIFY(found.a.empty() && found.b.empty());
    QCOMPARE(found.crossings, std::uint64_t{0});
}

void CrossingOrderTest::stops()
{
    std::stop_source source;
    source.request_stop();
    const Pair pair = pairOf(30, 10, 1);
    const auto result = layout::orientTrees(*pair.linkageA, *pair.comparison->a, *pair.linkageB,
        *pair.comparison->b, *pair.comparison->overlap, base::JobContext(source.get_token(), {}, {}));
    QVERIFY(!result);
    QVERIFY(result.error().code == base::ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(CrossingOrderTest)
#include "tst_crossing_order.moc"
