// What chance gives: small cases against their exact values, the same seed the same numbers, and
// cancellation.

#include <cmath>

#include "align/label_chance.h"
#include "core/concepts/partition_fixture.h"
#include "core/label/label_fixture.h"
#include "support/reference.h"

using namespace palimpsest;
using align::LabelOptions;
using align::Measure;

namespace {

struct Case {
    std::shared_ptr<const concepts::ConceptSet> concepts;
    std::shared_ptr<const label::LabelTable> table;
};

/// 20 sentences of two words each; every sentence is a pair "x y" with the labels X and Y; concepts of two
/// rows.
Case pairs()
{
    std::vector<std::string> sentences(20, "x y");
    std::vector<int> clusters;
    label::LabelTableBuilder builder("Set");
    for (int row = 0; row < 40; ++row) {
        // Rows 0, 2, 4, … are X; each concept takes two of one kind.
        clusters.push_back(row / 4 * 2 + row % 2);
        builder.add(row % 2 == 0 ? "X" : "Y");
        builder.endRow();
    }
    return {testing::conceptsOf(testing::allTokens(testing::corpusOf(sentences)), clusters),
        std::move(builder).finish().value()};
}

align::ChanceLevel chanceOf(const Case& sample, const align::ResamplingOptions& resampling)
{
    return align::chanceLevel(
        *sample.concepts, *sample.table, Measure::Occurrence, LabelOptions{.theta = 1.0}, 20, resampling, {})
        .value();
}

} // namespace

class LabelChanceTest : public QObject {
    Q_OBJECT

private slots:
    void theLevelIsThatOfRandomPairs();
    void theSameSeedGivesTheSameNumbers();
    void theIntervalFollowsTheSentences();
    void aStopRequestEndsIt();
};

void LabelChanceTest::theLevelIsThatOfRandomPairs()
{
    const Case sample = pairs();
    const auto matches = align::matchLabels(
        *align::LabelCounts::make(*sample.concepts, sample.table, Measure::Occurrence), {.theta = 1.0});
    QCOMPARE(align::countAligned(matches), std::size_t{20});
    // A random pair of 20 X and 20 Y has equal labels with probability 19/39; 20 such pairs: 9.74 on average.
    const align::ChanceLevel level = chanceOf(sample, {.rounds = 4000, .seed = 7});
    QVERIFY2(std::abs(level.mean - 20.0 * 19.0 / 39.0) < 0.15, std::to_string(level.mean).c_str());
    QVERIFY(std::abs(level.ofConcept.front() - 19.0 / 39.0) < 0.01);
    QCOMPARE(level.ofLabel.size(), std::size_t{2}); // X and Y share them
    QVERIFY(std::abs(level.ofLabel[0] + level.ofLabel[1] - level.mean) < 1e-9);
    QVERIFY(std::abs(level.ofLabel[0] - level.ofLabel[1]) < 0.15);
    QVERIFY(level.interval.low < level.mean && level.mean < level.interval.high);
    QCOMPARE(level.pValue, 1.0 / 4001.0);
}

void LabelChanceTest::theSameSeedGivesTheSameNumbers()
{
    const Case sample = pairs();
    const align::ChanceLevel first = chanceOf(sample, {.rounds = 50, .seed = 3});
    QCOMPARE(chanceOf(sample, {.rounds = 50, .seed = 3}).mean, first.mean);
    QVERIFY(chanceOf(sample, {.rounds = 50, .seed = 4}).mean != first.mean);
    // From SplitMix64 and the shuffle written anew in Python: numbers must not depend on the machine.
    QCOMPARE(chanceOf(sample, {.rounds = 4, .seed = 1}).mean, 8.5);
}

void LabelChanceTest::theIntervalFollowsTheSentences()
{
    const Case sample = pairs();
    const auto interval = align::bootstrapAligned(
        *sample.concepts, *sample.table, Measure::Occurrence, {.theta = 1.0}, {.rounds = 400, .seed = 1}, {});
    VERIFY_RESULT(interval);
    // A concept's two sentences are both missed with probability (18/20)^20 = 0.12, so a round has about 17.6
    // of the 20; moved by that bias, the interval holds the number itself and ends at the number of concepts.
    QVERIFY(interval.value().low >= 15.0 && interval.value().low < 20.0);
    QCOMPARE(interval.value().high, 20.0);
}

void LabelChanceTest::aStopRequestEndsIt()
{
    const Case sample = pairs();
    std::stop_source stop;
    int reports = 0;
    const base::JobContext ctx(stop.get_token(),
        [&](double, std::string_view) {
            if (++reports == 3)
                stop.request_stop();
        },
        {});
    const auto level = align::chanceLevel(
        *sample.concepts, *sample.table, Measure::Occurrence, {}, 0, {.rounds = 1000, .seed = 1}, ctx);
    QCOMPARE(level.error().code, base::ErrorCode::Cancelled);
    QCOMPARE(reports, 3);
}

QTEST_APPLESS_MAIN(LabelChanceTest)
#include "tst_label_chance.moc"
