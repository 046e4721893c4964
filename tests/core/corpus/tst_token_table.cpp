// Which occurrences are analysed: ConceptX's filter, checked by hand and against what ConceptX wrote.

#include <QtTest/QtTest>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "core/corpus/corpus_fixture.h"
#include "corpus/reader.h"
#include "corpus/token_table.h"
#include "support/reference.h"

using namespace palimpsest;
using base::ErrorCode;
using base::SentenceId;
using base::TokenId;
using base::WordId;
using corpus::FrequencyFilter;
using corpus::Token;
using corpus::TokenTable;
using corpus::WordPlace;

namespace {

using Texts = std::vector<std::string>;

/// "word@sentence.position" of every row.
Texts rowsOf(const TokenTable& table)
{
    Texts rows;
    for (const Token& token : table.rows()) {
        rows.push_back(std::string(table.corpus().word(token.word)) + "@"
            + std::to_string(base::toIndex(token.sentence)) + "." + std::to_string(token.position));
    }
    return rows;
}

std::shared_ptr<const corpus::Corpus> sampleCorpus()
{
    return testing::corpusOf({"a b a", "", "c a b"}, {0, corpus::kNoClass, 1}, {"x", "y"});
}

QByteArray readAll(const std::filesystem::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TokenTableTest : public QObject {
    Q_OBJECT

private slots:
    void takesEveryOccurrenceWithoutFilter();
    void dropsRareWords();
    void dropsFrequentWords();
    void keepsTheFirstOccurrences();
    void leftOutOccurrencesCountButTakeNoPlace();
    void needsTwoRows();
    void acceptsItsOwnRows();
    void refusesRowsThatDisagreeWithTheCorpus_data();
    void refusesRowsThatDisagreeWithTheCorpus();
    void agreesWithConceptX_data();
    void agreesWithConceptX();
    void agreesWithTheRuleOnNewsText_data();
    void agreesWithTheRuleOnNewsText();
};

void TokenTableTest::takesEveryOccurrenceWithoutFilter()
{
    const auto table = corpus::filterOccurrences(sampleCorpus(), {}, {});
    VERIFY_RESULT(table);
    QCOMPARE(rowsOf(*table.value()), (Texts{"a@0.0", "b@0.1", "a@0.2", "c@2.0", "a@2.1", "b@2.2"}));
    QCOMPARE(table.value()->size(), std::size_t{6});
    QCOMPARE(table.value()->classOf(TokenId{0}), 0);
    QCOMPARE(table.value()->classOf(TokenId{3}), 1);
}

void TokenTableTest::dropsRareWords()
{
    FrequencyFilter filter;
    filter.minFrequency = 2;
    QCOMPARE(rowsOf(*corpus::filterOccurrences(sampleCorpus(), filter, {}).value()),
        (Texts{"a@0.0", "b@0.1", "a@0.2", "a@2.1", "b@2.2"}));
}

void TokenTableTest::dropsFrequentWords()
{
    FrequencyFilter filter;
    filter.maxFrequency = 2;
    QCOMPARE(rowsOf(*corpus::filterOccurrences(sampleCorpus(), filter, {}).value()),
        (Texts{"b@0.1", "c@2.0", "b@2.2"}));
}

void TokenTableTest::keepsTheFirstOccurrences()
{
    FrequencyFilter filter;
    filter.maxOccurrences = 2;
    QCOMPARE(rowsOf(*corpus::filterOccurrences(sampleCorpus(), filter, {}).value()),
        (Texts{"a@0.0", "b@0.1", "a@0.2", "c@2.0", "b@2.2"}));
}

void TokenTableTest::leftOutOccurrencesCountButTakeNoPlace()
{
    const std::vector<WordPlace> leftOut{{SentenceId{0}, 0}, {SentenceId{2}, 0}};
    FrequencyFilter filter;
    filter.maxOccurrences = 2;
    QCOMPARE(rowsOf(*corpus::filterOccurrences(sampleCorpus(), filter, leftOut).value()),
        (Texts{"b@0.1", "a@0.2", "a@2.1", "b@2.2"}));
    // Two of a's three occurrences remain, and still its frequency is three.
    filter.maxFrequency = 2;
    QCOMPARE(rowsOf(*corpus::filterOccurrences(sampleCorpus(), filter, leftOut).value()),
        (Texts{"b@0.1", "b@2.2"}));
}

void TokenTableTest::needsTwoRows()
{
    FrequencyFilter filter;
    filter.maxFrequency = 1;
    const auto one = corpus::filterOccurrences(sampleCorpus(), filter, {});
    QVERIFY(!one);
    QCOMPARE(one.error().code, ErrorCode::TooFewRows);
    QVERIFY(one.error().message.find("Only 1 of the 6 ") != std::string::npos);
    filter.minFrequency = 100;
    QCOMPARE(corpus::filterOccurrences(sampleCorpus(), filter, {}).error().code, ErrorCode::TooFewRows);
}

void TokenTableTest::acceptsItsOwnRows()
{
    FrequencyFilter filter;
    filter.maxOccurrences = 1;
    const auto table = corpus::filterOccurrences(sampleCorpus(), filter, {}).value();
    const auto rows = table->rows();
    const auto again = TokenTable::fromRows(table->sharedCorpus(), {rows.begin(), rows.end()});
    VERIFY_RESULT(again);
    QCOMPARE(rowsOf(*again.value()), rowsOf(*table));
}

void TokenTableTest::refusesRowsThatDisagreeWithTheCorpus_data()
{
    QTest::addColumn<quint32>("sentence");
    QTest::addColumn<quint32>("position");
    QTest::addColumn<quint32>("word");
    QTest::newRow("no such sentence") << 3U << 0U << 0U;
    QTest::newRow("no such position") << 2U << 3U << 0U;
    QTest::newRow("position in an empty sentence") << 1U << 0U << 0U;
    QTest::newRow("another word") << 2U << 0U << 1U;
    QTest::newRow("the same place again") << 0U << 1U << 1U;
    QTest::newRow("an earlier place") << 0U << 0U << 0U;
}

void TokenTableTest::refusesRowsThatDisagreeWithTheCorpus()
{
    QFETCH(quint32, sentence);
    QFETCH(quint32, position);
    QFETCH(quint32, word);
    const std::vector<Token> rows{
        {SentenceId{0}, 1, WordId{1}}, {SentenceId{sentence}, position, WordId{word}}};
    const auto table = TokenTable::fromRows(sampleCorpus(), rows);
    QVERIFY(!table);
    QCOMPARE(table.error().code, ErrorCode::Malformed);
    QVERIFY(table.error().message.find("row 1 ") != std::string::npos);
}

void TokenTableTest::agreesWithConceptX_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("SST-2, 300 sentences") << "sst2-300-base-layer6-K50";
    QTest::newRow("SST-2, 80 sentences") << "sst2-80-base-layer6-K50-vectors";
    QTest::newRow("news, 1,000 sentences") << "labelled-base-layer6-K100";
}

void TokenTableTest::agreesWithConceptX()
{
    // sentences.json, words_freq.json and vocab.txt as ConceptX's own scripts wrote them.
    REQUIRE_REFERENCE("conceptx");
    QFETCH(QString, name);
    const std::filesystem::path folder = testing::referenceDir() / "conceptx" / name.toStdString();
    QTemporaryDir temporary;
    const std::filesystem::path text = std::filesystem::path(temporary.path().toStdString()) / "corpus.txt";
    {
        std::ofstream stream(text, std::ios::binary);
        for (const QJsonValue sentence : QJsonDocument::fromJson(readAll(folder / "sentences.json")).array())
            stream << sentence.toString().toStdString() << '\n';
    }
    const auto corpus = corpus::readCorpus(text, {}, {});
    VERIFY_RESULT(corpus);

    std::map<std::string, int> counts;
    for (const std::uint32_t word : corpus.value()->parts().words)
        ++counts[corpus.value()->parts().vocabulary[word]];
    const QJsonObject frequencies = QJsonDocument::fromJson(readAll(folder / "words_freq.json")).object();
    QCOMPARE(counts.size(), static_cast<std::size_t>(frequencies.size()));
    for (const auto& [word, count] : counts)
        QCOMPARE(count, frequencies.value(QString::fromStdString(word)).toInt());

    const FrequencyFilter asInGetClusters{0, 1'000'000, 1'000'000};
    const auto table = corpus::filterOccurrences(corpus.value(), asInGetClusters, {});
    VERIFY_RESULT(table);
    std::ifstream vocabulary(folder / "vocab.txt", std::ios::binary);
    std::map<std::string, int> seen;
    std::size_t row = 0;
    for (std::string line; std::getline(vocabulary, line); ++row) {
        QVERIFY(row < table.value()->size());
        const Token& token = table.value()->token(base::toId<TokenId>(row));
        const std::string word(corpus.value()->word(token.word));
        QCOMPARE(line,
            word + "|||" + std::to_string(++seen[word]) + "|||"
                + std::to_string(base::toIndex(token.sentence)) + "|||" + std::to_string(token.position));
    }
    QCOMPARE(row, table.value()->size());
}

void TokenTableTest::agreesWithTheRuleOnNewsText_data()
{
    // From 15 lines of Python over labelled.txt that apply the rule of frequency_filter_data.py: number of
    // rows, and the sum over rows i = 1, 2, … of i · (31 · sentence + position).
    QTest::addColumn<quint32>("minimum");
    QTest::addColumn<quint32>("occurrences");
    QTest::addColumn<quint32>("maximum");
    QTest::addColumn<quint64>("rows");
    QTest::addColumn<quint64>("checksum");
    QTest::newRow("nothing filtered")
        << 0U << 1'000'000U << 1'000'000U << quint64{23163} << quint64{5'554'618'803'467};
    QTest::newRow("all three") << 2U << 10U << 100U << quint64{7967} << quint64{604'670'810'316};
    QTest::newRow("types") << 1U << 1U << 1'000'000'000U << quint64{6427} << quint64{380'257'249'854};
    QTest::newRow("few of the middle") << 5U << 3U << 50U << quint64{1563} << quint64{12'538'109'513};
}

void TokenTableTest::agreesWithTheRuleOnNewsText()
{
    REQUIRE_REFERENCE("data/conceptx/labelled.txt");
    QFETCH(quint32, minimum);
    QFETCH(quint32, occurrences);
    QFETCH(quint32, maximum);
    QFETCH(quint64, rows);
    QFETCH(quint64, checksum);
    const auto corpus = corpus::readCorpus(testing::referenceDir() / "data/conceptx/labelled.txt", {}, {});
    VERIFY_RESULT(corpus);
    const auto table = corpus::filterOccurrences(corpus.value(), {minimum, occurrences, maximum}, {});
    VERIFY_RESULT(table);
    QCOMPARE(table.value()->size(), static_cast<std::size_t>(rows));
    quint64 sum = 0;
    quint64 number = 0;
    for (const Token& token : table.value()->rows())
        sum += ++number * (31 * static_cast<quint64>(token.sentence) + token.position);
    QCOMPARE(sum, checksum);
}

QTEST_APPLESS_MAIN(TokenTableTest)
#include "tst_token_table.moc"
