// Corpora are read strictly: what counts as a line, a word, a column and a class, and what is refused.

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
using base::SentenceId;
using corpus::Corpus;
using corpus::FileKind;
using corpus::ReadOptions;

using Texts = std::vector<std::string>;
using Numbers = std::vector<std::int32_t>;

class ReaderTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_warnings.clear(); }

    void readsOneSentenceALine();
    void acceptsByteOrderMarkAndWindowsLines();
    void separatesWordsBySpaceAndTabOnly();
    void numbersTheVocabularyByFirstAppearance();
    void dropsLongSentencesAndSaysSo();

    void readsTabSeparatedColumnsByNumber();
    void readsColumnsByName();
    void findsItsColumnsByTheirNames();
    void takesTheFirstColumnOtherwise();
    void keepsQuotesOfATabSeparatedFile();
    void readsQuotedFieldsOfACommaSeparatedFile();
    void numbersLinesAcrossQuotedFields();
    void choosesTheKindByExtensionUnlessTold();
    void emptyLineOfATableIsAnEmptySentence();

    void sortsClassesAsNumbersOrByBytes();
    void valuesOfLabelsAreTrimmedAndMayBeAbsent();
    void refusesAColumnThatHoldsNoClasses();

    void namesTheLineThatIsNotUtf8_data();
    void namesTheLineThatIsNotUtf8();
    void namesTheLineWithTooFewColumns();
    void namesTheLineOfBrokenQuotes();
    void listsTheColumnsWhenOneIsMissing();
    void refusesColumnsOfPlainText();
    void refusesOneColumnForBoth();
    void refusesACorpusWithoutWords_data();
    void refusesACorpusWithoutWords();
    void refusesAFileThatIsNotThere();
    void stopsOnRequest();
    void readsTheStanfordSentences();

private:
    std::filesystem::path write(const std::string& name, std::string_view content)
    {
        const std::filesystem::path path = std::filesystem::path(m_folder.path().toStdString()) / name;
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }
    base::Result<std::shared_ptr<const Corpus>> read(
        const std::string& name, std::string_view content, const ReadOptions& options = {})
    {
        const base::JobContext ctx(
            {}, nullptr, [this](std::string w) { m_warnings.push_back(std::move(w)); });
        return corpus::readCorpus(write(name, content), options, ctx);
    }
    static Texts texts(const Corpus& corpus)
    {
        Texts all;
        for (std::size_t s = 0; s < corpus.sentenceCount(); ++s)
            all.push_back(corpus.text(base::toId<SentenceId>(s)));
        return all;
    }
    static bool contains(const std::string& text, std::string_view part)
    {
        return text.find(part) != std::string::npos;
    }

    QTemporaryDir m_folder;
    Texts m_warnings;
};

void ReaderTest::readsOneSentenceALine()
{
    const auto result = read("a.txt", "one two\n\nthree\n");
    VERIFY_RESULT(result);
    QCOMPARE(texts(*result.value()), (Texts{"one two", "", "three"}));
    QCOMPARE(result.value()->parts().sourceLine, (std::vector<std::uint32_t>{1, 2, 3}));
    QCOMPARE(result.value()->parts().sentenceClass, (Numbers{-1, -1, -1}));
    QVERIFY(m_warnings.empty());
    // The last line needs no line feed.
    QCOMPARE(texts(*read("a.txt", "one\ntwo").value()), (Texts{"one", "two"}));
}

void ReaderTest::acceptsByteOrderMarkAndWindowsLines()
{
    const auto result = read("a.txt", "\xEF\xBB\xBFone two\r\nthree\r\n\r\nfour\r");
    VERIFY_RESULT(result);
    QCOMPARE(texts(*result.value()), (Texts{"one two", "three", "", "four"}));
    const auto table = read("a.tsv", "\xEF\xBB\xBFsentence\tlabel\r\ngood\t1\r\nbad\t0\r\n");
    VERIFY_RESULT(table);
    QCOMPARE(texts(*table.value()), (Texts{"good", "bad"}));
    QCOMPARE(table.value()->classNames(), (Texts{"0", "1"}));
    const auto quoted = read("a.csv", "\xEF\xBB\xBF\"text\",label\r\n\"a, b\",\"x\"\r\n");
    VERIFY_RESULT(quoted);
    QCOMPARE(texts(*quoted.value()), (Texts{"a, b"}));
    QCOMPARE(quoted.value()->classNames(), (Texts{"x"}));
}

