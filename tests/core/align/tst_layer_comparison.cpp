// Two layers compared at one K and θ: sharing, order on screen, the numbers of the overview, and a real pair.

#include <QtTest/QtTest>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "align/layer_comparison.h"
#include "core/concepts/partition_fixture.h"
#include "core/corpus/corpus_fixture.h"
#include "corpus/reader.h"
#include "support/reference.h"
#include "tensorfile/safetensors.h"

using namespace palimpsest;
using align::LayerComparison;
using align::LayerSummary;
using align::Measure;
using align::Status;
using base::ClusterId;
using cluster::Linkage;

namespace {

using Ids = std::vector<std::size_t>;
using StatusCounts = std::map<Status, std::size_t>;

Ids idsOf(const std::vector<ClusterId>& order)
{
    Ids ids;
    for (const ClusterId id : order)
        ids.push_back(base::toIndex(id));
    return ids;
}

std::shared_ptr<const corpus::TokenTable> sixTokens()
{
    return testing::allTokens(testing::corpusOf({"a b c d e f"}));
}

/// Leaves hang as 0 (1 5) | (2 4) 3 from left to right: 1+5, 2+4, 0+(1 5), 3+(2 4), all.
Linkage crossedTree()
{
    return Linkage::fromMerges(
        {{1, 5, 1.0, 2}, {2, 4, 2.0, 2}, {0, 6, 3.0, 3}, {3, 7, 4.0, 3}, {8, 9, 5.0, 6}})
        .value();
}

/// Rows joined one after the other: ((((0 1) 2) 3) 4) 5.
Linkage chainTree()
{
    return Linkage::fromMerges(
        {{0, 1, 1.0, 2}, {2, 6, 2.0, 3}, {3, 7, 3.0, 4}, {4, 8, 4.0, 5}, {5, 9, 5.0, 6}})
        .value();
}

std::shared_ptr<const LayerComparison> compare(
    const Linkage& a, const Linkage& b, std::size_t k, double theta = 0.9)
{
    return align::compareLayers(sixTokens(), 3, a, 4, b, k, theta, Measure::Occurrence);
}

LayerSummary summaryOf(std::size_t kept, std::size_t vanished, std::vector<std::size_t> taskB)
{
    LayerSummary summary;
    summary.statusA[static_cast<std::size_t>(Status::Kept)] = kept;
    summary.statusA[static_cast<std::size_t>(Status::Vanished)] = vanished;
    summary.taskB = std::move(taskB);
    return summary;
}

/// The Z of a reference file as a Linkage.
Linkage readLinkage(const std::filesystem::path& path)
{
    const auto file = tensorfile::SafetensorsFile::open(path);
    const tensorfile::TensorView* z = file.value().find("Z");
    std::vector<cluster::Merge> merges(z->shape[0]);
    for (std::size_t i = 0; i < merges.size(); ++i) {
        std::array<double, 4> row{};
        std::memcpy(row.data(), z->bytes.data() + i * sizeof row, sizeof row);
        merges[i] = {static_cast<std::int32_t>(row[0]), static_cast<std::int32_t>(row[1]), row[2],
            static_cast<std::int32_t>(row[3])};
    }
    return Linkage::fromMerges(std::move(merges)).value();
}

/// The clusters that ConceptX gave the rows of `tokens`.
cluster::Partition readClusters(const std::filesystem::path& path, const corpus::TokenTable& tokens)
{
    std::map<std::pair<std::size_t, std::uint32_t>, int> clusterAt;
    std::ifstream stream(path, std::ios::binary);
    for (std::string line; std::getline(stream, line);) {
        std::array<int, 3> numbers{}; // cluster, position, sentence
        for (int& number : numbers) {
            const std::size_t bar = line.rfind("|||");
            number = std::stoi(line.substr(bar + 3));
            line.resize(bar);
        }
        clusterAt[{static_cast<std::size_t>(numbers[2]), static_cast<std::uint32_t>(numbers[1])}]
            = numbers[0];
    }
    std::vector<int> clusters;
    for (const corpus::Token& token : tokens.rows())
        clusters.push_back(clusterAt.at({base::toIndex(token.sentence), token.position}));
    return testing::partitionOf(clusters);
}

StatusCounts nonZero(const std::array<std::size_t, align::kStatusCount>& counts)
{
    StatusCounts result;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0)
            result[static_cast<Status>(i)] = counts[i];
    }
    return result;
}

} // namespace

