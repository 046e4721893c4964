// Polarity: shares of a class under three definitions, corrected for balance, with an interval over
// sentences.

#include <QtTest/QtTest>

#include <cmath>

#include "concepts/polarity.h"
#include "core/concepts/partition_fixture.h"
#include "core/corpus/corpus_fixture.h"

using namespace palimpsest;
using concepts::ClassDefinition;
using Classes = std::vector<std::int32_t>;

namespace {

/// Six sentences, classes 0 0 0 0 1 1, two words each; concept 0 holds all first words and concept 1 the
/// others, except that the last sentence is in concept 0 with both.
std::shared_ptr<const concepts::ConceptSet> example()
{
    return testing::conceptsOf(
        testing::allTokens(
            testing::corpusOf({"a b", "a b", "a b", "a b", "a b", "a b"}, {0, 0, 0, 0, 1, 1}, {"no", "yes"})),
        {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0});
}

} // namespace

class tst_Polarity : public QObject {
    Q_OBJECT

private slots:
    void wilsonIntervalsAreThoseOfTheFormula();
    void definitionsDiffer();
    void withoutPredictionsOnlyGoldCounts();
    void sharesAreThoseOfMembers();
    void balancedSharesUndoUnequalClasses();
    void membersOfOneSentenceAreNotIndependent();
    void sentencesWithoutClassCountOrNot();
    void manyClasses();
    void ordersByTheSureEndOfTheInterval();
};

void tst_Polarity::wilsonIntervalsAreThoseOfTheFormula()
{
    // statsmodels: proportion_confint(8, 10, method="wilson") = (0.490162, 0.943318)
    const auto some = base::wilsonInterval(0.8, 10.0);
    QCOMPARE_LE(std::abs(some.low - 0.490162), 1e-6);
    QCOMPARE_LE(std::abs(some.high - 0.943318), 1e-6);
    QCOMPARE(base::wilsonInterval(1.0, 5.0).high, 1.0);
    QCOMPARE(base::wilsonInterval(0.0, 0.0).low, 0.0);
    QCOMPARE(base::wilsonInterval(0.0, 0.0).high, 1.0);
}

void tst_Polarity::definitionsDiffer()
{
    const auto set = example();
    const auto& corpus = set->tokens().corpus();
    const Classes predicted{0, 0, 0, 1, 1, 0};
    QCOMPARE(
        concepts::sentenceClasses(corpus, predicted, ClassDefinition::Gold), (Classes{0, 0, 0, 0, 1, 1}));
    QCOMPARE(concepts::sentenceClasses(corpus, predicted, ClassDefinition::Predicted), predicted);
    QCOMPARE(concepts::sentenceClasses(corpus, predicted, ClassDefinition::RightGold),
        (Classes{0, 0, 0, -1, 1, -1}));
}

void tst_Polarity::withoutPredictionsOnlyGoldCounts()
{
    const auto set = example();
    const auto& corpus = set->tokens().corpus();
    QCOMPARE(concepts::sentenceClasses(corpus, {}, ClassDefinition::Gold), (Classes{0, 0, 0, 0, 1, 1}));
    QCOMPARE(concepts::sentenceClasses(corpus, {}, ClassDefinition::Predicted), Classes(6, -1));
    const auto none = concepts::polarities(*set, Classes(6, -1), 2, {});
    QCOMPARE(none[0].share, 0.0);
    QVERIFY(!none[0].task);
}

void tst_Polarity::sharesAreThoseOfMembers()
{
    const auto set = example();
    const auto all = concepts::polarities(*set, Classes{0, 0, 0, 0, 1, 1}, 2, {.theta = 0.8});
    QCOMPARE(all[0].counted, 7U); // 4 of class 0, 3 of class 1
    QCOMPARE(all[0].share, 4.0 / 7.0);
    QVERIFY(!all[0].task);
    QCOMPARE(all[1].counted, 5U);
    QCOMPARE(all[1].share, 0.8); // 4 of 5: exactly θ
    QVERIFY(all[1].task);
    QCOMPARE(all[1].chance, 8.0 / 12.0);
    const auto summary = concepts::summarize(all, 2);
    QCOMPARE(summary.task, (std::vector<std::size_t>{1, 0}));
    QCOMPARE(summary.certain, (std::vector<std::size_t>{0, 0})); // five cases are not enough
}

