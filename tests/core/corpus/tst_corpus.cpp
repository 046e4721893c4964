// A Corpus is its arrays, checked: whatever a damaged project file holds, no index leads out of them.

#include <QtTest/QtTest>

#include <functional>
#include <string>

#include "core/corpus/corpus_fixture.h"
#include "corpus/corpus.h"
#include "support/reference.h"

using namespace palimpsest;
using base::SentenceId;
using corpus::Corpus;
using corpus::CorpusParts;

namespace {

const std::vector<std::string> kSentences{"the film is the best", "", "a film"};

CorpusParts goodParts()
{
    return testing::partsOf(kSentences, {1, corpus::kNoClass, 0}, {"negative", "positive"});
}

} // namespace

class CorpusTest : public QObject {
    Q_OBJECT

private slots:
    void givesWordsClassesAndText();
    void mayBeEmpty();
    void refusesDamagedParts_data();
    void refusesDamagedParts();
};

void CorpusTest::givesWordsClassesAndText()
{
    const auto result = Corpus::fromParts(goodParts());
    VERIFY_RESULT(result);
    const Corpus& corpus = *result.value();
    QCOMPARE(corpus.sentenceCount(), std::size_t{3});
    QCOMPARE(corpus.wordCount(), std::size_t{7});
    const auto words = corpus.wordsOf(SentenceId{0});
    QCOMPARE(
        std::vector<std::uint32_t>(words.begin(), words.end()), (std::vector<std::uint32_t>{0, 1, 2, 0, 3}));
    QVERIFY(corpus.wordsOf(SentenceId{1}).empty());
    QCOMPARE(corpus.word(base::WordId{3}), std::string_view("best"));
    QCOMPARE(corpus.classOf(SentenceId{0}), 1);
    QCOMPARE(corpus.classOf(SentenceId{1}), corpus::kNoClass);
    QCOMPARE(corpus.text(SentenceId{0}), kSentences[0]);
    QCOMPARE(corpus.text(SentenceId{1}), std::string());
    QCOMPARE(corpus.text(SentenceId{2}), kSentences[2]);
    QCOMPARE(corpus.parts().sourceLine, (std::vector<std::uint32_t>{1, 2, 3}));
}

void CorpusTest::mayBeEmpty()
{
    CorpusParts parts;
    parts.sentenceStart = {0};
    const auto result = Corpus::fromParts(std::move(parts));
    VERIFY_RESULT(result);
    QCOMPARE(result.value()->sentenceCount(), std::size_t{0});
}

using Damage = std::function<void(CorpusParts&)>;
Q_DECLARE_METATYPE(Damage)

void CorpusTest::refusesDamagedParts_data()
{
    QTest::addColumn<Damage>("damage");
    const auto row = [](const char* name, Damage damage) { QTest::newRow(name) << std::move(damage); };
    row("no sentence starts", [](CorpusParts& p) { p.sentenceStart.clear(); });
    row("one start too few", [](CorpusParts& p) { p.sentenceStart.pop_back(); });
    row("first start is not 0", [](CorpusParts& p) { p.sentenceStart[0] = 1; });
    row("starts go back", [](CorpusParts& p) { p.sentenceStart[1] = 6, p.sentenceStart[2] = 5; });
    row("last start is beyond the words", [](CorpusParts& p) { p.sentenceStart.back() = 8; });
    row("last start is before the end", [](CorpusParts& p) { p.sentenceStart.back() = 6; });
    row("a class too few", [](CorpusParts& p) { p.sentenceClass.pop_back(); });
    row("a line too few", [](CorpusParts& p) { p.sourceLine.pop_back(); });
    row("class beyond the names", [](CorpusParts& p) { p.sentenceClass[0] = 2; });
    row("class below none", [](CorpusParts& p) { p.sentenceClass[0] = -2; });
    row("a class name twice", [](CorpusParts& p) { p.classNames[1] = "negative"; });
    row("too many classes", [](CorpusParts& p) {
        for (std::size_t i = 0; i < corpus::kMaxClasses; ++i)
            p.classNames.push_back(std::to_string(i));
    });
    row("word beyond the vocabulary", [](CorpusParts& p) { p.words.back() = 99; });
    row("vocabulary is cut", [](CorpusParts& p) { p.vocabulary.pop_back(); });
    row("vocabulary has an unused word", [](CorpusParts& p) { p.vocabulary.emplace_back("unused"); });
    row("a word twice in the vocabulary", [](CorpusParts& p) { p.vocabulary[2] = "the"; });
    row("words not in order of appearance", [](CorpusParts& p) { std::swap(p.words[1], p.words[2]); });
}

void CorpusTest::refusesDamagedParts()
{
    QFETCH(Damage, damage);
    CorpusParts parts = goodParts();
    damage(parts);
    const auto result = Corpus::fromParts(std::move(parts));
    QVERIFY(!result);
    QCOMPARE(result.error().code, base::ErrorCode::Malformed);
    QVERIFY(result.error().message.find("damaged") != std::string::npos);
}

QTEST_APPLESS_MAIN(CorpusTest)
#include "tst_corpus.moc"
