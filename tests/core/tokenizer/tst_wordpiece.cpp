// WordPiece tokenizers give what Hugging Face's fast tokenizers give, from tokenizer.json and from vocab.txt.

#include <QTemporaryDir>

#include "golden_lines.h"
#include "support/reference.h"

using palimpsest::tokenizer::Tokenizer;
namespace fs = std::filesystem;

class TestWordPiece : public QObject {
    Q_OBJECT

private slots:
    void everyGoldenLineIsEqual_data();
    void everyGoldenLineIsEqual();
};

void TestWordPiece::everyGoldenLineIsEqual_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<bool>("classic");
    for (const char* folder : {"wordpiece-cased", "wordpiece-uncased"}) {
        QTest::addRow("%s tokenizer.json", folder) << QString::fromLatin1(folder) << false;
        QTest::addRow("%s vocab.txt", folder) << QString::fromLatin1(folder) << true;
    }
}

void TestWordPiece::everyGoldenLineIsEqual()
{
    REQUIRE_REFERENCE("tokenizers");
    QFETCH(QString, folder);
    QFETCH(bool, classic);
    const fs::path source = palimpsest::testing::referenceDir() / "tokenizers" / folder.toStdString();
    const QTemporaryDir copy;
    fs::path model = source;
    if (classic) {
        model = copy.path().toStdString();
        fs::copy_file(source / "vocab.txt", model / "vocab.txt");
        fs::copy_file(source / "tokenizer_config.json", model / "tokenizer_config.json");
    }
    const auto tokenizer = Tokenizer::open(model);
    VERIFY_RESULT(tokenizer);
    const auto goldens = palimpsest::testing::readJsonLines(source / "goldens.jsonl");
    QCOMPARE(goldens.size(), std::size_t{540});
    for (const auto& golden : goldens) {
        for (const std::string& difference : {palimpsest::testing::rawDifference(*tokenizer.value(), golden),
                 palimpsest::testing::wordsDifference(*tokenizer.value(), golden, "split"),
                 palimpsest::testing::wordsDifference(*tokenizer.value(), golden, "space")})
            QVERIFY2(difference.empty(), difference.c_str());
    }
}

QTEST_GUILESS_MAIN(TestWordPiece)
#include "tst_wordpiece.moc"
