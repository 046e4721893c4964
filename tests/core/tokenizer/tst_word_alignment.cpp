// Pieces belong to words by NeuroX's rule, and long sentences are cut as NeuroX and Hugging Face cut them.

#include <algorithm>
#include <fstream>
#include <set>

#include "golden_lines.h"
#include "support/reference.h"
#include "tokenizer/word_alignment.h"

using nlohmann::json;
using palimpsest::tokenizer::cutTo;
using palimpsest::tokenizer::encodeSentence;
using palimpsest::tokenizer::splitIntoWindows;
using palimpsest::tokenizer::Tokenizer;
using palimpsest::tokenizer::WordPieces;
namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;
using TokenizerPtr = std::shared_ptr<const Tokenizer>;

fs::path reference(const std::string& relative)
{
    return palimpsest::testing::referenceDir() / relative;
}

WordPieces encode(const Tokenizer& tokenizer, const Words& words)
{
    const std::vector<std::string_view> views(words.begin(), words.end());
    return encodeSentence(tokenizer, views);
}

/// Words between single spaces, empty ones included.
Words splitAtSpaces(const std::string& text)
{
    Words words;
    std::size_t begin = 0;
    for (std::size_t space = text.find(' '); space != std::string::npos; space = text.find(' ', begin)) {
        words.push_back(text.substr(begin, space - begin));
        begin = space + 1;
    }
    words.push_back(text.substr(begin));
    return words;
}

/// Pieces without special tokens (the unknown token is not one here): NeuroX's `count`.
std::size_t ordinaryPieces(const Tokenizer& tokenizer, const std::string& text)
{
    const auto ids = tokenizer.encode(text).ids;
    return static_cast<std::size_t>(std::count_if(ids.begin(), ids.end(),
        [&](std::int32_t id) { return !tokenizer.isSpecial(id) || id == tokenizer.unkId(); }));
}

/// How many pieces NeuroX expects of each word: it encodes the word between letters "a" and subtracts those
/// (transformers_extractor.py, git a9ac7cd).
std::vector<std::size_t> neuroxCounts(const Tokenizer& tokenizer, const Words& words)
{
    std::vector<std::size_t> counts;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string before = i > 0 ? "a " : "";
        const std::string after = i + 1 < words.size() ? " a" : "";
        const std::size_t letters = (i > 0 ? 1U : 0U) + (i + 1 < words.size() ? 1U : 0U);
        counts.push_back(ordinaryPieces(tokenizer, before + words[i] + after) - letters);
    }
    return counts;
}

std::vector<std::size_t> ourCounts(const WordPieces& pieces)
{
    std::vector<std::size_t> counts(pieces.wordCount, 0);
    for (const std::int32_t word : pieces.wordOfPiece) {
        if (word >= 0)
            ++counts[static_cast<std::size_t>(word)];
    }
    return counts;
}

/// The int64 tensor `input_ids` [24, 40] of an expected.safetensors, and which of its places are real.
struct ExpectedIds {
    std::vector<std::int64_t> ids;
    std::vector<std::int64_t> mask;
};

std::vector<std::int64_t> readInt64(std::ifstream& file, const json& tensor, std::int64_t base)
{
    std::vector<std::int64_t> values(24 * 40);
    file.seekg(base + tensor["data_offsets"][0].get<std::int64_t>());
    file.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * 8));
    return values;
}

ExpectedIds readExpectedIds(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::uint64_t headerSize = 0;
    file.read(reinterpret_cast<char*>(&headerSize), sizeof headerSize);
    std::string text(headerSize, '\0');
    file.read(text.data(), static_cast<std::streamsize>(headerSize));
    const json header = json::parse(text);
    const auto base = static_cast<std::int64_t>(8 + headerSize);
    return {readInt64(file, header["input_ids"], base), readInt64(file, header["attention_mask"], base)};
}

} // namespace

