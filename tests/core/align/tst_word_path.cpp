// The way of a word through layers, words near it, and concepts that surprise; all small enough for paper.

#include <QtTest/QtTest>

#include "align/suggestions.h"
#include "align/word_path.h"
#include "core/concepts/partition_fixture.h"

using namespace palimpsest;
using align::Reason;

namespace {

using Layer = std::shared_ptr<const align::LayerComparison>;

/// One sentence a word, of class 0 or 1.
std::shared_ptr<const corpus::TokenTable> tokensOf(
    const std::vector<std::string>& words, const std::vector<int>& classes)
{
    corpus::CorpusParts parts;
    std::vector<corpus::Token> rows;
    parts.sentenceStart = {0};
    for (std::uint32_t row = 0; row < words.size(); ++row) {
        const auto known = std::ranges::find(parts.vocabulary, words[row]);
        const auto id = static_cast<std::uint32_t>(known - parts.vocabulary.begin());
        if (known == parts.vocabulary.end())
            parts.vocabulary.push_back(words[row]);
        parts.words.push_back(id);
        parts.sentenceStart.push_back(row + 1);
        parts.sentenceClass.push_back(classes.empty() ? corpus::kNoClass : classes[row]);
        parts.sourceLine.push_back(row + 1);
        rows.push_back({base::SentenceId{row}, 0, base::WordId{id}});
    }
    if (!classes.empty())
        parts.classNames = {"negative", "positive"};
    auto corpus = corpus::Corpus::fromParts(std::move(parts)).value();
    return corpus::TokenTable::fromRows(corpus, std::move(rows)).value();
}

Layer layerOf(const std::shared_ptr<const corpus::TokenTable>& tokens, int number, const std::vector<int>& a,
    const std::vector<int>& b)
{
    auto layer = std::make_shared<align::LayerComparison>();
    layer->layerA = layer->layerB = number;
    layer->a = testing::conceptsOf(tokens, a);
    layer->b = testing::conceptsOf(tokens, b);
    layer->overlap = align::Overlap::make(*layer->a, *layer->b, align::Measure::Occurrence);
    layer->alignment = align::align(*layer->overlap, 0.9);
    return layer;
}

} // namespace

class WordPathTest : public QObject {
    Q_OBJECT

    // Rows 0-3 good, 4-5 fine, 6-7 bad.
    std::shared_ptr<const corpus::TokenTable> m_tokens
        = tokensOf({"good", "good", "good", "good", "fine", "fine", "bad", "bad"}, {});
    std::shared_ptr<const concepts::WordIndex> m_index = concepts::WordIndex::make(m_tokens);
    base::WordId m_good = *m_index->exactly("good"), m_fine = *m_index->exactly("fine"),
                 m_bad = *m_index->exactly("bad");

private slots:
    void aPathSaysWhereTheWordIsAndWhatStayed()
    {
        const std::vector<Layer> layers{
            layerOf(m_tokens, 0, {0, 0, 0, 0, 0, 0, 1, 1}, {0, 0, 0, 0, 0, 0, 1, 1}),
            // Fine-tuned: three of good in {good good good}, one with bad.
            layerOf(m_tokens, 4, {0, 0, 0, 0, 1, 1, 2, 2}, {0, 0, 0, 1, 2, 2, 1, 1}),
        };
        const auto path = align::wordPath(layers, m_index->occurrences(m_good));
        QCOMPARE(path.size(), std::size_t{2});
        QCOMPARE(path[0].layer, 0);
        QCOMPARE(path[0].stayedShare(), 1.0);
        QCOMPARE(path[1].layer, 4);
        QCOMPARE(path[1].base.count, 4U);
        QCOMPARE(path[1].base.concepts, 1U);
        QCOMPARE(path[1].fineTuned.count, 3U);
        QCOMPARE(path[1].fineTuned.concepts, 2U);
        QVERIFY(path[1].fineTuned.id == base::ClusterId{0});
        QCOMPARE(path[1].stayed, 3U); // the fourth went to bad's concept, whose counterpart is bad's
        QVERIFY(!align::leavesBaseAt(path));
    }