void ReaderTest::separatesWordsBySpaceAndTabOnly()
{
    // No-break space, line separator, next line, ideographic space, vertical tab and a CR inside are content.
    const std::string text = "  a\u00A0b \t c\u2028d\u0085e  f\u3000g h\vi j\rk  ";
    const auto result = read("a.txt", text + "\n");
    VERIFY_RESULT(result);
    QCOMPARE(result.value()->sentenceCount(), std::size_t{1});
    QCOMPARE(result.value()->parts().vocabulary,
        (Texts{"a\u00A0b", "c\u2028d\u0085e", "f\u3000g", "h\vi", "j\rk"}));
}

void ReaderTest::numbersTheVocabularyByFirstAppearance()
{
    const auto result = read("a.txt", "b a b\nc a\n");
    VERIFY_RESULT(result);
    QCOMPARE(result.value()->parts().vocabulary, (Texts{"b", "a", "c"}));
    QCOMPARE(result.value()->parts().words, (std::vector<std::uint32_t>{0, 1, 0, 2, 1}));
}

void ReaderTest::dropsLongSentencesAndSaysSo()
{
    ReadOptions options;
    options.maxWords = 3;
    const auto result = read("a.txt", "a b\nc d e\nf\ng h i j\n\n", options);
    VERIFY_RESULT(result);
    QCOMPARE(texts(*result.value()), (Texts{"a b", "f", ""}));
    QCOMPARE(result.value()->parts().sourceLine, (std::vector<std::uint32_t>{1, 3, 5}));
    QCOMPARE(result.value()->parts().vocabulary, (Texts{"a", "b", "f"}));
    QCOMPARE(m_warnings, (Texts{"2 sentences of 3 or more words were left out"}));
}

void ReaderTest::readsTabSeparatedColumnsByNumber()
{
    ReadOptions options;
    options.textColumn = "2";
    options.labelColumn = "3";
    const auto result = read("a.tsv", "7\tgood film\tpos\n8\tbad film\tneg\textra\n", options);
    VERIFY_RESULT(result);
    QCOMPARE(texts(*result.value()), (Texts{"good film", "bad film"}));
    QCOMPARE(result.value()->classNames(), (Texts{"neg", "pos"}));
    QCOMPARE(result.value()->parts().sentenceClass, (Numbers{1, 0}));
    QVERIFY(m_warnings.empty());
}

void ReaderTest::readsColumnsByName()
{
    ReadOptions options;
    options.textColumn = "review";
    options.labelColumn = "stars";
    const auto result = read("a.csv", "id, stars,review\n1,5,very good\n2,1,so so\n", options);
    VERIFY_RESULT(result);
    QCOMPARE(texts(*result.value()), (Texts{"very good", "so so"}));
    QCOMPARE(result.value()->classNames(), (Texts{"1", "5"}));
    QCOMPARE(result.value()->parts().sourceLine, (std::vector<std::uint32_t>{2, 3}));
    // A name anywhere makes the first line a header, also where the other column is a number.
    options.textColumn = "3";
    QCOMPARE(
        texts(*read("a.csv", "id,stars,review\n1,5,very good\n", options).value()), (Texts{"very good"}));
}

void ReaderTest::findsItsColumnsByTheirNames()
{
    const auto result = read("a.tsv", "Label\ttext\tSENTENCE\nx\tno\tyes\n");
    VERIFY_RESULT(result);
    QCOMPARE(texts(*result.value()), (Texts{"yes"}));
    QCOMPARE(result.value()->classNames(), (Texts{"x"}));
    QCOMPARE(m_warnings.size(), std::size_t{1});
    QVERIFY(contains(m_warnings[0], "SENTENCE"));
    QVERIFY(contains(m_warnings[0], "Label"));

    m_warnings.clear();
    QCOMPARE(texts(*read("a.csv", "Text\nonly this\n").value()), (Texts{"only this"}));
    QCOMPARE(m_warnings.size(), std::size_t{1});
}

