// Opening a folder: what is read, what is refused and with which words, and what a tokenizer says about
// itself.

#include <QTemporaryDir>

#include <atomic>
#include <fstream>
#include <limits>
#include <thread>

#include <nlohmann/json.hpp>

#include "support/reference.h"
#include "tokenizer/tokenizer.h"

using nlohmann::json;
using palimpsest::base::ErrorCode;
using palimpsest::tokenizer::Encoding;
using palimpsest::tokenizer::Tokenizer;
namespace fs = std::filesystem;

namespace {

using Ids = std::vector<std::int32_t>;

/// A folder of files that disappears with the test.
class ModelFolder {
public:
    void write(const char* name, const std::string& content) const
    {
        std::ofstream(path() / name) << content;
    }
    void write(const char* name, const json& content) const { write(name, content.dump()); }
    [[nodiscard]] fs::path path() const { return m_folder.path().toStdString(); }
    [[nodiscard]] auto open() const { return Tokenizer::open(path()); }

private:
    QTemporaryDir m_folder;
};

json smallWordPiece()
{
    return json::parse(R"({
        "added_tokens": [
            {"id": 0, "content": "[PAD]", "special": true, "normalized": false},
            {"id": 2, "content": "[CLS]", "special": true, "normalized": false},
            {"id": 3, "content": "[SEP]", "special": true, "normalized": false}],
        "normalizer": {"type": "BertNormalizer", "lowercase": true},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "BertProcessing", "cls": ["[CLS]", 2], "sep": ["[SEP]", 3]},
        "truncation": {"max_length": 3}, "padding": {"length": 16},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab":
            {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "the": 4, "cat": 5, "##s": 6, "The": 7}}})");
}

} // namespace

class TestTokenizerFiles : public QObject {
    Q_OBJECT

private slots:
    void aFolderWithoutTokenizerNamesTheFilesLookedFor();
    void tokenizerJsonIsPreferredToClassicFiles();
    void storedTruncationAndPaddingAreNotApplied();
    void theConfigOverrulesLowerCase();
    void anUnknownComponentIsNamedWithThoseSupported_data();
    void anUnknownComponentIsNamedWithThoseSupported();
    void brokenFilesAreRefused_data();
    void brokenFilesAreRefused();
    void specialTokensHaveTheRolesOfTheConfig();
    void aLengthOfTenToTheThirtyMeansNoLimit();
    void entriesAreFoundBothWays();
    void bytesThatAreNotUtf8CountAsReplacementCharacters();
    void fingerprintsFollowTheContent();
    void oneTokenizerServesManyThreads();
    void nestedSequencesAreReadToALimit();
};

void TestTokenizerFiles::aFolderWithoutTokenizerNamesTheFilesLookedFor()
{
    const ModelFolder folder;
    const auto opened = folder.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::NotFound);
    for (const char* name :
        {"tokenizer.json", "vocab.txt", "vocab.json", "spiece.model", "sentencepiece.bpe.model"})
        QVERIFY2(opened.error().message.find(name) != std::string::npos, opened.error().message.c_str());
    QCOMPARE(Tokenizer::open(folder.path() / "absent").error().code, ErrorCode::NotFound);
}

void TestTokenizerFiles::tokenizerJsonIsPreferredToClassicFiles()
{
    const ModelFolder folder;
    folder.write("vocab.txt", std::string("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\n"));
    const auto classic = folder.open();
    VERIFY_RESULT(classic);
    QCOMPARE(classic.value()->encode("the").ids, (Ids{2, 5, 3}));
    folder.write("tokenizer.json", smallWordPiece());
    const auto preferred = folder.open();
    VERIFY_RESULT(preferred);
    QCOMPARE(preferred.value()->encode("the").ids, (Ids{2, 4, 3}));
}

void TestTokenizerFiles::storedTruncationAndPaddingAreNotApplied()
{
    const ModelFolder folder;
    folder.write("tokenizer.json", smallWordPiece());
    const auto opened = folder.open();
    VERIFY_RESULT(opened);
    QCOMPARE(opened.value()->encode("The cats, the cat").ids, (Ids{2, 4, 5, 6, 1, 4, 5, 3}));
}

void TestTokenizerFiles::theConfigOverrulesLowerCase()
{
    const ModelFolder folder;
    folder.write("tokenizer.json", smallWordPiece());
    folder.write("tokenizer_config.json", json{{"do_lower_case", false}});
    const auto opened = folder.open();
    VERIFY_RESULT(opened);
    QCOMPARE(opened.value()->encode("The the").ids, (Ids{2, 7, 4, 3}));
}

