// The labels that most concepts carry, for colouring.

#include <QtTest/QtTest>

#include "align/label_categories.h"
#include "core/concepts/partition_fixture.h"
#include "core/corpus/corpus_fixture.h"

using namespace palimpsest;
using align::kNoCategory;

namespace {

using Categories = std::vector<int>;

/// One label a row; "-": none.
std::shared_ptr<const label::LabelTable> tableOf(const std::vector<std::string>& labels)
{
    label::LabelTableBuilder builder("POS");
    for (const std::string& label : labels) {
        if (label != "-")
            builder.add(label);
        builder.endRow();
    }
    return std::move(builder).finish().value();
}

std::shared_ptr<const align::LabelCategories> categories(std::size_t most, double theta = 0.9)
{
    const auto tokens = testing::allTokens(testing::corpusOf({"a b c d e f g h"}));
    align::LayerComparison comparison;
    comparison.a = testing::conceptsOf(tokens, {0, 0, 1, 1, 2, 2, 3, 3}); // DT, NN, NN, mixed
    comparison.b = testing::conceptsOf(tokens, {0, 0, 1, 1, 1, 1, 2, 3}); // DT, NN, VB, none
    comparison.alignment.theta = theta;
    return align::labelCategories(comparison, tableOf({"DT", "DT", "NN", "NN", "NN", "NN", "VB", "-"}), most);
}

} // namespace

class LabelCategoriesTest : public QObject {
    Q_OBJECT

private slots:
    void theMostFrequentAmongConceptsComeFirst()
    {
        const auto found = categories(7);
        QCOMPARE(found->set, std::string("POS"));
        // NN three concepts, DT two, VB one.
        QCOMPARE(found->names, (std::vector<std::string>{"NN", "DT", "VB"}));
        QCOMPARE(found->a, (Categories{1, 0, 0, kNoCategory}));
        QCOMPARE(found->b, (Categories{1, 0, 2, kNoCategory}));
        QVERIFY(!found->hasOthers);
    }

    void otherLabelsAreOneCategory()
    {
        const auto found = categories(1);
        QCOMPARE(found->names, (std::vector<std::string>{"NN"}));
        QCOMPARE(found->a, (Categories{1, 0, 0, kNoCategory}));
        QCOMPARE(found->b, (Categories{1, 0, 1, kNoCategory}));
        QVERIFY(found->hasOthers);
    }

    void alignmentFollowsTheta()
    {
        QCOMPARE(categories(7, 0.5)->a.back(), kNoCategory); // half of it is unlabelled, which is too much
        QCOMPARE(categories(7, 0.5)->a.front(), 1);
    }
};

QTEST_GUILESS_MAIN(LabelCategoriesTest)
#include "tst_label_categories.moc"