void ReaderTest::takesTheFirstColumnOtherwise()
{
    const auto result = read("a.tsv", "a good film\t1\na bad film\t0\n");
    VERIFY_RESULT(result);
    QCOMPARE(texts(*result.value()), (Texts{"a good film", "a bad film"}));
    QVERIFY(result.value()->classNames().empty());
    QCOMPARE(m_warnings.size(), std::size_t{1});
    QVERIFY(contains(m_warnings[0], "column 1"));
}

void ReaderTest::keepsQuotesOfATabSeparatedFile()
{
    ReadOptions options;
    options.textColumn = "1";
    const auto result = read("a.tsv", "\"he said \"\"no\"\"\tx\n\"\t\"y\n", options);
    VERIFY_RESULT(result);
    QCOMPARE(texts(*result.value()), (Texts{"\"he said \"\"no\"\"", "\""}));
}

void ReaderTest::readsQuotedFieldsOfACommaSeparatedFile()
{
    ReadOptions options;
    options.textColumn = "1";
    options.labelColumn = "2";
    const auto result = read("a.csv",
        "\"a, b\",x\n"
        "\"he said \"\"no\"\"\",x\n"
        "\"two\nlines\r\nand more\",x\n"
        "in \"the\" middle,x\n"
        "\"\",x\n"
        "last,\"y\"",
        options);
    VERIFY_RESULT(result);
    QCOMPARE(texts(*result.value()),
        (Texts{"a, b", "he said \"no\"", "two lines and more", "in \"the\" middle", "", "last"}));
    QCOMPARE(result.value()->parts().sentenceClass, (Numbers{0, 0, 0, 0, 0, 1}));
}

void ReaderTest::numbersLinesAcrossQuotedFields()
{
    ReadOptions options;
    options.textColumn = "1";
    const auto result = read("a.csv", "\"a\nb\nc\",x\nd\n\n\"e\n\"\nf\n", options);
    VERIFY_RESULT(result);
    QCOMPARE(result.value()->parts().sourceLine, (std::vector<std::uint32_t>{1, 4, 5, 6, 8}));
}

void ReaderTest::choosesTheKindByExtensionUnlessTold()
{
    QCOMPARE(texts(*read("a.TSV", "a,b\tc\n").value()), (Texts{"a,b"}));
    QCOMPARE(texts(*read("a.Csv", "a,b\tc\n").value()), (Texts{"a"}));
    QCOMPARE(texts(*read("a.dat", "a,b\tc\n").value()), (Texts{"a,b c"}));
    ReadOptions options;
    options.kind = FileKind::PlainText;
    QCOMPARE(texts(*read("a.csv", "a,b\n", options).value()), (Texts{"a,b"}));
    options.kind = FileKind::TabSeparated;
    QCOMPARE(texts(*read("a.txt", "a,b\tc\n", options).value()), (Texts{"a,b"}));
    options.kind = FileKind::CommaSeparated;
    QCOMPARE(texts(*read("a.txt", "a,b\tc\n", options).value()), (Texts{"a"}));
}

void ReaderTest::emptyLineOfATableIsAnEmptySentence()
{
    ReadOptions options;
    options.textColumn = "1";
    options.labelColumn = "2";
    for (const char* name : {"a.tsv", "a.csv"}) {
        const std::string separator = std::string(name) == "a.tsv" ? "\t" : ",";
        const auto result = read(name, "a" + separator + "x\n\r\nb" + separator + "x\n\n", options);
        VERIFY_RESULT(result);
        QCOMPARE(texts(*result.value()), (Texts{"a", "", "b", ""}));
        QCOMPARE(result.value()->parts().sentenceClass, (Numbers{0, -1, 0, -1}));
    }
}

