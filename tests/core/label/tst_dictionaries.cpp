// Dictionaries and own lists: LIWC, NRC and VADER formats, names of several words, regular expressions.

#include "core/label/label_fixture.h"
#include "support/reference.h"

using namespace palimpsest;
using testing::labelRows;

class DictionariesTest : public QObject {
    Q_OBJECT

private slots:
    void liwcFormat();
    void lexiconsOfNrcAndVader();
    void listsFindTheLongestName();
    void regularExpressions();
    void hostileExpressionsEndInASentence();
    void brokenFilesNameTheLine_data();
    void brokenFilesNameTheLine();

private:
    testing::Files m_files;
};

void DictionariesTest::liwcFormat()
{
    const std::string file = m_files.write("own.dic",
        "%\n1\tfunct\n125\taffect\n126\tpos emo\n%\na\t1\nhapp*\t125\t126\nhappen*\t1\nhapless\t125\n");
    QCOMPARE(labelRows("liwc", {"A happy happening hapless tree"}, {{"file", file}}),
        (Rows{"funct", "affect pos emo", "funct", "affect", ""}));
}

void DictionariesTest::lexiconsOfNrcAndVader()
{
    const std::string nrc = m_files.write("nrc.txt",
        "English (en)\tcategory\tscore\nabandon\tfear\t1\nabandon\tjoy\t0\nabandon\tnegative\t1\n");
    QCOMPARE(labelRows("lexicon", {"Abandon ship"}, {{"file", nrc}}), (Rows{"fear negative", ""}));
    const std::string vader
        = m_files.write("vader.txt", "good\t1.9\t0.9\t[2, 1]\nbad\t-2.5\t0.6\t[-3]\nmeh\t-0.3\t0.4\t[0]\n");
    QCOMPARE(labelRows("lexicon", {"good bad meh"}, {{"file", vader}, {"neutral", "0.5"}}),
        (Rows{"positive", "negative", ""}));
}

void DictionariesTest::listsFindTheLongestName()
{
    const std::string file
        = m_files.write("places.list", "# cities\nNew York\tcity\nYork\tcity\nNew\nparis\tcity\n");
    QCOMPARE(labelRows("words", {"New York and York", "New Jersey Paris"}, {{"file", file}}),
        (Rows{"city", "city", "", "city", "places", "", ""}));
    QCOMPARE(labelRows("words", {"PARIS new york"}, {{"file", file}, {"case", "no"}}),
        (Rows{"city", "city", "city"}));
}

void DictionariesTest::regularExpressions()
{
    const std::string file
        = m_files.write("own.regex", "# mine\nhashtag\t^#\\w+$\nshouting\t^\\p{Lu}{2,}$\n");
    QCOMPARE(labelRows("patterns", {"#win WIN win ÄÖ"}, {{"file", file}}),
        (Rows{"hashtag", "shouting", "", "shouting"}));
    QCOMPARE(labelRows("patterns", {"abba Abba"}, {{"pattern", "^a"}, {"label", "a"}, {"case", "no"}}),
        (Rows{"a", "a"}));
}

void DictionariesTest::hostileExpressionsEndInASentence()
{
    const std::string word(200, 'a');
    const auto slow = testing::labelled("patterns", {word + "b x"}, {{"pattern", "^(a+)+$"}});
    QCOMPARE(slow.error().code, base::ErrorCode::TooLarge);
    const auto broken = testing::labelled("patterns", {"a b"}, {{"pattern", "(a"}});
    QCOMPARE(broken.error().code, base::ErrorCode::Malformed);
}

void DictionariesTest::brokenFilesNameTheLine_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("line");
    QTest::newRow("no head") << "liwc" << QByteArray("happy\t1\n") << "line 1";
    QTest::newRow("no such category") << "liwc" << QByteArray("%\n1\ta\n%\nx\t1\ny\t2\n") << "line 5";
    QTest::newRow("no score") << "lexicon" << QByteArray("x\tfear\t1\ny\n") << "line 2";
    QTest::newRow("empty label") << "words" << QByteArray("x\ny\t\n") << "line 2";
    QTest::newRow("no pattern") << "patterns" << QByteArray("a\tb\nc\n") << "line 2";
    QTest::newRow("a pattern that cannot be read") << "patterns" << QByteArray("a\tb\nc\t[\n") << "line 2";
}

void DictionariesTest::brokenFilesNameTheLine()
{
    QFETCH(QString, source);
    QFETCH(QByteArray, content);
    QFETCH(QString, line);
    const std::string file = m_files.write("broken.txt", content.toStdString());
    const auto table = testing::labelled(source.toStdString(), {"a b"}, {{"file", file}});
    QCOMPARE(table.error().code, base::ErrorCode::Malformed);
    QVERIFY2(table.error().message.find("broken.txt, " + line.toStdString()) != std::string::npos,
        table.error().message.c_str());
}

QTEST_APPLESS_MAIN(DictionariesTest)
#include "tst_dictionaries.moc"
