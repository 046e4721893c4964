// Trees as scipy's matrix and as Newick.

#include "core/corpus/corpus_fixture.h"
#include "core/exchange/exchange_fixture.h"
#include "exchange/tree_files.h"
#include "support/reference.h"
#include "tensorfile/npy.h"

using namespace palimpsest;
using testing::Folder;

namespace {

cluster::Linkage smallTree()
{
    return cluster::Linkage::fromMerges({{0, 2, 0.5, 2}, {1, 3, 2.0, 3}}).value();
}

} // namespace

class TreeFilesTest : public QObject {
    Q_OBJECT

private slots:
    void scipysMatrixComesBack();
    void childrenOfScikitLearnAreEnough();
    void brokenMatricesAreRefused_data();
    void brokenMatricesAreRefused();
    void newickQuotesItsLeaves();
    void newickOfADeepChain();
};

void TreeFilesTest::scipysMatrixComesBack()
{
    const Folder folder;
    VERIFY_RESULT(exchange::writeLinkageNpy(folder.path("Z.npy"), smallTree()));
    const auto back = exchange::readLinkageNpy(folder.path("Z.npy"));
    VERIFY_RESULT(back);
    VERIFY_RESULT(exchange::writeLinkageNpy(folder.path("again.npy"), back.value()));
    QCOMPARE(testing::contentOf(folder.path("again.npy")), testing::contentOf(folder.path("Z.npy")));
}

void TreeFilesTest::childrenOfScikitLearnAreEnough()
{
    const Folder folder;
    const std::vector<std::int64_t> children{2, 0, 1, 3};
    VERIFY_RESULT(tensorfile::writeNpy(folder.path("children.npy"),
        {tensorfile::ElementType::I64, {2, 2}, std::as_bytes(std::span<const std::int64_t>(children))}));
    const auto tree = exchange::readLinkageNpy(folder.path("children.npy"));
    VERIFY_RESULT(tree);
    QCOMPARE(tree.value().merges()[1].size, 3);
    QCOMPARE(tree.value().merges()[1].height, 1.0);
}

void TreeFilesTest::brokenMatricesAreRefused_data()
{
    QTest::addColumn<std::vector<double>>("values");
    using Values = std::vector<double>;
    QTest::newRow("a cluster of the future") << Values{0, 4, 1, 2, 1, 3, 2, 3};
    QTest::newRow("no whole number") << Values{0, 0.5, 1, 2, 1, 3, 2, 3};
    QTest::newRow("not a number") << Values{0, std::numeric_limits<double>::quiet_NaN(), 1, 2, 1, 3, 2, 3};
    QTest::newRow("a cluster twice") << Values{0, 2, 1, 2, 0, 1, 2, 2};
    QTest::newRow("a wrong size") << Values{0, 2, 1, 2, 1, 3, 2, 4};
    QTest::newRow("falling heights") << Values{0, 2, 3, 2, 1, 3, 2, 3};
}

void TreeFilesTest::brokenMatricesAreRefused()
{
    QFETCH(std::vector<double>, values);
    const Folder folder;
    VERIFY_RESULT(tensorfile::writeNpy(folder.path("Z.npy"),
        {tensorfile::ElementType::F64, {2, 4}, std::as_bytes(std::span<const double>(values))}));
    QCOMPARE(exchange::readLinkageNpy(folder.path("Z.npy")).error().code, base::ErrorCode::Malformed);
}

void TreeFilesTest::newickQuotesItsLeaves()
{
    const auto tokens = testing::allTokens(testing::corpusOf({"it 's", "a:b"}));
    QCOMPARE(exchange::newick(smallTree(), *tokens),
        std::string("('''s|0|1':2,('it|0|0':0.5,'a:b|1|0':0.5):1.5);\n"));
}

void TreeFilesTest::newickOfADeepChain()
{
    constexpr std::int32_t kLeaves = 100'000;
    std::vector<cluster::Merge> merges;
    for (std::int32_t leaf = 1; leaf < kLeaves; ++leaf)
        merges.push_back({leaf == 1 ? 0 : leaf, leaf == 1 ? 1 : kLeaves + leaf - 2, double(leaf), leaf + 1});
    std::string text;
    for (std::int32_t leaf = 0; leaf < kLeaves; ++leaf)
        text += "w ";
    const auto tokens = testing::allTokens(testing::corpusOf({text}));
    const std::string tree
        = exchange::newick(cluster::Linkage::fromMerges(std::move(merges)).value(), *tokens);
    QCOMPARE(std::count(tree.begin(), tree.end(), '('), std::ptrdiff_t{kLeaves - 1});
    QVERIFY(tree.ends_with(");\n"));
}

QTEST_APPLESS_MAIN(TreeFilesTest)
#include "tst_tree_files.moc"