class TestWordAlignment : public QObject {
    Q_OBJECT

private slots:
    void awkwardLinesGiveTheRowsOfNeuroX();
    void everyTokenizerCountsPiecesAsNeuroXDoes_data();
    void everyTokenizerCountsPiecesAsNeuroXDoes();
    void longSentencesAreCutAsHuggingFaceCutsThem_data();
    void longSentencesAreCutAsHuggingFaceCutsThem();
    void aWordThatIsCutInHalfKeepsItsPiecesButNotItsName();
    void aWordBelongsToTheWindowThatGivesItMostContext();
    void everyWordIsInExactlyOneWindow();
    void aWordLongerThanAWindowIsLeftOut();
    void aLoneSpaceMarkBelongsToTheNextWord();
    void noWordsGiveSpecialTokensOnly();
};

void TestWordAlignment::awkwardLinesGiveTheRowsOfNeuroX()
{
    REQUIRE_REFERENCE("neurox/stress.jsonl");
    const auto tokenizer = Tokenizer::open(reference("pairs/minilm-sst2/finetuned"));
    VERIFY_RESULT(tokenizer);
    const auto lines = palimpsest::testing::readJsonLines(reference("neurox/stress.jsonl"));
    QCOMPARE(lines.size(), std::size_t{37});
    for (const json& line : lines) {
        const Words words = line["words"].get<Words>();
        const WordPieces pieces = cutTo(encode(*tokenizer.value(), words), tokenizer.value()->maxLength());
        QVERIFY2(line["input_ids"] == json(pieces.ids), line.dump().c_str());

        // NeuroX keeps a zero row for a lost word and gives no row for what it cut off; both are reported
        // here.
        const auto rows = line["last"]["rows"].get<std::uint32_t>();
        std::set<std::uint32_t> lost = line["last"]["zero_rows"].get<std::set<std::uint32_t>>();
        for (std::uint32_t word = rows; word < words.size(); ++word)
            lost.insert(word);
        QVERIFY2(std::vector<std::uint32_t>(lost.begin(), lost.end()) == pieces.wordsWithoutPiece,
            line.dump().c_str());
    }
}

void TestWordAlignment::everyTokenizerCountsPiecesAsNeuroXDoes_data()
{
    QTest::addColumn<QString>("folder");
    for (const char* folder :
        {"wordpiece-cased", "wordpiece-uncased", "bytelevel-bpe", "unigram-xlmr", "unigram-albert"})
        QTest::newRow(folder) << QString::fromLatin1(folder);
}

void TestWordAlignment::everyTokenizerCountsPiecesAsNeuroXDoes()
{
    REQUIRE_REFERENCE("tokenizers");
    QFETCH(QString, folder);
    const fs::path model = reference("tokenizers/" + folder.toStdString());
    const auto tokenizer = Tokenizer::open(model);
    VERIFY_RESULT(tokenizer);
    for (const json& golden : palimpsest::testing::readJsonLines(model / "goldens.jsonl")) {
        // Empty words are left out, as by the corpus readers: RoBERTa has pieces for runs of spaces, which
        // NeuroX gives to the empty words between them, while here they count as marks in front of the next
        // word.
        Words words = splitAtSpaces(golden["text"].get<std::string>());
        std::erase(words, "");
        const auto expected = neuroxCounts(*tokenizer.value(), words);
        const auto actual = ourCounts(encode(*tokenizer.value(), words));
        QVERIFY2(expected == actual,
            (golden["text"].dump() + "\nNeuroX " + json(expected).dump() + "\nhere   " + json(actual).dump())
                .c_str());
    }
}

void TestWordAlignment::longSentencesAreCutAsHuggingFaceCutsThem_data()
{
    QTest::addColumn<QString>("folder");
    for (const char* folder : {"albert", "bert", "bert-token-classifier", "bert-uncased-classifier",
             "distilbert", "electra", "roberta", "xlm-roberta"})
        QTest::newRow(folder) << QString::fromLatin1(folder);
}

