// Where occurrences go: groups, ribbons that account for every occurrence, words of a ribbon, lineage.

#include <QtTest/QtTest>

#include "align/flow.h"
#include "core/concepts/partition_fixture.h"
#include "core/corpus/corpus_fixture.h"

using namespace palimpsest;
using align::Flow;
using align::FlowColumn;
using align::FlowGrouping;
using align::FlowRibbon;
using align::Status;
using base::ClusterId;

namespace {

constexpr std::uint32_t kKept = 0, kMerged = 2, kVanished = 4;

/// "a a b b c c" with class 0 and "a a b b c c" with class 1: twelve occurrences.
std::shared_ptr<const corpus::TokenTable> tokens()
{
    static const auto table = testing::allTokens(
        testing::corpusOf({"a a b b c c", "a a b b c c"}, {0, 1}, {"negative", "positive"}));
    return table;
}

std::shared_ptr<const align::LayerComparison> compare(
    const std::vector<int>& a, const std::vector<int>& b, double theta = 0.9, int layer = 0)
{
    auto comparison = std::make_shared<align::LayerComparison>();
    comparison->layerA = comparison->layerB = layer;
    comparison->a = testing::conceptsOf(tokens(), a);
    comparison->b = testing::conceptsOf(tokens(), b);
    comparison->overlap = align::Overlap::make(*comparison->a, *comparison->b, align::Measure::Occurrence);
    comparison->alignment = align::align(*comparison->overlap, theta);
    return comparison;
}

Flow baseToFineTuned(const std::shared_ptr<const align::LayerComparison>& comparison, FlowGrouping grouping)
{
    return align::makeFlow(grouping,
        {align::makeFlowColumn(comparison, false, grouping),
            align::makeFlowColumn(comparison, true, grouping)});
}

const std::vector<int> kByWord{0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2};
const std::vector<int> kMixed{0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1}; // b and c together

} // namespace

class FlowTest : public QObject {
    Q_OBJECT

private slots:
    void groupsByStatus()
    {
        const Flow flow = baseToFineTuned(compare(kByWord, kMixed), FlowGrouping::Status);
        QCOMPARE(flow.columns[0].occurrences, (std::vector<std::uint32_t>{4, 0, 8, 0, 0}));
        QCOMPARE(flow.columns[0].conceptCounts, (std::vector<std::uint32_t>{1, 0, 2, 0, 0}));
        QCOMPARE(flow.columns[1].conceptCounts, (std::vector<std::uint32_t>{1, 0, 1, 0, 0}));
        QCOMPARE(flow.ribbons, (std::vector<FlowRibbon>{{0, kKept, kKept, 4}, {0, kMerged, kMerged, 8}}));
    }

    void groupsByTaskClassFromFiveMembersOn()
    {
        // Fine-tuned concepts are the two sentences: six members of one class each.
        const std::vector<int> bySentence{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
        const Flow flow = baseToFineTuned(compare(kByWord, bySentence), FlowGrouping::Class);
        QCOMPARE(flow.columns[0].occurrences, (std::vector<std::uint32_t>{0, 0, 12}));
        QCOMPARE(flow.columns[1].occurrences, (std::vector<std::uint32_t>{6, 6, 0}));
        QCOMPARE(flow.ribbons, (std::vector<FlowRibbon>{{0, 2, 0, 6}, {0, 2, 1, 6}}));
        // Four members of one class are too few.
        const std::vector<int> four{0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1};
        QCOMPARE(baseToFineTuned(compare(kByWord, four), FlowGrouping::Class).columns[1].occurrences,
            (std::vector<std::uint32_t>{0, 0, 12}));
    }

    void everyOccurrenceIsInOneRibbonOfEachStep()
    {
        const auto first = compare(kByWord, kMixed, 0.5, 0);
        const auto second = compare(kMixed, {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3}, 0.5, 3);
        const auto column = [](const auto& comparison, bool fineTuned) {
            return align::makeFlowColumn(comparison, fineTuned, FlowGrouping::Status);
        };
        const Flow flow = align::makeFlow(
            FlowGrouping::Status, {column(first, false), column(second, false), column(second, true)});
        QCOMPARE(flow.columns[1].layer, 3);
        for (std::size_t step = 0; step < 2; ++step) {
            std::vector<std::uint32_t> out(align::kStatusCount), in(align::kStatusCount);
            for (const FlowRibbon& ribbon : flow.ribbons) {
                if (ribbon.column == step) {
                    out[ribbon.from] += ribbon.occurrences;
                    in[ribbon.to] += ribbon.occurrences;
                }
            }
            QCOMPARE(out, flow.columns[step].occurrences);
            QCOMPARE(in, flow.columns[step + 1].occurrences);
        }
    }

    void oneColumnHasNoRibbons()
    {
        const Flow flow = align::makeFlow(FlowGrouping::Class,
            {align::makeFlowColumn(compare(kByWord, kByWord), false, FlowGrouping::Class)});
        QVERIFY(flow.ribbons.empty());
    }

    void listsTheWordsThatMoved()
    {
        const Flow flow = baseToFineTuned(compare(kByWord, kMixed), FlowGrouping::Status);
        const auto moved = align::wordsOfFlow(flow, 0, kMerged, kMerged);
        QCOMPARE(moved.size(), std::size_t{2});
        QCOMPARE(base::toIndex(moved[0].word), std::size_t{1}); // b before c, four times each
        QCOMPARE(moved[0].count, 4U);
        QVERIFY(align::wordsOfFlow(flow, 0, kMerged, kKept).empty());
        QCOMPARE(align::wordsOfFlow(flow, 1, kKept, std::nullopt).size(), std::size_t{1});
        QVERIFY(align::wordsOfFlow(flow, 0, kVanished, std::nullopt).empty());
    }

    void followsAConcept()
    {
        const auto comparison = compare(kByWord, kMixed);
        const Flow flow = baseToFineTuned(comparison, FlowGrouping::Status);
        const align::Lineage lineage = align::traceConcept(flow, 0, ClusterId{2}); // c
        QCOMPARE(lineage.steps.size(), std::size_t{2});
        QCOMPARE(lineage.steps[0].best, ClusterId{2});
        QCOMPARE(lineage.steps[0].ofTraced, 1.0);
        QCOMPARE(lineage.steps[1].best, ClusterId{1});
        QCOMPARE(lineage.steps[1].ofTraced, 1.0);
        QCOMPARE(lineage.steps[1].ofBest, 0.5);
        QCOMPARE(lineage.ribbons, (std::vector<FlowRibbon>{{0, kMerged, kMerged, 4}}));
        const align::Lineage back = align::traceConcept(flow, 1, ClusterId{1});
        QCOMPARE(back.steps[0].best, ClusterId{1}); // b and c hold as many, the smaller id wins
        QCOMPARE(back.steps[0].ofTraced, 0.5);
    }
};

QTEST_GUILESS_MAIN(FlowTest)
#include "tst_flow.moc"
