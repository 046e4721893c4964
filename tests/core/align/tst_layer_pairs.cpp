// Shares of aligned concepts at any θ agree with align() at that θ.

#include <QtTest/QtTest>

#include <random>

#include "align/layer_pairs.h"
#include "core/concepts/partition_fixture.h"
#include "core/corpus/corpus_fixture.h"

using namespace palimpsest;
using align::LayerPair;
using align::Status;

namespace {

std::shared_ptr<const align::Overlap> overlapOf(const std::vector<int>& a, const std::vector<int>& b)
{
    std::string sentence;
    for (std::size_t i = 0; i < a.size(); ++i)
        sentence += "w" + std::to_string(i) + " ";
    const auto tokens = testing::allTokens(testing::corpusOf({sentence}));
    return align::Overlap::make(
        *testing::conceptsOf(tokens, a), *testing::conceptsOf(tokens, b), align::Measure::Occurrence);
}

/// Half of the places moved at random.
std::vector<int> shaken(const std::vector<int>& clusters, std::uint32_t seed)
{
    std::mt19937 draw(seed);
    std::vector<int> result(clusters);
    for (int& cluster : result) {
        if (draw() % 4 == 0)
            cluster = static_cast<int>(draw() % 12);
    }
    return result;
}

double shareOf(const std::vector<align::Match>& matches, std::initializer_list<Status> statuses)
{
    std::size_t count = 0;
    for (const align::Match& match : matches)
        count += std::ranges::find(statuses, match.status) != statuses.end() ? 1 : 0;
    return static_cast<double>(count) / static_cast<double>(matches.size());
}

} // namespace

class LayerPairsTest : public QObject {
    Q_OBJECT

private slots:
    void agreesWithAlign_data()
    {
        QTest::addColumn<double>("theta");
        for (const double theta : {0.05, 0.25, 0.5, 0.6, 0.75, 0.9, 1.0})
            QTest::addRow("theta %g", theta) << theta;
    }

    void agreesWithAlign()
    {
        QFETCH(double, theta);
        std::vector<int> a(200);
        for (std::size_t i = 0; i < a.size(); ++i)
            a[i] = static_cast<int>(i % 10);
        const auto overlap = overlapOf(a, shaken(a, 4));
        const align::Alignment alignment = align::align(*overlap, theta);
        const LayerPair pair = align::makeLayerPair(*overlap);
        QCOMPARE(pair.keptShare(theta), shareOf(alignment.a, {Status::Kept}));
        QCOMPARE(pair.alignedShareA(theta), shareOf(alignment.a, {Status::Kept, Status::Merged}));
        QCOMPARE(pair.alignedShareB(theta), shareOf(alignment.b, {Status::Kept, Status::Split}));
        QCOMPARE(pair.turned().keptShare(theta), shareOf(alignment.b, {Status::Kept}));
    }

    void nineOfTenIsKeptAtNineTenths()
    {
        std::vector<int> a(20, 0);
        std::fill(a.begin() + 10, a.end(), 1);
        std::vector<int> b(a);
        b[0] = 2;
        const LayerPair pair = align::makeLayerPair(*overlapOf(a, b));
        QCOMPARE(pair.keptShare(0.9), 1.0);
        QCOMPARE(pair.keptShare(0.91), 0.5);
    }

    void theSamePartitionIsKept()
    {
        const std::vector<int> a{0, 0, 1, 2, 2, 2};
        const LayerPair pair = align::makeLayerPair(*overlapOf(a, a));
        QCOMPARE(pair.keptShare(1.0), 1.0);
        QCOMPARE(pair.alignedShareA(1.0), 1.0);
    }

    void turningSwapsTheSides()
    {
        const LayerPair pair = align::makeLayerPair(*overlapOf({0, 0, 0, 0, 1, 1}, {0, 0, 1, 1, 2, 2}));
        QCOMPARE(pair.alignedShareA(0.9), 0.5);
        QCOMPARE(pair.alignedShareB(0.9), 1.0);
        QCOMPARE(pair.turned().alignedShareA(0.9), 1.0);
    }

    void countsWhatIsComputed()
    {
        align::LayerMatrix matrix{{0, 1}, {0, 1, 2}, std::vector<std::shared_ptr<const LayerPair>>(6)};
        QCOMPARE(matrix.computed(), std::size_t{0});
        matrix.cells[5] = std::make_shared<const LayerPair>();
        QCOMPARE(matrix.computed(), std::size_t{1});
        QVERIFY(matrix.at(1, 2));
        QVERIFY(!matrix.at(0, 2));
    }
};

QTEST_GUILESS_MAIN(LayerPairsTest)
#include "tst_layer_pairs.moc"