void TestWordAlignment::longSentencesAreCutAsHuggingFaceCutsThem()
{
    REQUIRE_REFERENCE("models");
    QFETCH(QString, folder);
    const fs::path model = reference("models/" + folder.toStdString());
    const auto tokenizer = Tokenizer::open(model);
    VERIFY_RESULT(tokenizer);
    const ExpectedIds expected = readExpectedIds(model / "expected.safetensors");
    std::ifstream sentences(model / "sentences.txt");
    std::size_t row = 0;
    for (std::string sentence; std::getline(sentences, sentence); ++row) {
        const WordPieces pieces = cutTo(encode(*tokenizer.value(), splitAtSpaces(sentence)), 40);
        for (std::size_t i = 0; i < 40; ++i) {
            const std::size_t at = row * 40 + i;
            QCOMPARE(i < pieces.ids.size(), expected.mask[at] == 1);
            QCOMPARE(i < pieces.ids.size() ? pieces.ids[i] : tokenizer.value()->padId(), expected.ids[at]);
        }
    }
    QCOMPARE(row, std::size_t{24});
}

void TestWordAlignment::aWordThatIsCutInHalfKeepsItsPiecesButNotItsName()
{
    WordPieces pieces;
    pieces.ids = {101, 1, 2, 3, 4, 5, 102};
    pieces.wordOfPiece = {-1, 0, 1, 1, 1, 2, -1};
    pieces.wordCount = 3;
    pieces.specialsAfter = 1;

    const WordPieces same = cutTo(pieces, 7);
    QCOMPARE(same.ids, pieces.ids);
    QVERIFY(same.wordsWithoutPiece.empty());

    const WordPieces cut = cutTo(pieces, 5);
    QCOMPARE(cut.ids, (std::vector<std::int32_t>{101, 1, 2, 3, 102}));
    QCOMPARE(cut.wordOfPiece, (std::vector<std::int32_t>{-1, 0, -1, -1, -1}));
    QCOMPARE(cut.wordsWithoutPiece, (std::vector<std::uint32_t>{1, 2}));

    const WordPieces whole = cutTo(pieces, 6); // word 1 still fits completely
    QCOMPARE(whole.wordOfPiece, (std::vector<std::int32_t>{-1, 0, 1, 1, 1, -1}));
    QCOMPARE(whole.wordsWithoutPiece, (std::vector<std::uint32_t>{2}));
}

namespace {

/// Words of one piece each between two special pieces.
WordPieces onePieceWords(int count)
{
    WordPieces pieces;
    pieces.ids.push_back(101);
    pieces.wordOfPiece.push_back(-1);
    for (int word = 0; word < count; ++word) {
        pieces.ids.push_back(word);
        pieces.wordOfPiece.push_back(word);
    }
    pieces.ids.push_back(102);
    pieces.wordOfPiece.push_back(-1);
    pieces.wordCount = static_cast<std::size_t>(count);
    pieces.specialsBefore = 1;
    pieces.specialsAfter = 1;
    return pieces;
}

} // namespace

void TestWordAlignment::aWordBelongsToTheWindowThatGivesItMostContext()
{
    using Ids = std::vector<std::int32_t>;
    // Windows of four words begin at 0, 2, 4 and 5: the last is moved to be full.
    const auto both = splitIntoWindows(onePieceWords(9), 6, false);
    QCOMPARE(both.windows.size(), 4U);
    QVERIFY(both.wordsWithoutPiece.empty());
    QCOMPARE(both.windows[0].ids, (Ids{101, 0, 1, 2, 3, 102}));
    QCOMPARE(both.windows[3].ids, (Ids{101, 5, 6, 7, 8, 102}));
    QCOMPARE(both.windows[0].wordOfPiece, (Ids{-1, 0, 1, 2, -1, -1}));
    QCOMPARE(both.windows[1].wordOfPiece, (Ids{-1, -1, 3, 4, -1, -1}));
    QCOMPARE(both.windows[2].wordOfPiece, (Ids{-1, -1, 5, 6, -1, -1}));
    QCOMPARE(both.windows[3].wordOfPiece, (Ids{-1, -1, -1, 7, 8, -1}));
    QCOMPARE(both.firstWords, (std::vector<std::uint32_t>{0, 3, 5, 7}));
    // A decoder looks back only: the first window that has a word has most of its past.
    const auto past = splitIntoWindows(onePieceWords(9), 6, true);
    QCOMPARE(past.firstWords, (std::vector<std::uint32_t>{0, 4, 6, 8}));
    QCOMPARE(past.windows[1].wordOfPiece, (Ids{-1, -1, -1, 4, 5, -1}));
}