class LayerComparisonTest : public QObject {
    Q_OBJECT

private slots:
    void cutsBothTrees();
    void clampsK();
    void ordersTheBaseAsItsTree_data();
    void ordersTheBaseAsItsTree();
    void ordersTheFineTunedByItsCounterparts();
    void anotherThetaSharesTheRest();
    void summarizesStatusesAndTasks();
    void findsTheTakeover();
    void findsNoTakeoverWhereNothingFalls();
    void agreesWithConceptXOnARealPair();
};

void LayerComparisonTest::cutsBothTrees()
{
    const auto result = compare(crossedTree(), chainTree(), 2);
    QCOMPARE(result->layerA, 3);
    QCOMPARE(result->layerB, 4);
    QCOMPARE(result->k, std::size_t{2});
    QCOMPARE(result->alignment.theta, 0.9);
    QCOMPARE(result->a->conceptCount(), std::size_t{2});
    // {0 1 5} and {2 3 4} against {0 1 2 3 4} and {5}.
    QCOMPARE(result->overlap->sizeA(ClusterId{0}), 3U);
    QCOMPARE(result->overlap->sizeB(ClusterId{0}), 5U);
    QCOMPARE(result->alignment.a[0].status, Status::Split);
    QCOMPARE(result->alignment.a[1].status, Status::Merged);
    QCOMPARE(result->alignment.b[0].status, Status::Merged);
    QCOMPARE(result->alignment.b[1].status, Status::Split);
}

void LayerComparisonTest::clampsK()
{
    QCOMPARE(compare(crossedTree(), chainTree(), 600)->k, std::size_t{6});
    QCOMPARE(compare(crossedTree(), chainTree(), 0)->k, std::size_t{1});
}

void LayerComparisonTest::ordersTheBaseAsItsTree_data()
{
    QTest::addColumn<quint64>("k");
    QTest::addColumn<std::vector<std::size_t>>("order");
    // Concepts are numbered by first appearance, so with K = 6 concept and leaf have one number.
    QTest::newRow("every leaf") << quint64{6} << Ids{0, 1, 5, 3, 2, 4};
    // {0}, {1 5}, {2}, {3}, {4}
    QTest::newRow("five") << quint64{5} << Ids{0, 1, 3, 2, 4};
    // {0}, {1 5}, {2 4}, {3}
    QTest::newRow("four") << quint64{4} << Ids{0, 1, 3, 2};
    QTest::newRow("one") << quint64{1} << Ids{0};
}

void LayerComparisonTest::ordersTheBaseAsItsTree()
{
    QFETCH(quint64, k);
    QFETCH(Ids, order);
    QCOMPARE(idsOf(compare(crossedTree(), chainTree(), k)->orderA), order);
}

void LayerComparisonTest::ordersTheFineTunedByItsCounterparts()
{
    // A at K = 4 is {0}, {1 5}, {2 4}, {3} in the order 0 1 3 2; B is {0 1 2}, {3}, {4}, {5} with the mean
    // positions (0 + 1 + 3) / 3, 2, 3 and 1. The order does not depend on the measure.
    for (const Measure measure : {Measure::Occurrence, Measure::Type}) {
        const auto result
            = align::compareLayers(sixTokens(), 0, crossedTree(), 0, chainTree(), 4, 0.9, measure);
        QCOMPARE(idsOf(result->orderB), (Ids{3, 0, 1, 2}));
    }
    // {0 1}, {2 3} against {0 2}, {1 3}: equal means keep the order of the ids.
    const auto pairs = [](std::int32_t second, std::int32_t third, std::int32_t fourth) {
        return Linkage::fromMerges({{0, second, 1.0, 2}, {third, fourth, 2.0, 2}, {4, 5, 3.0, 4}}).value();
    };
    const auto tied = align::compareLayers(testing::allTokens(testing::corpusOf({"a b c d"})), 0,
        pairs(1, 2, 3), 0, pairs(2, 1, 3), 2, 0.9, Measure::Occurrence);
    QCOMPARE(idsOf(tied->orderB), (Ids{0, 1}));
    const auto same = compare(crossedTree(), crossedTree(), 6);
    QCOMPARE(idsOf(same->orderB), idsOf(same->orderA));
}