void TestTokenizerFiles::anUnknownComponentIsNamedWithThoseSupported_data()
{
    QTest::addColumn<QString>("component");
    QTest::addColumn<QString>("supported");
    QTest::newRow("normalizer") << QStringLiteral("normalizer") << QStringLiteral("BertNormalizer");
    QTest::newRow("pre-tokenizer") << QStringLiteral("pre_tokenizer") << QStringLiteral("Metaspace");
    QTest::newRow("post-processor") << QStringLiteral("post_processor")
                                    << QStringLiteral("TemplateProcessing");
    QTest::newRow("model") << QStringLiteral("model") << QStringLiteral("Unigram");
}

void TestTokenizerFiles::anUnknownComponentIsNamedWithThoseSupported()
{
    QFETCH(QString, component);
    QFETCH(QString, supported);
    const ModelFolder folder;
    json description = smallWordPiece();
    description[component.toStdString()]["type"] = "Oracle";
    folder.write("tokenizer.json", description);
    const auto opened = folder.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Unsupported);
    const QString message = QString::fromStdString(opened.error().message);
    QVERIFY2(message.contains(QStringLiteral("Oracle")) && message.contains(supported), qPrintable(message));
}

void TestTokenizerFiles::brokenFilesAreRefused_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    const auto changed = [](const char* pointer, const json& value) {
        json description = smallWordPiece();
        description[json::json_pointer(pointer)] = value;
        return QByteArray::fromStdString(description.dump());
    };
    const QString file = QStringLiteral("tokenizer.json");
    QTest::newRow("cut off") << file << QByteArray::fromStdString(smallWordPiece().dump()).chopped(20);
    QTest::newRow("a list") << file << QByteArray("[]");
    QTest::newRow("no model") << file << changed("/model", nullptr);
    QTest::newRow("no vocabulary") << file << changed("/model/vocab", 7);
    QTest::newRow("id as text") << file << changed("/model/vocab/the", "four");
    QTest::newRow("huge id") << file << changed("/model/vocab/the", 2000000000);
    QTest::newRow("negative id") << file << changed("/model/vocab/the", -1);
    QTest::newRow("unknown token missing") << file << changed("/model/unk_token", "<none>");
    QTest::newRow("huge special id") << file << changed("/post_processor/cls/1", 4000000000U);
    QTest::newRow("added token without id") << file << changed("/added_tokens/0/id", nullptr);
    QTest::newRow("unreadable expression")
        << file
        << changed("/normalizer", {{"type", "Replace"}, {"pattern", {{"Regex", "(("}}}, {"content", ""}});
    QTest::newRow("damaged character map")
        << file << changed("/normalizer", {{"type", "Precompiled"}, {"precompiled_charsmap", "/////w=="}});
    QTest::newRow("vocab.txt empty") << QStringLiteral("vocab.txt") << QByteArray();
    QTest::newRow("vocab.txt not UTF-8") << QStringLiteral("vocab.txt") << QByteArray("[UNK]\n\xff\n");
    QTest::newRow("spiece.model empty") << QStringLiteral("spiece.model") << QByteArray();
    QTest::newRow("spiece.model cut off") << QStringLiteral("spiece.model")
                                          << QByteArray("\x0a\x7f\x0a\x03"
                                                        "abc",
                                                 7);
    QTest::newRow("spiece.model is text")
        << QStringLiteral("spiece.model") << QByteArray("version https://git-lfs");
}

void TestTokenizerFiles::brokenFilesAreRefused()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    const ModelFolder folder;
    folder.write(file.toStdString().c_str(), content.toStdString());
    const auto opened = folder.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Malformed);
    QVERIFY2(
        opened.error().message.find(file.toStdString()) != std::string::npos, opened.error().message.c_str());
}

