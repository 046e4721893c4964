// Where nodes stand: concepts with equal room or room by size, occurrences inside, subtrees drawn as one.

#include <QtTest/QtTest>

#include "core/layout/tree_fixture.h"
#include "layout/tree_layout.h"

using namespace palimpsest;
using layout::Node;
using layout::Room;
using layout::TreeLayout;
using testing::cutOf;
using testing::numberedTokens;
using testing::sixLeaves;

namespace {

std::shared_ptr<const TreeLayout> treeOf(std::size_t k, layout::TreeOptions options = {})
{
    const auto linkage = sixLeaves();
    return TreeLayout::make(linkage, cutOf(numberedTokens(6), *linkage, k), std::move(options));
}

std::vector<std::size_t> leavesOf(const TreeLayout& tree, Node node)
{
    std::vector<std::size_t> leaves;
    for (const base::TokenId leaf : tree.leaves(node))
        leaves.push_back(base::toIndex(leaf));
    return leaves;
}

} // namespace

class TreeLayoutTest : public QObject {
    Q_OBJECT

private slots:
    void hangsAsTheLinkage();
    void givesConceptsEqualRoomAndSharesItAmongOccurrences();
    void givesRoomBySize();
    void parentsStandBetweenTheirChildren();
    void turnsMergesAboveTheCut();
    void drawsACollapsedSubtreeInTheRoomOfOneConcept();
    void knowsWhichNodesAreConcepts();
    void findsConceptsOfANode();
    void everyPartitionIsConsistent_data();
    void everyPartitionIsConsistent();
    void countsWordsAndClassesOfASubtree();
};

void TreeLayoutTest::hangsAsTheLinkage()
{
    const auto tree = treeOf(3);
    QCOMPARE(tree->root(), 10);
    QCOMPARE(leavesOf(*tree, 10), (std::vector<std::size_t>{0, 1, 5, 3, 2, 4}));
    QCOMPARE(leavesOf(*tree, 7), (std::vector<std::size_t>{2, 4}));
    QCOMPARE(tree->parent(6), 8);
    QCOMPARE(tree->parent(10), -1);
    QCOMPARE(tree->children(8), (std::pair<Node, Node>{0, 6}));
    QCOMPARE(tree->height(9), 4.0);
    QCOMPARE(tree->height(2), 0.0);
    QCOMPARE(tree->clustersLeft(10), std::size_t{1});
    QCOMPARE(tree->clustersLeft(6), std::size_t{5});
    QCOMPARE(tree->clustersLeft(0), std::size_t{6});
}

void TreeLayoutTest::givesConceptsEqualRoomAndSharesItAmongOccurrences()
{
    // {0 1 5}, {3}, {2 4}
    const auto tree = treeOf(3);
    QCOMPARE(tree->extent(), 3.0);
    QCOMPARE(tree->begin(8), 0.0);
    QCOMPARE(tree->end(8), 1.0);
    QCOMPARE(tree->begin(3), 1.0);
    QCOMPARE(tree->end(3), 2.0);
    QCOMPARE(tree->begin(7), 2.0);
    QCOMPARE(tree->end(7), 3.0);
    QCOMPARE(tree->begin(1), 1.0 / 3);
    QCOMPARE(tree->end(1), 2.0 / 3);
    QCOMPARE(tree->centre(4), 2.75);
    QCOMPARE(tree->end(10), 3.0);
}

void TreeLayoutTest::givesRoomBySize()
{
    const auto tree = treeOf(3, {Room::BySize, {}, {}});
    QCOMPARE(tree->extent(), 6.0);
    QCOMPARE(tree->end(8), 3.0);
    QCOMPARE(tree->begin(7), 4.0);
}

void TreeLayoutTest::parentsStandBetweenTheirChildren()
{
    const auto tree = treeOf(3);
    QCOMPARE(tree->centre(7), 2.5);
    QCOMPARE(tree->centre(9), (1.5 + 2.5) / 2);
    for (Node node = 6; node <= tree->root(); ++node) {
        const auto [first, second] = tree->children(node);
        QCOMPARE(tree->centre(node), (tree->centre(first) + tree->centre(second)) / 2);
    }
}

void TreeLayoutTest::turnsMergesAboveTheCut()
{
    // Merges above the cut at K = 3: 3+(2 4), then all. The first is turned.
    const auto tree = treeOf(3, {Room::Equal, {1, 0}, {}});
    QCOMPARE(leavesOf(*tree, 10), (std::vector<std::size_t>{0, 1, 5, 2, 4, 3}));
    const auto other = treeOf(3, {Room::Equal, {0, 1}, {}});
    QCOMPARE(leavesOf(*other, 10), (std::vector<std::size_t>{3, 2, 4, 0, 1, 5}));
}

