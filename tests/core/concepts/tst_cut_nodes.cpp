// Concepts as nodes of the merge tree, where a node stands in other cuts, and agreement of two people.

#include <QtTest/QtTest>

#include <numeric>

#include "concepts/agreement.h"
#include "concepts/cut_nodes.h"

using namespace palimpsest;
using concepts::CutNodes;

namespace {

constexpr std::size_t kLeaves = 8;

/// ((0 1) (2 3)) and (4 5), 6, 7: nodes 8 = {0,1}, 9 = {2,3}, 10 = {4,5}, 11 = {0..3}, 12 = {4,5,6},
/// 13 = {4..7}, 14 = all.
std::shared_ptr<const cluster::Linkage> tree()
{
    return std::make_shared<const cluster::Linkage>(cluster::Linkage::fromMerges(
        {{0, 1, 1.0, 2}, {2, 3, 1.1, 2}, {4, 5, 1.2, 2}, {8, 9, 2.0, 4}, {6, 10, 2.1, 3}, {7, 12, 3.0, 4},
            {11, 13, 9.0, 8}}).value());
}

std::shared_ptr<const concepts::ConceptSet> cutAt(std::size_t k)
{
    corpus::CorpusParts parts;
    parts.vocabulary = {"w"};
    parts.words.assign(kLeaves, 0);
    parts.sentenceStart = {0, kLeaves};
    parts.sentenceClass = {corpus::kNoClass};
    parts.sourceLine = {1};
    std::vector<corpus::Token> rows;
    for (std::uint32_t position = 0; position < kLeaves; ++position)
        rows.push_back({base::SentenceId{0}, position, base::WordId{0}});
    auto corpus = corpus::Corpus::fromParts(std::move(parts)).value();
    return concepts::ConceptSet::make(
        corpus::TokenTable::fromRows(corpus, std::move(rows)).value(), cluster::cut(*tree(), k));
}

CutNodes nodesAt(std::size_t k)
{
    return {tree(), cutAt(k)};
}

std::vector<std::int32_t> allNodes(const CutNodes& nodes)
{
    std::vector<std::int32_t> all;
    for (std::size_t id = 0; id < nodes.conceptCount(); ++id)
        all.push_back(nodes.nodeOf(base::toId<base::ClusterId>(id)));
    return all;
}

} // namespace

class CutNodesTest : public QObject {
    Q_OBJECT

private slots:
    void everyCutNamesItsNodes()
    {
        QCOMPARE(allNodes(nodesAt(1)), (std::vector<std::int32_t>{14}));
        QCOMPARE(allNodes(nodesAt(2)), (std::vector<std::int32_t>{11, 13}));
        QCOMPARE(allNodes(nodesAt(3)), (std::vector<std::int32_t>{11, 12, 7}));
        QCOMPARE(allNodes(nodesAt(4)), (std::vector<std::int32_t>{11, 10, 6, 7}));
        std::vector<std::int32_t> leaves(kLeaves);
        std::iota(leaves.begin(), leaves.end(), 0);
        QCOMPARE(allNodes(nodesAt(kLeaves)), leaves);
    }

    void nodesHaveTheMembersOfTheirConcepts()
    {
        for (std::size_t k = 1; k <= kLeaves; ++k) {
            const auto concepts = cutAt(k);
            const CutNodes nodes(tree(), concepts);
            for (std::size_t i = 0; i < k; ++i) {
                const auto id = base::toId<base::ClusterId>(i);
                QCOMPARE(nodes.sizeOf(nodes.nodeOf(id)), concepts->size(id));
                const auto place = nodes.place(nodes.nodeOf(id));
                QVERIFY(place && place->exact);
                QVERIFY(place->id == id);
                QCOMPARE(place->jaccard, 1.0);
            }
        }
    }

    void aConceptThatGrewKeepsItsPlaceWhileItIsHalf()
    {
        const auto place = nodesAt(2).place(12); // {4,5,6} lies in {4..7}
        QVERIFY(place && !place->exact);
        QCOMPARE(base::toIndex(place->id), std::size_t{1});
        QCOMPARE(place->jaccard, 0.75);
        QVERIFY(nodesAt(2).place(10)); // {4,5}: exactly half
        QVERIFY(!nodesAt(2).place(6)); // a quarter
        QVERIFY(!nodesAt(1).place(12));
    }

    void aConceptThatFellApartGoesToItsLargestPiece()
    {
        const auto place = nodesAt(3).place(13); // {4..7} is now {4,5,6} and {7}
        QVERIFY(place && !place->exact);
        QCOMPARE(base::toIndex(place->id), std::size_t{1});
        QCOMPARE(place->jaccard, 0.75);
        const auto half = nodesAt(5).place(11); // {0,1} and {2,3}: the smaller id of two halves
        QVERIFY(half);
        QCOMPARE(base::toIndex(half->id), std::size_t{0});
        QVERIFY(!nodesAt(kLeaves).place(12));
    }

    void unknownNodesHaveNoPlace()
    {
        QVERIFY(!nodesAt(3).place(-1));
        QVERIFY(!nodesAt(3).place(15));
        QCOMPARE(nodesAt(3).sizeOf(15), std::size_t{0});
    }

    void kappaOfAWorkedExample()
    {
        // Two judges, 50 items: both yes 20, both no 15, 5 and 10 apart. p_o = 0.7, p_e = 0.5, κ = 0.4
        // (worked by hand; sklearn.metrics.cohen_kappa_score gives 0.4).
        std::vector<std::string> a, b;
        const auto add = [&](int count, const char* first, const char* second) {
            a.insert(a.end(), static_cast<std::size_t>(count), first);
            b.insert(b.end(), static_cast<std::size_t>(count), second);
        };
        add(20, "yes", "yes");
        add(5, "yes", "no");
        add(10, "no", "yes");
        add(15, "no", "no");
        const auto agreement = concepts::cohenKappa(a, b);
        QCOMPARE(agreement.items, std::size_t{50});
        QCOMPARE(agreement.observed, 0.7);
        QCOMPARE(agreement.expected, 0.5);
        QVERIFY(agreement.kappa && std::abs(*agreement.kappa - 0.4) < 1e-12);
    }

    void kappaIsUndefinedWhereChanceAgreesAlways()
    {
        const std::vector<std::string> same{"yes", "yes"};
        QVERIFY(!concepts::cohenKappa(same, same).kappa);
        QVERIFY(!concepts::cohenKappa({}, {}).kappa);
        const std::vector<std::string> other{"no", "no"};
        QCOMPARE(concepts::cohenKappa(same, other).kappa.value(), 0.0);
    }
};

QTEST_APPLESS_MAIN(CutNodesTest)
#include "tst_cut_nodes.moc"
