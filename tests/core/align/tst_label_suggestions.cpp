// Labels that fine-tuning lost or brought, small enough for paper.

#include <QtTest/QtTest>

#include <cmath>

#include "align/label_suggestions.h"
#include "core/concepts/partition_fixture.h"
#include "core/corpus/corpus_fixture.h"
#include "label/label_table.h"

using namespace palimpsest;
using align::Reason;

namespace {

using Layer = std::shared_ptr<const align::LayerComparison>;

/// One occurrence of the word "w" for each entry of `a` and `b`, which are its concepts in the two models.
Layer layerOf(const std::vector<int>& a, const std::vector<int>& b)
{
    std::string line;
    for (std::size_t row = 0; row < a.size(); ++row)
        line += row == 0 ? "w" : " w";
    const auto tokens = testing::allTokens(testing::corpusOf({line}));
    auto layer = std::make_shared<align::LayerComparison>();
    layer->a = testing::conceptsOf(tokens, a);
    layer->b = testing::conceptsOf(tokens, b);
    layer->overlap = align::Overlap::make(*layer->a, *layer->b, align::Measure::Occurrence);
    layer->alignment = align::align(*layer->overlap, 0.9);
    return layer;
}

std::shared_ptr<const label::LabelTable> labelsOf(const std::vector<std::string>& rows)
{
    label::LabelTableBuilder builder("Set");
    for (const std::string& label : rows) {
        builder.add(label);
        builder.endRow();
    }
    return std::move(builder).finish().value();
}

std::vector<align::Suggestion> suggestions(
    const Layer& layer, const std::vector<std::string>& labels, std::size_t limit = 10)
{
    const auto table = labelsOf(labels);
    const auto base = align::LabelCounts::make(*layer->a, table, align::Measure::Occurrence);
    const auto fineTuned = align::LabelCounts::make(*layer->b, table, align::Measure::Occurrence);
    const auto ofBase = align::matchLabels(*base, {.theta = 0.9});
    const auto ofFineTuned = align::matchLabels(*fineTuned, {.theta = 0.9});
    return align::labelSuggestionsOf(*layer, {*base, ofBase}, {*fineTuned, ofFineTuned}, limit);
}

} // namespace

class LabelSuggestionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLabelIsLostWhereItsMembersWentAmongOthers()
    {
        // Base: six nouns, six verbs. Fine-tuned: two halves of each, so that neither carries a label.
        const auto layer
            = layerOf({0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, {0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1});
        const auto found = suggestions(layer, {"N", "N", "N", "N", "N", "N", "V", "V", "V", "V", "V", "V"});
        QCOMPARE(found.size(), std::size_t{2});
        for (const align::Suggestion& one : found) {
            QVERIFY(one.reason == Reason::LabelLost);
            QVERIFY(one.inBase);
            QCOMPARE(one.surprise, 6.0); // six members, ½ expected and 1 seen: one bit each
            QCOMPARE(one.share, 1.0);
            QCOMPARE(one.otherShare, 0.0);
        }
        QCOMPARE(found[0].label, std::optional(0U));
        QCOMPARE(found[1].label, std::optional(1U));
    }

    void theOtherWayRoundItIsGained()
    {
        const auto layer
            = layerOf({0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1}, {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1});
        const auto found = suggestions(layer, {"N", "N", "N", "N", "N", "N", "V", "V", "V", "V", "V", "V"});
        QCOMPARE(found.size(), std::size_t{2});
        QVERIFY(found[0].reason == Reason::LabelGained);
        QVERIFY(!found[0].inBase);
        QCOMPARE(found[0].surprise, 6.0);
    }

    void aLabelThatHalfOfTheMembersKeepIsNotLost()
    {
        // Five of the ten nouns lie in a fine-tuned concept of nouns alone, five among verbs.
        const std::vector<int> base{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
        const std::vector<std::string> labels{
            "N", "N", "N", "N", "N", "N", "N", "N", "N", "N", "V", "V", "V", "V", "V"};
        const auto half = suggestions(layerOf(base, {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}), labels);
        QCOMPARE(half.size(), std::size_t{1});
        QCOMPARE(half[0].label, std::optional(1U)); // but all verbs are among nouns
        const auto less = suggestions(layerOf(base, {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}), labels);
        QCOMPARE(less.size(), std::size_t{2});
        const auto noun = std::ranges::find(
            less, std::optional(0U), [](const align::Suggestion& one) { return one.label; });
        QVERIFY(noun != less.end());
        QCOMPARE(noun->otherShare, 0.4);
        // Expected: four members at 1, six at 6/11, smoothed by one at the corpus' 2/3.
        const double expected = (4.0 + 6.0 * 6.0 / 11.0 + 2.0 / 3.0) / 11.0;
        QVERIFY(std::abs(noun->surprise - 10.0 * std::log2(1.0 / expected)) < 1e-9);
    }

    void smallConceptsAndKeptLabelsAreLeftOut()
    {
        QVERIFY(suggestions(layerOf({0, 0, 0, 0, 1, 1, 1, 1}, {0, 0, 1, 1, 0, 0, 1, 1}),
            {"N", "N", "N", "N", "V", "V", "V", "V"})
                    .empty()); // four members
        const std::vector<int> same{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
        const std::vector<std::string> labels{"N", "N", "N", "N", "N", "N", "V", "V", "V", "V", "V", "V"};
        QVERIFY(suggestions(layerOf(same, same), labels).empty());
        QCOMPARE(suggestions(layerOf(same, {0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1}), labels, 1).size(),
            std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(LabelSuggestionsTest)
#include "tst_label_suggestions.moc"
