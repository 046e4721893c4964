// Links between aligned concepts, and what a new tanglegram shares with the one before.

#include <QtTest/QtTest>

#include "core/concepts/partition_fixture.h"
#include "core/layout/tree_fixture.h"
#include "layout/tanglegram.h"

using namespace palimpsest;
using align::Status;
using base::ClusterId;
using layout::Link;
using layout::Tanglegram;
using layout::TanglegramOptions;

namespace {

std::vector<Link> linksOf(const std::vector<int>& a, const std::vector<int>& b, double theta)
{
    const auto tokens = testing::numberedTokens(a.size());
    align::LayerComparison comparison;
    comparison.a = testing::conceptsOf(tokens, a);
    comparison.b = testing::conceptsOf(tokens, b);
    comparison.overlap = align::Overlap::make(*comparison.a, *comparison.b, align::Measure::Occurrence);
    comparison.alignment = align::align(*comparison.overlap, theta);
    return layout::linksOf(comparison);
}

std::shared_ptr<const Tanglegram> make(
    double theta, const TanglegramOptions& options, const std::shared_ptr<const Tanglegram>& before = nullptr)
{
    static const auto a = testing::randomLinkage(80, 5);
    static const auto b = testing::randomLinkage(80, 6);
    static const auto first = testing::comparisonOf(*a, *b, 12, 0.9);
    return layout::makeTanglegram(align::withTheta(*first, theta), a, b, options, before, {}).value();
}

} // namespace

class TanglegramTest : public QObject {
    Q_OBJECT

private slots:
    void linksSayWhatBecameOfAConcept();
    void tenPerCentMissingIsStillKept();
    void everyAlignedConceptHasALink();
    void anotherThetaSharesTheTrees();
    void collapsingKeepsTheOrder();
};

void TanglegramTest::linksSayWhatBecameOfAConcept()
{
    // Kept {0 1}, split {2 3 4 5} into two, merged {6 7} and {8 9}, vanished {10 11} torn into both others.
    const auto links
        = linksOf({0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4}, {0, 0, 1, 1, 2, 2, 3, 3, 3, 3, 1, 3}, 0.6);
    QCOMPARE(links,
        (std::vector<Link>{{ClusterId{0}, ClusterId{0}, 2, Status::Kept},
            {ClusterId{1}, ClusterId{1}, 2, Status::Split}, {ClusterId{1}, ClusterId{2}, 2, Status::Split},
            {ClusterId{2}, ClusterId{3}, 2, Status::Merged}, {ClusterId{3}, ClusterId{3}, 2, Status::Merged},
            {ClusterId{4}, ClusterId{1}, 1, Status::Vanished}}));
}

void TanglegramTest::tenPerCentMissingIsStillKept()
{
    std::vector<int> a(10, 0), b(10, 0);
    a.insert(a.end(), {1, 1, 1});
    b.insert(b.end(), {1, 1, 1});
    b[0] = 1;
    const auto links = linksOf(a, b, 0.9);
    QCOMPARE(links.front().shared, 9U);
    QVERIFY(links.front().status == Status::Kept);
}

void TanglegramTest::everyAlignedConceptHasALink()
{
    const auto tanglegram = make(0.5, {});
    const auto& alignment = tanglegram->comparison->alignment;
    for (std::size_t i = 0; i < alignment.a.size(); ++i) {
        const auto linked = [i](Status status) {
            return
                [i, status](const Link& link) { return base::toIndex(link.a) == i && link.status == status; };
        };
        QVERIFY(std::ranges::any_of(tanglegram->links, linked(alignment.a[i].status)));
    }
}

void TanglegramTest::anotherThetaSharesTheTrees()
{
    const auto before = make(0.9, {});
    const auto after = make(0.2, {}, before);
    QVERIFY(after->a == before->a && after->b == before->b);
    QVERIFY(after->links != before->links);
    QCOMPARE(after->comparison->alignment.theta, 0.2);
}

void TanglegramTest::collapsingKeepsTheOrder()
{
    const auto before = make(0.9, {});
    TanglegramOptions options;
    options.collapsedA = {before->a->children(before->a->root()).first};
    const auto after = make(0.9, options, before);
    QCOMPARE(after->a->order(), before->a->order());
    QVERIFY(after->a->extent() < before->a->extent());
    QCOMPARE(after->crossings, before->crossings);
}

QTEST_GUILESS_MAIN(TanglegramTest)
#include "tst_tanglegram.moc"
