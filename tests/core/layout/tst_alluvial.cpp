// Blocks and ribbons of a flow: heights by occurrences, ends that stack up, nothing outside.

#include <QtTest/QtTest>

#include "core/layout/tree_fixture.h"
#include "layout/alluvial.h"

using namespace palimpsest;
using align::Flow;
using align::FlowGrouping;
using layout::Alluvial;

namespace {

Flow someFlow()
{
    const auto a = testing::randomLinkage(120, 1);
    const auto b = testing::randomLinkage(120, 2);
    const auto c = testing::randomLinkage(120, 3);
    const auto first = testing::comparisonOf(*a, *b, 25, 0.4);
    const auto second = testing::comparisonOf(*a, *c, 40, 0.4);
    return align::makeFlow(FlowGrouping::Status,
        {align::makeFlowColumn(first, false, FlowGrouping::Status),
            align::makeFlowColumn(first, true, FlowGrouping::Status),
            align::makeFlowColumn(second, true, FlowGrouping::Status)});
}

bool near(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

} // namespace

class AlluvialTest : public QObject {
    Q_OBJECT

private slots:
    void heightsAreInProportionToOccurrences()
    {
        const Flow flow = someFlow();
        const Alluvial alluvial = layout::layOutFlow(flow, 0.03);
        for (std::size_t column = 0; column < flow.columns.size(); ++column) {
            for (std::size_t group = 0; group < flow.columns[column].occurrences.size(); ++group)
                QVERIFY(near(alluvial.blocks[column][group].height(),
                    flow.columns[column].occurrences[group] * alluvial.perOccurrence));
        }
    }

    void blocksDoNotOverlapAndStayInside()
    {
        const Flow flow = someFlow();
        const Alluvial alluvial = layout::layOutFlow(flow, 0.03);
        for (const auto& blocks : alluvial.blocks) {
            QVERIFY(blocks.front().top >= 0.0);
            QVERIFY(blocks.back().bottom <= 1.0 + 1e-9);
            for (std::size_t group = 1; group < blocks.size(); ++group)
                QVERIFY(blocks[group].top >= blocks[group - 1].bottom - 1e-12);
        }
    }

    void ribbonsFillTheirBlocks()
    {
        const Flow flow = someFlow();
        const Alluvial alluvial = layout::layOutFlow(flow, 0.03);
        QCOMPARE(alluvial.ribbons.size(), flow.ribbons.size());
        std::vector<std::vector<double>> out, in;
        for (const auto& blocks : alluvial.blocks) {
            out.emplace_back(blocks.size(), 0.0);
            in.emplace_back(blocks.size(), 0.0);
        }
        for (std::size_t i = 0; i < flow.ribbons.size(); ++i) {
            const auto& ribbon = flow.ribbons[i];
            const auto& from = alluvial.blocks[ribbon.column][ribbon.from];
            const auto& to = alluvial.blocks[ribbon.column + 1][ribbon.to];
            // Each begins where the one before it ended.
            QVERIFY(near(alluvial.ribbons[i].from.top, from.top + out[ribbon.column][ribbon.from]));
            QVERIFY(near(alluvial.ribbons[i].to.top, to.top + in[ribbon.column + 1][ribbon.to]));
            out[ribbon.column][ribbon.from] += alluvial.ribbons[i].from.height();
            in[ribbon.column + 1][ribbon.to] += alluvial.ribbons[i].to.height();
        }
        QVERIFY(near(out[0][0], alluvial.blocks[0][0].height()));
        QVERIFY(near(in[1][0], alluvial.blocks[1][0].height()));
    }

    void ribbonsOfOneBlockDoNotCross()
    {
        const Flow flow = someFlow();
        const Alluvial alluvial = layout::layOutFlow(flow, 0.03);
        for (std::size_t i = 0; i < flow.ribbons.size(); ++i) {
            for (std::size_t j = i + 1; j < flow.ribbons.size(); ++j) {
                if (flow.ribbons[i].column == flow.ribbons[j].column
                    && (flow.ribbons[i].from == flow.ribbons[j].from
                        || flow.ribbons[i].to == flow.ribbons[j].to))
                    QVERIFY((alluvial.ribbons[i].from.top <= alluvial.ribbons[j].from.top)
                        == (alluvial.ribbons[i].to.top <= alluvial.ribbons[j].to.top));
            }
        }
    }

    void partsLieInTheirRibbons()
    {
        const Flow flow = someFlow();
        const Alluvial alluvial = layout::layOutFlow(flow, 0.03);
        const align::Lineage lineage = align::traceConcept(flow, 0, base::ClusterId{3});
        const auto parts = layout::partsOf(flow, alluvial, lineage.ribbons);
        QCOMPARE(parts.size(), lineage.ribbons.size());
        double first = 0.0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (lineage.ribbons[i].column == 0)
                first += parts[i].from.height();
        }
        QVERIFY(near(first,
            static_cast<double>(flow.columns[0].concepts().size(base::ClusterId{3}))
                * alluvial.perOccurrence));
    }

    void gapsShrinkWhereTheyWouldTakeMoreThanHalf()
    {
        const Alluvial alluvial = layout::layOutFlow(someFlow(), 0.4);
        QVERIFY(alluvial.perOccurrence * 120 >= 0.5 - 1e-9);
    }
};

QTEST_GUILESS_MAIN(AlluvialTest)
#include "tst_alluvial.moc"
