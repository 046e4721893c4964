// A preview shows the first rows and suggests columns that readCorpus then accepts.

#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "corpus/reader.h"
#include "support/reference.h"

using namespace palimpsest;
using base::ErrorCode;
using corpus::FileKind;
using corpus::Preview;

using Texts = std::vector<std::string>;

class PreviewTest : public QObject {
    Q_OBJECT

private slots:
    void showsPlainText();
    void numbersColumnsWithoutHeader();
    void namesColumnsOfAHeader();
    void recognisesAHeaderByItsClasses();
    void takesNoSentenceForAHeader();
    void takesNoIdentifierForClasses();
    void padsAndCutsRaggedRows();
    void readsOnlyTheStartOfALargeFile();
    void survivesAHugeLine();
    void failsAsTheReaderDoes();
    void suggestionsCanBeRead_data();
    void suggestionsCanBeRead();
    void suggestsTheColumnsOfTheStanfordSentences();

private:
    std::filesystem::path write(const std::string& name, std::string_view content)
    {
        const std::filesystem::path path = std::filesystem::path(m_folder.path().toStdString()) / name;
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }
    base::Result<Preview> preview(const std::string& name, std::string_view content, std::size_t rows = 10)
    {
        return corpus::previewCorpus(write(name, content), rows);
    }

    QTemporaryDir m_folder;
};

void PreviewTest::showsPlainText()
{
    const auto result = preview("a.txt", "\xEF\xBB\xBFone two\r\n\nthree\tfour\nfive\n", 3);
    VERIFY_RESULT(result);
    QCOMPARE(result.value().kind, FileKind::PlainText);
    QVERIFY(!result.value().hasHeader);
    QCOMPARE(result.value().columns.size(), std::size_t{1});
    QCOMPARE(result.value().rows, (std::vector<Texts>{{"one two"}, {""}, {"three\tfour"}}));
    QVERIFY(result.value().suggestedTextColumn.empty());
    QVERIFY(result.value().suggestedLabelColumn.empty());
}

void PreviewTest::numbersColumnsWithoutHeader()
{
    const auto result = preview("a.tsv", "0\ta good film\n1\ta bad film\n0\tanother one\n1\tthe last\n", 2);
    VERIFY_RESULT(result);
    QCOMPARE(result.value().kind, FileKind::TabSeparated);
    QVERIFY(!result.value().hasHeader);
    QCOMPARE(result.value().columns, (Texts{"1", "2"}));
    QCOMPARE(result.value().rows, (std::vector<Texts>{{"0", "a good film"}, {"1", "a bad film"}}));
    QCOMPARE(result.value().suggestedTextColumn, std::string("2"));
    QCOMPARE(result.value().suggestedLabelColumn, std::string("1"));
}

void PreviewTest::namesColumnsOfAHeader()
{
    const auto result = preview("a.csv", "id,Sentence,label\n1,\"a, b\",x\n2,c,y\n");
    VERIFY_RESULT(result);
    QCOMPARE(result.value().kind, FileKind::CommaSeparated);
    QVERIFY(result.value().hasHeader);
    QCOMPARE(result.value().columns, (Texts{"id", "Sentence", "label"}));
    QCOMPARE(result.value().rows, (std::vector<Texts>{{"1", "a, b", "x"}, {"2", "c", "y"}}));
    QCOMPARE(result.value().suggestedTextColumn, std::string("Sentence"));
    QCOMPARE(result.value().suggestedLabelColumn, std::string("label"));
}

void PreviewTest::recognisesAHeaderByItsClasses()
{
    const auto result
        = preview("a.tsv", "review\tmood\nwas good\tpos\nwas bad\tneg\nso so\tneg\nfine\tpos\n");
    VERIFY_RESULT(result);
    QVERIFY(result.value().hasHeader);
    QCOMPARE(result.value().suggestedTextColumn, std::string("review"));
    QCOMPARE(result.value().suggestedLabelColumn, std::string("mood"));
}

void PreviewTest::takesNoSentenceForAHeader()
{
    const auto result = preview("a.tsv", "good\tpos\nbad\tneg\nso so\tneg\nfine\tpos\n");
    VERIFY_RESULT(result);
    QVERIFY(!result.value().hasHeader);
    QCOMPARE(result.value().suggestedLabelColumn, std::string("2"));
    const auto oneColumn = preview("a.tsv", "a film\nanother film\na third\n");
    VERIFY_RESULT(oneColumn);
    QVERIFY(!oneColumn.value().hasHeader);
    QCOMPARE(oneColumn.value().suggestedTextColumn, std::string("1"));
    QVERIFY(oneColumn.value().suggestedLabelColumn.empty());
}