void ReaderTest::sortsClassesAsNumbersOrByBytes()
{
    ReadOptions options;
    options.textColumn = "1";
    options.labelColumn = "2";
    const auto numbers = read("a.tsv", "w\t10\nw\t9\nw\t-1\nw\t2.5\nw\t9.0\n", options);
    VERIFY_RESULT(numbers);
    QCOMPARE(numbers.value()->classNames(), (Texts{"-1", "2.5", "9", "9.0", "10"}));
    QCOMPARE(numbers.value()->parts().sentenceClass, (Numbers{4, 2, 0, 1, 3}));
    const auto words = read("a.tsv", "w\t10\nw\t9\nw\tZ\nw\ta\nw\tä\n", options);
    VERIFY_RESULT(words);
    QCOMPARE(words.value()->classNames(), (Texts{"10", "9", "Z", "a", "ä"}));
    QCOMPARE(words.value()->parts().sentenceClass, (Numbers{0, 1, 2, 3, 4}));
}

void ReaderTest::valuesOfLabelsAreTrimmedAndMayBeAbsent()
{
    ReadOptions options;
    options.textColumn = "1";
    options.labelColumn = "2";
    const auto result = read("a.csv", "w, very good \nw,\nw,very good\n", options);
    VERIFY_RESULT(result);
    QCOMPARE(result.value()->classNames(), (Texts{"very good"}));
    QCOMPARE(result.value()->parts().sentenceClass, (Numbers{0, -1, 0}));
}

void ReaderTest::refusesAColumnThatHoldsNoClasses()
{
    std::string table;
    for (std::size_t i = 0; i <= corpus::kMaxClasses; ++i)
        table += "word\t" + std::to_string(i) + "\n";
    ReadOptions options;
    options.textColumn = "1";
    options.labelColumn = "2";
    const auto result = read("a.tsv", table, options);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::TooLarge);
}

void ReaderTest::namesTheLineThatIsNotUtf8_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("line");
    QTest::newRow("Latin-1") << QByteArray("one\ntwo\ncaf\xE9\nfour\n") << "line 3 ";
    QTest::newRow("first byte") << QByteArray("\xFFone\n") << "line 1 ";
    QTest::newRow("cut off") << QByteArray("one\n\xE4\xB8") << "line 2 ";
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFEo\0n\0e\0", 8) << "UTF-16";
    // Behind the piece in which a file is checked.
    QTest::newRow("far behind") << QByteArray(9'000'000, '\n') + "\xC0\xAF"
                                << "line 9000001 ";
}

void ReaderTest::namesTheLineThatIsNotUtf8()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, line);
    for (const char* name : {"a.txt", "a.tsv", "a.csv"}) {
        const auto result = read(name, content.toStdString());
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Malformed);
        QVERIFY2(contains(result.error().message, line.toStdString()), result.error().message.c_str());
        QVERIFY(contains(result.error().message, name));
    }
}

void ReaderTest::namesTheLineWithTooFewColumns()
{
    ReadOptions options;
    options.textColumn = "1";
    options.labelColumn = "2";
    const auto result = read("a.tsv", "a\tx\nb\tx\nc\nd\tx\n", options);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Malformed);
    QVERIFY2(contains(result.error().message, "line 3:"), result.error().message.c_str());
    QVERIFY2(contains(result.error().message, "1 column,"), result.error().message.c_str());
    const auto quoted = read("a.csv", "\"a\n\",x\n\n\"b\n\"\n", options);
    QVERIFY(!quoted);
    QVERIFY2(contains(quoted.error().message, "line 4:"), quoted.error().message.c_str());
}

void ReaderTest::namesTheLineOfBrokenQuotes()
{
    const auto open = read("a.csv", "a,b\n\"c\nd\",\"e\nf\n");
    QVERIFY(!open);
    QCOMPARE(open.error().code, ErrorCode::Malformed);
    QVERIFY2(contains(open.error().message, "line 3:"), open.error().message.c_str());
    const auto behind = read("a.csv", "a,b\n\"c\"d,e\n");
    QVERIFY(!behind);
    QCOMPARE(behind.error().code, ErrorCode::Malformed);
    QVERIFY2(contains(behind.error().message, "line 2:"), behind.error().message.c_str());
}