void TestWordAlignment::everyWordIsInExactlyOneWindow()
{
    for (const bool causal : {false, true}) {
        for (int count = 1; count < 60; ++count) {
            for (const std::size_t longest : {3U, 4U, 5U, 8U, 17U, 40U}) {
                const auto split = splitIntoWindows(onePieceWords(count), longest, causal);
                QCOMPARE(split.windows.size(), split.firstWords.size());
                std::int32_t next = 0;
                for (std::size_t w = 0; w < split.windows.size(); ++w) {
                    QCOMPARE_LE(split.windows[w].ids.size(), longest);
                    QCOMPARE(split.firstWords[w], static_cast<std::uint32_t>(next));
                    for (std::size_t i = 0; i < split.windows[w].ids.size(); ++i) {
                        if (split.windows[w].wordOfPiece[i] < 0)
                            continue;
                        QCOMPARE(split.windows[w].wordOfPiece[i], next);
                        QCOMPARE(split.windows[w].ids[i], next);
                        ++next;
                    }
                }
                QCOMPARE(next, count);
            }
        }
    }
}

void TestWordAlignment::aWordLongerThanAWindowIsLeftOut()
{
    WordPieces pieces = onePieceWords(9);
    pieces.wordOfPiece = {-1, 0, 1, 1, 1, 1, 1, 2, 2, 3, -1};
    pieces.wordCount = 5;
    pieces.wordsWithoutPiece = {4};
    const auto split = splitIntoWindows(pieces, 6, false);
    QCOMPARE(split.wordsWithoutPiece, (std::vector<std::uint32_t>{1, 4}));
    QCOMPARE(split.firstWords, (std::vector<std::uint32_t>{0, 2}));
    const auto whole = splitIntoWindows(pieces, 11, false);
    QCOMPARE(whole.windows.size(), 1U);
    QCOMPARE(whole.windows[0].ids, pieces.ids);
    QCOMPARE(whole.wordsWithoutPiece, (std::vector<std::uint32_t>{4}));
}

void TestWordAlignment::aLoneSpaceMarkBelongsToTheNextWord()
{
    REQUIRE_REFERENCE("tokenizers");
    const auto tokenizer = Tokenizer::open(reference("tokenizers/unigram-xlmr"));
    VERIFY_RESULT(tokenizer);
    const WordPieces pieces
        = encode(*tokenizer.value(), {"a", "\U00010348", "b"}); // a Gothic letter is unknown
    std::vector<std::string_view> tokens;
    for (const std::int32_t id : pieces.ids)
        tokens.push_back(tokenizer.value()->token(id));
    QCOMPARE(tokens, (std::vector<std::string_view>{"<s>", "\u2581a", "\u2581", "<unk>", "\u2581b", "</s>"}));
    QCOMPARE(pieces.wordOfPiece, (std::vector<std::int32_t>{-1, 0, 1, 1, 2, -1}));
}

void TestWordAlignment::noWordsGiveSpecialTokensOnly()
{
    REQUIRE_REFERENCE("tokenizers");
    const auto tokenizer = Tokenizer::open(reference("tokenizers/wordpiece-cased"));
    VERIFY_RESULT(tokenizer);
    const WordPieces pieces = encode(*tokenizer.value(), {});
    QCOMPARE(pieces.ids, (std::vector<std::int32_t>{101, 102}));
    QCOMPARE(pieces.wordOfPiece, (std::vector<std::int32_t>{-1, -1}));
    QVERIFY(pieces.wordsWithoutPiece.empty());
}

QTEST_GUILESS_MAIN(TestWordAlignment)
#include "tst_word_alignment.moc"