void LayerComparisonTest::anotherThetaSharesTheRest()
{
    const auto before = compare(crossedTree(), chainTree(), 2, 0.9);
    const auto after = align::withTheta(*before, 0.3);
    QCOMPARE(after->a, before->a);
    QCOMPARE(after->b, before->b);
    QCOMPARE(after->overlap, before->overlap);
    QCOMPARE(after->orderA, before->orderA);
    QCOMPARE(after->orderB, before->orderB);
    QCOMPARE(after->k, before->k);
    QCOMPARE(after->layerB, before->layerB);
    QCOMPARE(after->alignment.theta, 0.3);
    QCOMPARE(after->alignment.a[0].status, Status::Kept);
    QCOMPARE(before->alignment.a[0].status, Status::Split);
    const auto fresh = compare(crossedTree(), chainTree(), 2, 0.3);
    QCOMPARE(after->alignment.b[1].status, fresh->alignment.b[1].status);
}

void LayerComparisonTest::summarizesStatusesAndTasks()
{
    // Five positive rows, then five negative ones; both models part them.
    std::vector<cluster::Merge> merges{{0, 1, 1, 2}, {2, 10, 1, 3}, {3, 11, 1, 4}, {4, 12, 1, 5},
        {5, 6, 1, 2}, {7, 14, 1, 3}, {8, 15, 1, 4}, {9, 16, 1, 5}, {13, 17, 9, 10}};
    const Linkage tree = Linkage::fromMerges(std::move(merges)).value();
    const auto tokens
        = testing::allTokens(testing::corpusOf({"a b c d e", "f g h i j"}, {1, 0}, {"negative", "positive"}));
    const auto two = align::compareLayers(tokens, 7, tree, 7, tree, 2, 0.9, Measure::Occurrence);
    const LayerSummary summary = align::summarize(*two);
    QCOMPARE(summary.layer, 7);
    QCOMPARE(summary.k, std::size_t{2});
    QCOMPARE(summary.keptShare(), 1.0);
    QCOMPARE(summary.taskA, (std::vector<std::size_t>{1, 1}));
    QCOMPARE(summary.taskB, (std::vector<std::size_t>{1, 1}));
    QCOMPARE(summary.taskShareA(), 1.0);

    const auto four = align::compareLayers(tokens, 7, tree, 7, tree, 4, 0.9, Measure::Occurrence);
    QCOMPARE(align::summarize(*four).taskShareB(), 0.25);
    QCOMPARE(LayerSummary().keptShare(), 0.0);
}

void LayerComparisonTest::findsTheTakeover()
{
    const std::vector<LayerSummary> layers{summaryOf(8, 2, {1, 1}), summaryOf(4, 6, {0, 2}),
        summaryOf(3, 7, {3, 4}), summaryOf(1, 9, {4, 3}), summaryOf(2, 8, {1, 0})};
    const align::Finding finding = align::findTakeover(layers);
    QCOMPARE(finding.takeoverIndex, std::size_t{2}); // half of the first share is not yet below half
    QCOMPARE(finding.lowestKeptIndex, std::size_t{3});
    QCOMPARE(finding.strongestTaskIndex, std::size_t{2}); // the first of equals
}

void LayerComparisonTest::findsNoTakeoverWhereNothingFalls()
{
    const std::vector<LayerSummary> layers{summaryOf(8, 2, {}), summaryOf(9, 1, {})};
    const align::Finding finding = align::findTakeover(layers);
    QCOMPARE(finding.takeoverIndex, layers.size());
    QCOMPARE(finding.lowestKeptIndex, std::size_t{0});
    QCOMPARE(finding.strongestTaskIndex, std::size_t{0});
}