void ReaderTest::listsTheColumnsWhenOneIsMissing()
{
    ReadOptions options;
    options.textColumn = "text";
    options.labelColumn = "mood";
    const auto named = read("a.tsv", "id\ttext\tlabel\n1\tw\t0\n", options);
    QVERIFY(!named);
    QCOMPARE(named.error().code, ErrorCode::NotFound);
    QVERIFY2(contains(named.error().message, "mood"), named.error().message.c_str());
    QVERIFY2(contains(named.error().message, "id, text, label"), named.error().message.c_str());
    for (const char* number : {"0", "4", "99999999999999999999999"}) {
        options.labelColumn = number;
        const auto numbered = read("a.tsv", "id\ttext\tlabel\n1\tw\t0\n", options);
        QVERIFY(!numbered);
        QCOMPARE(numbered.error().code, ErrorCode::NotFound);
        QVERIFY2(contains(numbered.error().message, "3 columns"), numbered.error().message.c_str());
    }
}

void ReaderTest::refusesColumnsOfPlainText()
{
    ReadOptions options;
    options.labelColumn = "label";
    const auto result = read("a.txt", "a film\n", options);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::NotFound);
    QVERIFY(contains(result.error().message, "plain text"));
}

void ReaderTest::refusesOneColumnForBoth()
{
    ReadOptions options;
    options.textColumn = "text";
    options.labelColumn = "2";
    const auto result = read("a.tsv", "id\ttext\n1\tw\n", options);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
}

void ReaderTest::refusesACorpusWithoutWords_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << "a.txt" << QByteArray();
    QTest::newRow("only a byte-order mark") << "a.txt" << QByteArray("\xEF\xBB\xBF");
    QTest::newRow("only blanks") << "a.txt" << QByteArray(" \t\n\n");
    QTest::newRow("empty table") << "a.tsv" << QByteArray();
    QTest::newRow("only a header") << "a.tsv" << QByteArray("sentence\tlabel\n");
    QTest::newRow("only labels") << "a.csv" << QByteArray("sentence,label\n,1\n");
    QTest::newRow("only long sentences") << "a.txt" << QByteArray("w ").repeated(300) + "\n\n";
}

void ReaderTest::refusesACorpusWithoutWords()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    const auto result = read(name.toStdString(), content.toStdString());
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::TooFewRows);
    QVERIFY(contains(result.error().message, name.toStdString()));
}

void ReaderTest::refusesAFileThatIsNotThere()
{
    const auto result = corpus::readCorpus("/nonexistent/corpus.txt", {}, {});
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::NotFound);
    QCOMPARE(corpus::readCorpus(m_folder.path().toStdString(), {}, {}).error().code, ErrorCode::NotFound);
}

void ReaderTest::stopsOnRequest()
{
    std::stop_source stop;
    double furthest = 0.0;
    const base::JobContext ctx(
        stop.get_token(),
        [&](double fraction, std::string_view) {
            furthest = fraction;
            stop.request_stop();
        },
        nullptr);
    std::string content;
    for (int i = 0; i < 50'000; ++i)
        content += "some words\n";
    const auto result = corpus::readCorpus(write("a.txt", content), {}, ctx);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
    QVERIFY(furthest > 0.0 && furthest < 0.5);
}

void ReaderTest::readsTheStanfordSentences()
{
    // Counted by Python: re.split("[ \t]+", column) over the lines of the file.
    REQUIRE_REFERENCE("data/sst2-dev.tsv");
    ReadOptions options;
    options.textColumn = "1";
    options.labelColumn = "2";
    const auto result = corpus::readCorpus(testing::referenceDir() / "data" / "sst2-dev.tsv", options, {});
    VERIFY_RESULT(result);
    const Corpus& corpus = *result.value();
    QCOMPARE(corpus.sentenceCount(), std::size_t{872});
    QCOMPARE(corpus.wordCount(), std::size_t{16331});
    QCOMPARE(corpus.parts().vocabulary.size(), std::size_t{4284});
    QCOMPARE(corpus.classNames(), (Texts{"0", "1"}));
    const auto& classes = corpus.parts().sentenceClass;
    QCOMPARE(std::count(classes.begin(), classes.end(), 1), std::ptrdiff_t{444});
    QCOMPARE(corpus.text(SentenceId{3}),
        std::string(
            "it 's played in the most straight faced fashion , with little humor to lighten things up"));
}

QTEST_APPLESS_MAIN(ReaderTest)
#include "tst_reader.moc"
