// A concept aligns with the label that a share of θ of it has; gates, types, near misses, coverage.

#include <map>

#include "align/label_alignment.h"
#include "core/concepts/partition_fixture.h"
#include "core/label/label_fixture.h"
#include "support/reference.h"

using namespace palimpsest;
using align::LabelOptions;
using align::Measure;
using base::ClusterId;

namespace {

std::shared_ptr<const label::LabelTable> tableOf(const std::vector<Rows>& rows, bool longestWins = false)
{
    label::LabelTableBuilder builder("Set");
    for (const Rows& row : rows) {
        for (const std::string& label : row)
            builder.add(label);
        builder.endRow();
    }
    auto parts = std::move(builder).finish().value()->parts();
    parts.longestWins = longestWins;
    return label::LabelTable::fromParts(std::move(parts)).value();
}

std::vector<Rows> single(const Rows& labels)
{
    std::vector<Rows> rows;
    for (const std::string& label : labels)
        rows.push_back(label.empty() ? Rows{} : Rows{label});
    return rows;
}

/// One concept of ten occurrences of four words: a ×5, b ×3, c, d.
std::shared_ptr<const concepts::ConceptSet> tenRows()
{
    return testing::conceptsOf(
        testing::allTokens(testing::corpusOf({"a a a a a b b b c d"})), std::vector<int>(10, 0));
}

align::LabelMatch matchOf(const std::vector<Rows>& labels, const LabelOptions& options,
    Measure measure = Measure::Occurrence, bool longestWins = false)
{
    const auto concepts = tenRows();
    return align::matchLabels(
        *align::LabelCounts::make(*concepts, tableOf(labels, longestWins), measure), options)
        .front();
}

} // namespace

class LabelAlignmentTest : public QObject {
    Q_OBJECT

private slots:
    void aShareOfThetaAligns();
    void unknownLabelsCloseTheGate();
    void fewWordsCloseTheGate();
    void typesCountWords();
    void severalLabelsOfAnOccurrenceCountEach();
    void theLongestOfNestedLabelsWins();
    void theDistributionFalls();
    void nearMissesWouldAlignALittleLower();
    void coverageSaysWhatNoConceptCarries();
    void countsEqualCountingOneByOne_data();
    void countsEqualCountingOneByOne();
};

void LabelAlignmentTest::aShareOfThetaAligns()
{
    const auto labels = single({"X", "X", "X", "X", "X", "X", "X", "X", "X", "Y"});
    const align::LabelMatch match = matchOf(labels, {.theta = 0.9});
    QVERIFY(match.aligned);
    QCOMPARE(match.count, 9U);
    QCOMPARE(match.share, 0.9);
    QVERIFY(!matchOf(labels, {.theta = 0.9, .strict = true}).aligned);
    QVERIFY(!matchOf(labels, {.theta = 0.91}).aligned);
    QVERIFY(matchOf(labels, {.theta = 0.89, .strict = true}).aligned);
}

void LabelAlignmentTest::unknownLabelsCloseTheGate()
{
    const auto labels = single({"X", "X", "X", "X", "X", "X", "", "NO_UNK", "", ""});
    const align::LabelMatch match = matchOf(labels, {.theta = 0.5, .maxUnknown = 0.4});
    QVERIFY(match.aligned);
    QCOMPARE(match.unknown, 0.4);
    QVERIFY(!matchOf(labels, {.theta = 0.5, .maxUnknown = 0.39}).aligned);
    QVERIFY(!matchOf(single(Rows(10, "")), {}).best.has_value());
}

void LabelAlignmentTest::fewWordsCloseTheGate()
{
    const auto labels = single(Rows(10, "X"));
    QVERIFY(matchOf(labels, {.minimumTypes = 4}).aligned);
    QVERIFY(!matchOf(labels, {.minimumTypes = 5}).aligned);
}

void LabelAlignmentTest::typesCountWords()
{
    // a is X in three of five, b in one of three, c and d are X: three of four words.
    const auto labels = single({"X", "X", "X", "Y", "Y", "X", "Y", "Y", "X", "X"});
    const align::LabelMatch match = matchOf(labels, {.theta = 0.75}, Measure::Type);
    QVERIFY(match.aligned);
    QCOMPARE(match.count, 3U);
    QCOMPARE(match.share, 0.75);
    QVERIFY(!matchOf(labels, {.theta = 0.75}).aligned);
}

void LabelAlignmentTest::severalLabelsOfAnOccurrenceCountEach()
{
    std::vector<Rows> labels(10, {"X", "Y"});
    labels[0] = {"Y"};
    const align::LabelMatch match = matchOf(labels, {.theta = 1.0});
    QVERIFY(match.aligned);
    QCOMPARE(match.count, 10U);
    QCOMPARE(*match.best, 0U); // Y, the first that was met
}

void LabelAlignmentTest::theLongestOfNestedLabelsWins()
{
    std::vector<Rows> labels(10, {"in", "ing", "king"});
    labels[0] = labels[1] = {"in", "ing"};
    labels[2] = {"in"};
    const auto concepts = tenRows();
    const auto table = tableOf(labels, true);
    const auto bestAt = [&](double theta) {
        const auto counts = align::LabelCounts::make(*concepts, table, Measure::Occurrence);
        return table->labelName(*align::matchLabels(*counts, {.theta = theta}).front().best);
    };
    QCOMPARE(bestAt(0.95), std::string("in"));
    QCOMPARE(bestAt(0.9), std::string("ing"));
    QCOMPARE(bestAt(0.7), std::string("king"));
}

