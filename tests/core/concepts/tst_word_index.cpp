// Words are found by their beginning, whatever their case, with their occurrences and concepts.

#include <QtTest/QtTest>

#include "concepts/word_index.h"
#include "partition_fixture.h"

using namespace palimpsest;
using concepts::WordIndex;

namespace {

/// One sentence; an empty word stands for a place that is not analysed.
std::shared_ptr<const corpus::TokenTable> tokensOf(const std::vector<std::string>& words)
{
    corpus::CorpusParts parts;
    std::vector<corpus::Token> rows;
    for (std::uint32_t position = 0; position < words.size(); ++position) {
        const std::string word = words[position].empty() ? "unseen" : words[position];
        const auto known = std::ranges::find(parts.vocabulary, word);
        const auto id = static_cast<std::uint32_t>(known - parts.vocabulary.begin());
        if (known == parts.vocabulary.end())
            parts.vocabulary.push_back(word);
        parts.words.push_back(id);
        if (!words[position].empty())
            rows.push_back({base::SentenceId{0}, position, base::WordId{id}});
    }
    parts.sentenceStart = {0, static_cast<std::uint32_t>(words.size())};
    parts.sentenceClass = {corpus::kNoClass};
    parts.sourceLine = {1};
    auto corpus = corpus::Corpus::fromParts(std::move(parts)).value();
    return corpus::TokenTable::fromRows(corpus, std::move(rows)).value();
}

std::vector<std::string> found(const WordIndex& index, std::string_view prefix, std::size_t limit = 10)
{
    std::vector<std::string> words;
    for (const base::WordId word : index.find(prefix, limit))
        words.emplace_back(index.tokens()->corpus().word(word));
    return words;
}

using Words = std::vector<std::string>;

} // namespace

class WordIndexTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const corpus::TokenTable> m_tokens
        = tokensOf({"films", "film", "Film", "films", "filmed", "films", "", "Größe", "größer", "straße"});
    std::shared_ptr<const WordIndex> m_index = WordIndex::make(m_tokens);

private slots:
    void theWordItselfComesFirstThenTheFrequentOnes()
    {
        QCOMPARE(found(*m_index, "film"), (Words{"film", "Film", "films", "filmed"}));
        QCOMPARE(found(*m_index, "film", 2), (Words{"film", "Film"}));
        QCOMPARE(found(*m_index, "filme"), (Words{"filmed"}));
    }

    void letterCaseDoesNotMatter()
    {
        QCOMPARE(found(*m_index, "GRÖ"), (Words{"Größe", "größer"}));
        QCOMPARE(found(*m_index, "GRÖSSE"), (Words{"Größe", "größer"})); // ß folds to ss
        QCOMPARE(found(*m_index, "STRASSE"), (Words{"straße"}));
    }

    void whatIsNotThereIsNotFound()
    {
        QVERIFY(found(*m_index, "").empty());
        QVERIFY(found(*m_index, "unseen").empty()); // in the corpus, but none of its occurrences is analysed
        QVERIFY(found(*m_index, "zzz").empty());
        QVERIFY(found(*m_index, "\xff").empty());
        QVERIFY(!m_index->exactly("FILM"));
        QVERIFY(m_index->exactly("Film") == base::WordId{2});
    }

    void occurrencesAreInCorpusOrder()
    {
        const auto rows = m_index->occurrences(*m_index->exactly("films"));
        QCOMPARE(std::vector<base::TokenId>(rows.begin(), rows.end()),
            (std::vector<base::TokenId>{base::TokenId{0}, base::TokenId{3}, base::TokenId{5}}));
    }

    void conceptsOfOccurrencesHaveTheMostFirst()
    {
        const auto concepts = testing::conceptsOf(m_tokens, {0, 1, 1, 2, 1, 2, 3, 3, 3});
        const auto shares
            = concepts::conceptsOfOccurrences(*concepts, m_index->occurrences(*m_index->exactly("films")));
        QCOMPARE(shares.size(), std::size_t{2});
        QVERIFY(shares[0].id == base::ClusterId{2} && shares[0].count == 2);
        QVERIFY(shares[1].id == base::ClusterId{0} && shares[1].count == 1);
        QVERIFY(concepts::conceptsOfOccurrences(*concepts, {}).empty());
    }
};

QTEST_APPLESS_MAIN(WordIndexTest)
#include "tst_word_index.moc"
