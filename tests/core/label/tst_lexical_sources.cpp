// Labels that follow from the word alone: by definition, and by ConceptX's scripts to the letter.

#include <fstream>

#include <nlohmann/json.hpp>

#include "core/label/label_fixture.h"
#include "support/reference.h"

using namespace palimpsest;
using testing::labelRows;

class LexicalSourcesTest : public QObject {
    Q_OBJECT

private slots:
    void casing();
    void affixesAreTheLongestThatLeaveAStem();
    void affixesOfAnOwnList();
    void conceptXsAffixesAreTheLastThatFits();
    void numbers();
    void lengthCountsCharacters();
    void characterNgrams();
    void subwordsAreThePiecesThatAWordContains();
    void firstAndLastWordAreNoPunctuation();
    void conceptXsFilesComeOutAsItsScriptsWroteThem_data();
    void conceptXsFilesComeOutAsItsScriptsWroteThem();
};

void LexicalSourcesTest::casing()
{
    QCOMPARE(labelRows("casing", {"film Film FILM iPhone I 1998 ... größe ÉCOLE Élan 東京 7th O'Neill"}),
        (Rows{"lower", "Title", "UPPER", "MiXed", "UPPER Title", "digits", "punctuation", "lower", "UPPER",
            "Title", "", "lower", "Title"}));
    // Python 3.11: islower, isupper, isalpha of the same words.
    QCOMPARE(
        labelRows("casing", {"film Film FILM iPhone I 1998 ... größe ÉCOLE Élan 東京 7th O'Neill"}, {}, true),
        (Rows{"LC", "MC", "UC", "MC", "UC", "NO_UNK", "NO_UNK", "LC", "UC", "MC", "MC", "LC", "NO_UNK"}));
}

void LexicalSourcesTest::affixesAreTheLongestThatLeaveAStem()
{
    QCOMPARE(labelRows("suffixes", {"Immigration especially ly Syrian cats ring running"}),
        (Rows{"-ation", "-ally", "", "-ian", "-s", "", "-ing"}));
    QCOMPARE(labelRows("prefixes", {"Unhappy into international unit re replay"}),
        (Rows{"un-", "", "inter-", "", "", "re-"}));
}

void LexicalSourcesTest::affixesOfAnOwnList()
{
    testing::Files files;
    const std::string list = files.write("mine.txt", "# of my own\nheit\n\nkeit\r\nit\n");
    QCOMPARE(labelRows("suffixes", {"Freiheit Einigkeit Bit Profit"}, {{"list", list}}),
        (Rows{"-heit", "-keit", "", "-it"}));
    QCOMPARE(labelRows("suffixes", {"Bit Profit"}, {{"list", list}, {"stem", "1"}}), (Rows{"-it", "-it"}));
    QVERIFY(labelRows("suffixes", {"a b"}, {{"stem", "0"}}).front().find("stem") != std::string::npos);
}

void LexicalSourcesTest::conceptXsAffixesAreTheLastThatFits()
{
    testing::Files files;
    // A later line of a known key changes the value, not the place (Python's dict).
    const std::string list = files.write("SuffixList", "ian\tan\nly ly\ny\ty\nian\tian\n");
    QCOMPARE(labelRows("suffixes", {"Syrian especially y Y"}, {{"list", list}}, true),
        (Rows{"ian", "y", "NO_UNK", "NO_UNK"}));
    const auto without = testing::labelled("suffixes", {"a b"}, {}, true);
    QCOMPARE(without.error().code, base::ErrorCode::InvalidArgument);
}

void LexicalSourcesTest::numbers()
{
    QCOMPARE(labelRows(
                 "numeric", {"12 1,000 3.14 1998 1990s 7th 5% $3.5m 10:30 12/31/99 1/2 5-3 twenty B52 word"}),
        (Rows{"integer", "integer", "decimal", "integer year", "decade", "ordinal", "percentage",
            "amount of money", "time range or score", "date", "fraction", "range or score", "number word",
            "other with digits", ""}));
}

void LexicalSourcesTest::lengthCountsCharacters()
{
    QCOMPARE(labelRows("length", {"a größe 東京 incomprehensibilities"}), (Rows{"1", "5", "2", "15+"}));
}

void LexicalSourcesTest::characterNgrams()
{
    const auto table = testing::labelled("ngrams", {"Über ab"}, {{"min", "3"}, {"max", "4"}});
    VERIFY_RESULT(table);
    QCOMPARE(testing::rowsOf(*table.value()), (Rows{"übe über ber", ""}));
    QVERIFY(table.value()->longestWins());
    QVERIFY(
        labelRows("ngrams", {"a b"}, {{"min", "4"}, {"max", "3"}}).front().find("max") != std::string::npos);
}

void LexicalSourcesTest::subwordsAreThePiecesThatAWordContains()
{
    const Rows vocabulary{"[UNK]", "play", "##ing", "in",
        "\xC4\xA0"
        "pl",
        "a", "playing"};
    QCOMPARE(labelRows("subwords", {"playing plan"}, {}, false, vocabulary),
        (Rows{"playing play ing in pl", "plan pl"}));
    // ConceptX keeps single characters.
    QCOMPARE(labelRows("subwords", {"playing plan"}, {}, true, vocabulary),
        (Rows{"playing play ing in pl a", "plan pl a"}));
}

void LexicalSourcesTest::firstAndLastWordAreNoPunctuation()
{
    const Rows text{"\" So it goes .", "yes", "?!"};
    QCOMPARE(labelRows("first-word", text), (Rows{"", "first word", "", "", "", "first word", ""}));
    QCOMPARE(labelRows("last-word", text), (Rows{"", "", "", "last word", "", "last word", ""}));
    QCOMPARE(labelRows("first-word", text, {}, true),
        (Rows{"FW", "NO_UNK", "NO_UNK", "NO_UNK", "NO_UNK", "FW", "FW"}));
    QCOMPARE(labelRows("last-word", text, {}, true),
        (Rows{"NO_UNK", "NO_UNK", "NO_UNK", "NO_UNK", "LW", "LW", "LW"}));
}

void LexicalSourcesTest::conceptXsFilesComeOutAsItsScriptsWroteThem_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("file");
    QTest::newRow("casing") << "casing"
                            << "labels_Casing.json";
    QTest::newRow("first word") << "first-word"
                                << "labels_FirstWord.json";
    QTest::newRow("last word") << "last-word"
                               << "labels_LastWord.json";
}

void LexicalSourcesTest::conceptXsFilesComeOutAsItsScriptsWroteThem()
{
    REQUIRE_REFERENCE("data/conceptx/lexical");
    QFETCH(QString, source);
    QFETCH(QString, file);
    const auto folder = testing::referenceDir() / "data/conceptx";
    std::vector<std::string> sentences;
    std::ifstream text(folder / "labelled.txt");
    for (std::string line; std::getline(text, line);)
        sentences.push_back(line);
    std::ifstream stream(folder / "lexical" / file.toStdString());
    Rows expected;
    for (const auto& line : nlohmann::json::parse(stream)) {
        std::istringstream words(line.get<std::string>());
        for (std::string word; words >> word;)
            expected.push_back(word);
    }
    QCOMPARE(expected.size(), std::size_t{23163});
    QCOMPARE(labelRows(source.toStdString(), sentences, {}, true), expected);
}

QTEST_APPLESS_MAIN(LexicalSourcesTest)
#include "tst_lexical_sources.moc"