void LabelAlignmentTest::theDistributionFalls()
{
    const auto concepts = tenRows();
    const auto table = tableOf(single({"X", "Y", "Y", "Z", "NO_UNK", "Z", "X", "Y", "", "W"}));
    const auto counts = align::LabelCounts::make(*concepts, table, Measure::Occurrence);
    Rows cells;
    for (const align::LabelCount& cell : counts->distribution(ClusterId{0}))
        cells.push_back(table->labelName(cell.label) + std::to_string(cell.count));
    QCOMPARE(cells, (Rows{"Y3", "X2", "Z2", "W1"}));
    QCOMPARE(counts->unlabelled(ClusterId{0}), 2U);
}

void LabelAlignmentTest::nearMissesWouldAlignALittleLower()
{
    const auto concepts
        = testing::conceptsOf(testing::allTokens(testing::corpusOf({"a a a a b b b b c c c c"})),
            {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2});
    const auto table = tableOf(single({"X", "X", "Y", "Y", "X", "X", "X", "Y", "X", "X", "X", "X"}));
    const auto counts = align::LabelCounts::make(*concepts, table, Measure::Occurrence);
    QCOMPARE(align::nearMisses(*counts, {.theta = 0.9}, 0.2), (std::vector{ClusterId{1}}));
    QCOMPARE(align::nearMisses(*counts, {.theta = 0.9}, 0.5), (std::vector{ClusterId{1}, ClusterId{0}}));
}

void LabelAlignmentTest::coverageSaysWhatNoConceptCarries()
{
    const auto concepts
        = testing::conceptsOf(testing::allTokens(testing::corpusOf({"a a a b b b"})), {0, 0, 0, 1, 1, 1});
    const auto table = tableOf(single({"X", "X", "X", "X", "Y", "Z"}));
    const auto matches = align::matchLabels(
        *align::LabelCounts::make(*concepts, table, Measure::Occurrence), LabelOptions{});
    const auto coverage = align::coverage(*concepts, *table, matches);
    QCOMPARE(coverage.size(), std::size_t{3});
    QCOMPARE(table->labelName(coverage[0].label), std::string("X"));
    QCOMPARE(coverage[0].occurrences, 4U);
    QCOMPARE(coverage[0].concepts, 1U);
    QCOMPARE(coverage[0].covered, 3U);
    QCOMPARE(coverage[1].concepts, 0U);
}

void LabelAlignmentTest::countsEqualCountingOneByOne_data()
{
    QTest::addColumn<int>("labels");
    QTest::addColumn<bool>("byType");
    QTest::newRow("few labels") << 8 << false;
    QTest::newRow("few labels, by type") << 8 << true;
    QTest::newRow("more labels than a dense table holds") << 500'000 << false;
    QTest::newRow("many labels, by type") << 500'000 << true;
}

void LabelAlignmentTest::countsEqualCountingOneByOne()
{
    QFETCH(int, labels);
    QFETCH(bool, byType);
    std::uint64_t state = 1;
    const auto below = [&](std::uint64_t bound) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return (state >> 33) % bound;
    };
    std::string text;
    std::vector<int> clusters;
    label::LabelTableBuilder builder("Set");
    // The first row holds every label, so that the table has them all.
    for (int label = 0; label < labels; ++label)
        builder.add("l" + std::to_string(label));
    for (int row = 0; row < 300; ++row) {
        text += "w" + std::to_string(below(40)) + " ";
        clusters.push_back(static_cast<int>(below(20)));
        for (std::uint64_t n = row == 0 ? 0 : below(4); n > 0; --n)
            builder.add("l" + std::to_string(below(6)));
        builder.endRow();
    }
    const auto concepts = testing::conceptsOf(testing::allTokens(testing::corpusOf({text})), clusters);
    const auto table = std::move(builder).finish().value();
    const auto counts
        = align::LabelCounts::make(*concepts, table, byType ? Measure::Type : Measure::Occurrence);
    for (std::size_t index = 0; index < concepts->conceptCount(); ++index) {
        const auto id = base::toId<ClusterId>(index);
        std::map<label::LabelId, std::map<base::WordId, std::uint32_t>> carriers;
        std::map<base::WordId, std::uint32_t> words;
        for (const base::TokenId row : concepts->members(id)) {
            const base::WordId word = concepts->tokens().token(row).word;
            ++words[word];
            for (const label::LabelId label : table->labelsOf(row))
                ++carriers[label][word];
        }
        std::map<label::LabelId, std::uint32_t> expected, found;
        for (const auto& [label, of] : carriers) {
            for (const auto& [word, count] : of) {
                if (!byType)
                    expected[label] += count;
                else if (2 * count >= words[word])
                    expected[label] += 1;
            }
        }
        for (const align::LabelCount& cell : counts->cells(id))
            found[cell.label] = cell.count;
        QVERIFY(found == expected);
        QCOMPARE(std::size_t{counts->size(id)}, byType ? words.size() : concepts->size(id));
        QCOMPARE(std::size_t{counts->types(id)}, words.size());
        QCOMPARE(counts->best(id).count,
            counts->distribution(id).empty() ? 0U : counts->distribution(id).front().count);
    }
}

QTEST_APPLESS_MAIN(LabelAlignmentTest)
#include "tst_label_alignment.moc"