void PreviewTest::takesNoIdentifierForClasses()
{
    const auto result
        = preview("a.csv", "sentence,key\nw w w w,101\nw w w w,102\nw w w w,103\nw w w w,104\n");
    VERIFY_RESULT(result);
    QVERIFY(result.value().suggestedLabelColumn.empty());
}

void PreviewTest::padsAndCutsRaggedRows()
{
    const auto result = preview("a.tsv", "one\ttwo\nthree\nfour\tfive\tsix\n");
    VERIFY_RESULT(result);
    QCOMPARE(result.value().rows, (std::vector<Texts>{{"one", "two"}, {"three", ""}, {"four", "five"}}));
}

void PreviewTest::readsOnlyTheStartOfALargeFile()
{
    // What comes behind the first MiB is never looked at, not even bytes that are not UTF-8; and a quoted
    // field that the end of that MiB cuts is no error.
    std::string large = "sentence,label\n";
    while (large.size() < (1U << 20) - 100)
        large += "\"a good, film\",1\n";
    large += "\"" + std::string(5000, '\n') + "\",1\n\xFF\xFF";
    const auto result = preview("a.csv", large, 2);
    VERIFY_RESULT(result);
    QCOMPARE(result.value().rows.size(), std::size_t{2});
    QCOMPARE(result.value().suggestedTextColumn, std::string("sentence"));
}

void PreviewTest::survivesAHugeLine()
{
    std::string line;
    while (line.size() < 3U << 20)
        line += "\u4E2D\u6587 ";
    const auto result = preview("a.txt", line, 5);
    VERIFY_RESULT(result);
    QCOMPARE(result.value().rows.size(), std::size_t{1});
    QVERIFY(result.value().rows[0][0].size() <= 1U << 20);
}

void PreviewTest::failsAsTheReaderDoes()
{
    QCOMPARE(corpus::previewCorpus("/nonexistent/a.tsv", 5).error().code, ErrorCode::NotFound);
    QCOMPARE(preview("a.txt", "caf\xE9\n").error().code, ErrorCode::Malformed);
    QCOMPARE(preview("a.csv", "\"open\n").error().code, ErrorCode::Malformed);
    QCOMPARE(preview("a.txt", "").error().code, ErrorCode::TooFewRows);
    QCOMPARE(preview("a.tsv", "\t\n").error().code, ErrorCode::TooFewRows);
}

void PreviewTest::suggestionsCanBeRead_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("tsv") << "a.tsv" << QByteArray("one two\t0\nthree\t1\nfour\t1\nfive\t0\n");
    QTest::newRow("tsv with header") << "a.tsv" << QByteArray(" text \tLabel\none two\t0\nthree\t1\n");
    QTest::newRow("csv with header") << "a.csv" << QByteArray("n,Text,label\n1,\"a, b\",x\n2,c,y\n");
    QTest::newRow("only a header") << "a.csv" << QByteArray("sentence,label\n");
    QTest::newRow("quoted names") << "a.csv" << QByteArray("\"my \"\"text\"\"\",c\na b,x\nc,x\nd e,y\nf,y\n");
}

void PreviewTest::suggestionsCanBeRead()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    const auto shown = preview(name.toStdString(), content.toStdString(), 100);
    VERIFY_RESULT(shown);
    corpus::ReadOptions options;
    options.textColumn = shown.value().suggestedTextColumn;
    options.labelColumn = shown.value().suggestedLabelColumn;
    const auto corpus = corpus::readCorpus(write(name.toStdString(), content.toStdString()), options, {});
    if (shown.value().rows.empty()) {
        QCOMPARE(corpus.error().code, ErrorCode::TooFewRows);
        return;
    }
    VERIFY_RESULT(corpus);
    QCOMPARE(corpus.value()->sentenceCount(), shown.value().rows.size());
    QVERIFY(!corpus.value()->classNames().empty());
}

void PreviewTest::suggestsTheColumnsOfTheStanfordSentences()
{
    REQUIRE_REFERENCE("data/sst2-train.tsv");
    const auto result = corpus::previewCorpus(testing::referenceDir() / "data" / "sst2-train.tsv", 5);
    VERIFY_RESULT(result);
    QVERIFY(!result.value().hasHeader);
    QCOMPARE(result.value().suggestedTextColumn, std::string("1"));
    QCOMPARE(result.value().suggestedLabelColumn, std::string("2"));
    QCOMPARE(result.value().rows.size(), std::size_t{5});
}

QTEST_APPLESS_MAIN(PreviewTest)
#include "tst_preview.moc"