void tst_Polarity::balancedSharesUndoUnequalClasses()
{
    const auto set = example();
    const auto all
        = concepts::polarities(*set, Classes{0, 0, 0, 0, 1, 1}, 2, {.theta = 0.8, .balanced = true});
    // Concept 1 holds 4 of 8 occurrences of class 0 and 1 of 4 of class 1: 1/2 against 1/4.
    QCOMPARE_LE(std::abs(all[1].share - 2.0 / 3.0), 1e-12);
    QCOMPARE(all[1].chance, 0.5);
    QVERIFY(!all[1].task);
}

void tst_Polarity::membersOfOneSentenceAreNotIndependent()
{
    // Ten members: of ten sentences, or of two.
    const std::vector<std::string> apart(11, "a"), together{"a a a a a", "a a a a a", "a"};
    std::vector<int> clusters(10, 0);
    clusters.push_back(1);
    const auto many = testing::conceptsOf(
        testing::allTokens(testing::corpusOf(apart, Classes(11, 0), {"no", "yes"})), clusters);
    const auto few = testing::conceptsOf(
        testing::allTokens(testing::corpusOf(together, Classes(3, 0), {"no", "yes"})), clusters);
    const auto first = concepts::polarities(*many, Classes(11, 0), 2, {})[0];
    const auto second = concepts::polarities(*few, Classes(3, 0), 2, {})[0];
    QCOMPARE(first.share, 1.0);
    QCOMPARE(second.share, 1.0);
    QCOMPARE(first.interval.low, base::wilsonInterval(1.0, 10.0).low);
    QCOMPARE(second.interval.low, base::wilsonInterval(1.0, 2.0).low);
}

void tst_Polarity::sentencesWithoutClassCountOrNot()
{
    const auto set = example();
    const Classes right{0, 0, 0, -1, 1, -1};
    const auto kept = concepts::polarities(*set, right, 2, {});
    const auto left = concepts::polarities(*set, right, 2, {.keepUnclassed = false});
    QCOMPARE(kept[1].share, 3.0 / 5.0);
    QCOMPARE(left[1].counted, 4U);
    QCOMPARE(left[1].share, 3.0 / 4.0);
}

void tst_Polarity::manyClasses()
{
    const auto set = testing::conceptsOf(
        testing::allTokens(testing::corpusOf({"a", "a", "a", "a", "b"}, {2, 2, 1, 2, 0}, {"e", "n", "c"})),
        {0, 0, 0, 0, 1});
    const auto all = concepts::polarities(*set, Classes{2, 2, 1, 2, 0}, 3, {.theta = 0.7, .minimumSize = 4});
    QCOMPARE(all[0].best, 2U);
    QCOMPARE(all[0].shares, (std::vector<double>{0.0, 0.25, 0.75}));
    QVERIFY(all[0].task);
    QVERIFY(!all[1].task);
}

void tst_Polarity::ordersByTheSureEndOfTheInterval()
{
    std::vector<concepts::Polarity> all(4);
    for (auto& each : all) {
        each.task = true;
        each.share = 1.0;
        each.counted = 5;
    }
    all[0].interval.low = 0.5;
    all[1].interval.low = 0.9;
    all[2].interval.low = 0.5;
    all[2].counted = 9;
    all[3].best = 1;
    const auto order = concepts::mostPolar(all, 0);
    QCOMPARE(order.size(), 3U);
    QCOMPARE(base::toIndex(order[0]), 1U);
    QCOMPARE(base::toIndex(order[1]), 2U);
    QCOMPARE(base::toIndex(order[2]), 0U);
}

QTEST_GUILESS_MAIN(tst_Polarity)
#include "tst_polarity.moc"