void LayerComparisonTest::agreesWithConceptXOnARealPair()
{
    // Linkages by scipy, clusters by ConceptX. The status counts are from 40 lines of Python over the two
    // clusters-50.txt: sets of (sentence, token) or of words, containment in exact fractions.
    REQUIRE_REFERENCE("conceptx/sst2-300-base-layer6-K50");
    const std::filesystem::path root = testing::referenceDir() / "conceptx";
    const auto folderA = root / "sst2-300-base-layer6-K50";
    const auto folderB = root / "sst2-300-finetuned-layer6-K50";
    QTemporaryDir temporary;
    const std::filesystem::path text = std::filesystem::path(temporary.path().toStdString()) / "corpus.txt";
    QFile json(QString::fromStdString((folderA / "sentences.json").string()));
    QVERIFY(json.open(QIODevice::ReadOnly));
    {
        std::ofstream stream(text, std::ios::binary);
        for (const QJsonValue sentence : QJsonDocument::fromJson(json.readAll()).array())
            stream << sentence.toString().toStdString() << '\n';
    }
    const auto tokens = testing::allTokens(corpus::readCorpus(text, {}, {}).value());
    const Linkage a = readLinkage(folderA / "linkage.safetensors");
    const Linkage b = readLinkage(folderB / "linkage.safetensors");

    struct Golden {
        double theta;
        Measure measure;
        StatusCounts a;
        StatusCounts b;
    };
    using S = Status;
    const std::vector<Golden> goldens{
        {0.9, Measure::Occurrence, {{S::Vanished, 49}, {S::Split, 1}}, {{S::New, 48}, {S::Split, 2}}},
        {0.9, Measure::Type, {{S::Vanished, 42}, {S::Split, 2}, {S::Merged, 6}},
            {{S::Merged, 31}, {S::New, 16}, {S::Split, 3}}},
        {0.5, Measure::Occurrence, {{S::Split, 4}, {S::Vanished, 44}, {S::Merged, 1}, {S::Kept, 1}},
            {{S::New, 37}, {S::Merged, 1}, {S::Split, 11}, {S::Kept, 1}}},
        {0.5, Measure::Type, {{S::Split, 4}, {S::Merged, 21}, {S::Vanished, 23}, {S::Kept, 2}},
            {{S::Merged, 21}, {S::Split, 27}, {S::Kept, 2}}},
        {0.3, Measure::Occurrence, {{S::Split, 4}, {S::Merged, 12}, {S::Vanished, 31}, {S::Kept, 3}},
            {{S::Split, 24}, {S::Merged, 6}, {S::New, 17}, {S::Kept, 3}}},
        {0.3, Measure::Type, {{S::Merged, 34}, {S::Split, 5}, {S::Vanished, 8}, {S::Kept, 3}},
            {{S::Split, 44}, {S::Kept, 5}, {S::Merged, 1}}},
        {1.0, Measure::Type, {{S::Vanished, 43}, {S::Merged, 6}, {S::Split, 1}},
            {{S::Merged, 31}, {S::New, 17}, {S::Split, 2}}},
    };
    const cluster::Partition clustersA = readClusters(folderA / "clusters-50.txt", *tokens);
    const cluster::Partition clustersB = readClusters(folderB / "clusters-50.txt", *tokens);
    for (const Golden& golden : goldens) {
        const auto result = align::compareLayers(tokens, 6, a, 6, b, 50, golden.theta, golden.measure);
        for (std::size_t row = 0; row < tokens->size(); ++row) {
            const auto token = base::toId<base::TokenId>(row);
            QCOMPARE(result->a->conceptOf(token), clustersA.clusterOf[row]);
            QCOMPARE(result->b->conceptOf(token), clustersB.clusterOf[row]);
        }
        QVERIFY(nonZero(align::countStatuses(result->alignment.a)) == golden.a);
        QVERIFY(nonZero(align::countStatuses(result->alignment.b)) == golden.b);
        std::size_t cells = 0;
        for (std::size_t i = 0; i < 50; ++i)
            cells += result->overlap->cellsOfA(base::toId<ClusterId>(i)).size();
        QCOMPARE(cells, std::size_t{golden.measure == Measure::Occurrence ? 848U : 1201U});
    }
}

QTEST_APPLESS_MAIN(LayerComparisonTest)
#include "tst_layer_comparison.moc"