    void aWordLeavesWhereItStaysAwayToTheEnd()
    {
        std::vector<align::WordStep> path(4);
        const std::vector<std::uint32_t> stayed{10, 4, 6, 3};
        for (std::size_t i = 0; i < path.size(); ++i) {
            path[i].occurrences = 10;
            path[i].stayed = stayed[i];
        }
        QCOMPARE(align::leavesBaseAt(path).value(), std::size_t{3});
        path[2].stayed = 4;
        QCOMPARE(align::leavesBaseAt(path).value(), std::size_t{1});
        path[3].stayed = 5; // half is not less than half
        QVERIFY(!align::leavesBaseAt(path));
        QVERIFY(!align::leavesBaseAt({}));
    }

    void wordsInTheSameConceptsAreNear()
    {
        const std::vector<Layer> layers{
            layerOf(m_tokens, 0, {0, 0, 0, 0, 0, 0, 1, 1}, {0, 0, 0, 1, 0, 1, 1, 1})};
        // good: base {c0: 1}, fine-tuned {c0: ¾, c1: ¼}; fine: {1}, {½, ½}; bad: {c1: 1}, {c1: 1}.
        const auto near = align::nearestWords(layers, *m_index, m_good, 1, 10);
        QCOMPARE(near.size(), std::size_t{2});
        QVERIFY(near[0].word == m_fine);
        QCOMPARE(near[0].similarity, (1.0 + 0.75) / 2);
        QVERIFY(near[1].word == m_bad);
        QCOMPARE(near[1].similarity, 0.25 / 2);
        QCOMPARE(align::wordSimilarity(layers, *m_index, m_good, m_fine), (std::vector{1.0, 0.75}));
        QCOMPARE(align::wordSimilarity(layers, *m_index, m_good, m_good), (std::vector{1.0, 1.0}));
        QVERIFY(align::nearestWords(layers, *m_index, m_good, 3, 10).empty());
        QCOMPARE(align::nearestWords(layers, *m_index, m_good, 1, 1).size(), std::size_t{1});
    }

    void scatteredAndPolarConceptsSurprise()
    {
        // Base: one concept of 8, half positive, and one of 6. Fine-tuned: the first sorted by class.
        const auto tokens
            = tokensOf(std::vector<std::string>(14, "w"), {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1});
        const auto layer = layerOf(tokens, 1, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1},
            {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2});
        const auto found = align::suggestionsOf(*layer, 10);
        QCOMPARE(found.size(), std::size_t{3});
        QVERIFY(found[0].reason == Reason::Scattered); // 10 members, one bit each
        QVERIFY(found[0].inBase && found[0].id == base::ClusterId{0});
        QCOMPARE(found[0].surprise, 10.0);
        QCOMPARE(found[0].others, 2U);
        for (const std::size_t i : {std::size_t{1}, std::size_t{2}}) {
            QVERIFY(found[i].reason == Reason::Polar);
            QVERIFY(!found[i].inBase);
            QCOMPARE(found[i].surprise, 5.0); // 5 members, ½ to 1: one bit
            QCOMPARE(found[i].share, 1.0);
            QCOMPARE(found[i].otherShare, 0.5);
        }
        QCOMPARE(found[1].classIndex, 0);
        QCOMPARE(found[2].classIndex, 1);
    }

    void whatStayedAsItWasIsNoSurprise()
    {
        const auto tokens = tokensOf(std::vector<std::string>(12, "w"), {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1});
        const std::vector<int> same{0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
        QVERIFY(align::suggestionsOf(*layerOf(tokens, 0, same, same), 10).empty());
        // Neither are small ones, nor classes where the corpus has none.
        const auto bare = tokensOf(std::vector<std::string>(4, "w"), {});
        QVERIFY(align::suggestionsOf(*layerOf(bare, 0, {0, 0, 0, 0}, {0, 1, 2, 3}), 10).empty());
    }

    void ofEachReasonOnlySoManyAreGiven()
    {
        const auto tokens = tokensOf(std::vector<std::string>(20, "w"), {});
        std::vector<int> a, b;
        for (int row = 0; row < 20; ++row) {
            a.push_back(row / 10);
            b.push_back(row % 2);
        }
        QCOMPARE(align::suggestionsOf(*layerOf(tokens, 0, a, b), 10).size(), std::size_t{4});
        QCOMPARE(align::suggestionsOf(*layerOf(tokens, 0, a, b), 1).size(), std::size_t{2});
    }
};

QTEST_APPLESS_MAIN(WordPathTest)
#include "tst_word_path.moc"