void TestTokenizerFiles::specialTokensHaveTheRolesOfTheConfig()
{
    const ModelFolder folder;
    folder.write("tokenizer.json", smallWordPiece());
    folder.write("tokenizer_config.json",
        json{{"cls_token", "[CLS]"}, {"sep_token", {{"content", "[SEP]"}}}, {"unk_token", "[UNK]"},
            {"pad_token", "[PAD]"}, {"model_max_length", 48}});
    const auto opened = folder.open();
    VERIFY_RESULT(opened);
    const Tokenizer& tokenizer = *opened.value();
    QCOMPARE(tokenizer.clsId(), std::optional(2));
    QCOMPARE(tokenizer.sepId(), std::optional(3));
    QCOMPARE(tokenizer.unkId(), std::optional(1));
    QCOMPARE(tokenizer.padId(), 0);
    QVERIFY(!tokenizer.maskId());
    QVERIFY(tokenizer.isSpecial(1) && tokenizer.isSpecial(2) && !tokenizer.isSpecial(4)
        && !tokenizer.isSpecial(-1));
    QCOMPARE(tokenizer.maxLength(), std::size_t{48});
}

void TestTokenizerFiles::aLengthOfTenToTheThirtyMeansNoLimit()
{
    const ModelFolder folder;
    folder.write("tokenizer.json", smallWordPiece());
    folder.write(
        "tokenizer_config.json", std::string(R"({"model_max_length": 1000000000000000019884624838656})"));
    const auto opened = folder.open();
    VERIFY_RESULT(opened);
    QCOMPARE(opened.value()->maxLength(), std::numeric_limits<std::size_t>::max());
}

void TestTokenizerFiles::entriesAreFoundBothWays()
{
    const ModelFolder folder;
    folder.write("tokenizer.json", smallWordPiece());
    const auto opened = folder.open();
    VERIFY_RESULT(opened);
    const Tokenizer& tokenizer = *opened.value();
    QCOMPARE(tokenizer.vocabularySize(), std::size_t{8});
    QCOMPARE(tokenizer.token(6), std::string_view("##s"));
    QCOMPARE(tokenizer.token(8), std::string_view());
    QCOMPARE(tokenizer.token(-1), std::string_view());
    QCOMPARE(tokenizer.id("cat"), std::optional(5));
    QVERIFY(!tokenizer.id("dog"));
}

void TestTokenizerFiles::bytesThatAreNotUtf8CountAsReplacementCharacters()
{
    const ModelFolder folder;
    folder.write("tokenizer.json", smallWordPiece());
    const auto opened = folder.open();
    VERIFY_RESULT(opened);
    // BERT drops U+FFFD, so only the offsets show that it was there: one for each maximal broken sequence.
    const Encoding encoding = opened.value()->encode("\xff\xe2\x82"
                                                     " cat\xf0\x9f");
    QCOMPARE(encoding.ids, (Ids{2, 5, 3}));
    QCOMPARE(encoding.offsets[1], (std::array<std::uint32_t, 2>{3, 6}));
}

void TestTokenizerFiles::fingerprintsFollowTheContent()
{
    const ModelFolder folder;
    folder.write("tokenizer.json", smallWordPiece());
    const auto first = folder.open();
    const auto again = folder.open();
    folder.write("tokenizer_config.json", json{{"do_lower_case", false}});
    const auto changed = folder.open();
    VERIFY_RESULT(first);
    VERIFY_RESULT(again);
    VERIFY_RESULT(changed);
    QCOMPARE(first.value()->fingerprint(), again.value()->fingerprint());
    QVERIFY(first.value()->fingerprint() != changed.value()->fingerprint());
}

void TestTokenizerFiles::oneTokenizerServesManyThreads()
{
    const ModelFolder folder;
    folder.write("tokenizer.json", smallWordPiece());
    const auto opened = folder.open();
    VERIFY_RESULT(opened);
    const Ids expected = opened.value()->encode("the cats cat the").ids;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 2000; ++i)
                wrong += opened.value()->encode("the cats cat the").ids != expected ? 1 : 0;
        });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

void TestTokenizerFiles::nestedSequencesAreReadToALimit()
{
    const auto nested = [](int depth) {
        json normalizer = {{"type", "Lowercase"}};
        for (int i = 0; i < depth; ++i)
            normalizer = {{"type", "Sequence"}, {"normalizers", {normalizer}}};
        json description = smallWordPiece();
        description["normalizer"] = normalizer;
        return description;
    };
    const ModelFolder folder;
    folder.write("tokenizer.json", nested(3));
    VERIFY_RESULT(folder.open());
    folder.write("tokenizer.json", nested(1000));
    QCOMPARE(folder.open().error().code, ErrorCode::Malformed);
}

QTEST_GUILESS_MAIN(TestTokenizerFiles)
#include "tst_tokenizer_files.moc"