void TreeLayoutTest::drawsACollapsedSubtreeInTheRoomOfOneConcept()
{
    // Node 9 joins {3} and {2 4}; node 7 is a concept and keeps its room.
    const auto tree = treeOf(3, {Room::Equal, {}, {9, 7, -4, 99}});
    QCOMPARE(tree->extent(), 2.0);
    QCOMPARE(tree->end(9) - tree->begin(9), 1.0);
    QVERIFY(tree->isCollapsed(9));
    QVERIFY(!tree->isCollapsed(8));
    QCOMPARE(tree->collapsedAbove(2), 9);
    QCOMPARE(tree->collapsedAbove(1), -1);
}

void TreeLayoutTest::knowsWhichNodesAreConcepts()
{
    const auto tree = treeOf(3);
    QVERIFY(tree->isConcept(8));
    QVERIFY(tree->isConcept(3));
    QVERIFY(!tree->isConcept(6));
    QVERIFY(!tree->isConcept(9));
    QVERIFY(treeOf(1)->isConcept(10));
    QVERIFY(treeOf(6)->isConcept(0));
}

void TreeLayoutTest::findsConceptsOfANode()
{
    const auto tree = treeOf(3);
    QCOMPARE(tree->conceptRange(9), (std::pair<std::size_t, std::size_t>{1, 3}));
    QCOMPARE(tree->conceptRange(5), (std::pair<std::size_t, std::size_t>{0, 1}));
    QCOMPARE(tree->conceptAt(4), tree->order()[2]);
}

void TreeLayoutTest::everyPartitionIsConsistent_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 0; seed < 8; ++seed)
        QTest::addRow("tree %d", seed) << seed;
}

void TreeLayoutTest::everyPartitionIsConsistent()
{
    QFETCH(int, seed);
    const auto linkage = testing::randomLinkage(40, static_cast<std::uint32_t>(seed));
    const auto tokens = numberedTokens(40);
    for (std::size_t k = 1; k <= 40; ++k) {
        const auto tree = TreeLayout::make(linkage, cutOf(tokens, *linkage, k), {});
        QCOMPARE(tree->order().size(), k);
        for (std::size_t place = 0; place < k; ++place) {
            const base::ClusterId id = tree->order()[place];
            QCOMPARE(tree->placeOf(id), place);
            QVERIFY(tree->isConcept(tree->nodeOf(id)));
            QCOMPARE(tree->conceptAt(tree->nodeOf(id)), id);
            QCOMPARE(tree->begin(tree->nodeOf(id)), static_cast<double>(place));
            QCOMPARE(tree->end(tree->nodeOf(id)), static_cast<double>(place + 1));
            for (const base::TokenId leaf : tree->leaves(tree->nodeOf(id)))
                QCOMPARE(tree->conceptSet().conceptOf(leaf), id);
        }
    }
}

void TreeLayoutTest::countsWordsAndClassesOfASubtree()
{
    const auto tokens = testing::allTokens(
        testing::corpusOf({"good film", "bad film", "so so"}, {1, 0, -1}, {"bad", "good"}));
    const auto linkage = sixLeaves();
    const auto tree = TreeLayout::make(linkage, cutOf(tokens, *linkage, 3), {});
    // Tokens: 0 good, 1 film, 2 bad, 3 film, 4 so, 5 so. Node 8 holds 0, 1 and 5.
    const auto words = layout::wordsUnder(*tree, tree->root());
    QCOMPARE(words.size(), std::size_t{4});
    QCOMPARE(base::toIndex(words[0].word), std::size_t{1}); // film before so: vocabulary order
    QCOMPARE(words[0].count, 2U);
    QCOMPARE(base::toIndex(words[1].word), std::size_t{3});
    QCOMPARE(base::toIndex(words[2].word), std::size_t{0});
    QCOMPARE(layout::wordsUnder(*tree, 8).size(), std::size_t{3});
    QCOMPARE(layout::classesUnder(*tree, tree->root()), (std::vector<std::size_t>{2, 2}));
    QCOMPARE(layout::classesUnder(*tree, 8), (std::vector<std::size_t>{0, 2}));
}

QTEST_GUILESS_MAIN(TreeLayoutTest)
#include "tst_tree_layout.moc"
