// WordNet's own answers: lexicographer classes, hypernyms and base forms as its program `wn` gives them.
// Expected values: `wn WORD -over` and `wn dog -hypen` of Debian's wordnet 1:3.0.

#include "core/label/label_fixture.h"
#include "label/wordnet.h"
#include "support/reference.h"

using namespace palimpsest;
using label::PartOfSpeech;
using testing::labelRows;

namespace {

const std::filesystem::path kFolder = "/usr/share/wordnet";

} // namespace

class WordNetTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void baseFormsAreMorphys_data();
    void baseFormsAreMorphys();
    void hypernymsLeadToTheRoot();
    void classesOfWords();
    void hypernymsAtADepth();
    void aFolderWithoutWordNetIsASentence();
    void damagedFilesAreSentences();
};

void WordNetTest::initTestCase()
{
    if (!std::filesystem::exists(kFolder / "index.noun"))
        QSKIP("WordNet is absent: install wordnet-base");
}

void WordNetTest::baseFormsAreMorphys_data()
{
    QTest::addColumn<std::string>("word");
    QTest::addColumn<int>("pos");
    QTest::addColumn<std::vector<std::string>>("forms");
    const auto row = [](const char* word, PartOfSpeech pos, Rows forms) {
        QTest::newRow(word) << std::string(word) << static_cast<int>(pos) << std::move(forms);
    };
    row("dogs", PartOfSpeech::Noun, {"dog"});
    row("leaves", PartOfSpeech::Noun, {"leaf", "leave"});
    row("axes", PartOfSpeech::Noun, {"ax", "axis"});
    row("geese", PartOfSpeech::Noun, {"goose"});
    row("boxesful", PartOfSpeech::Noun, {"boxful"});
    row("running", PartOfSpeech::Verb, {"run"});
    row("better", PartOfSpeech::Noun, {"better"});
    row("gas", PartOfSpeech::Noun, {"gas"});
    row("qwertz", PartOfSpeech::Noun, {});
    row("", PartOfSpeech::Noun, {});
}

void WordNetTest::baseFormsAreMorphys()
{
    QFETCH(std::string, word);
    QFETCH(int, pos);
    QFETCH(std::vector<std::string>, forms);
    const auto wordNet = label::WordNet::open(kFolder);
    VERIFY_RESULT(wordNet);
    QCOMPARE(wordNet.value().baseForms(word, static_cast<PartOfSpeech>(pos)), forms);
}

void WordNetTest::hypernymsLeadToTheRoot()
{
    const auto wordNet = label::WordNet::open(kFolder);
    VERIFY_RESULT(wordNet);
    const auto senses = wordNet.value().senses("dog", PartOfSpeech::Noun);
    QCOMPARE(senses.size(), std::size_t{7});
    const auto dog = wordNet.value().synset(PartOfSpeech::Noun, senses.front());
    VERIFY_RESULT(dog);
    const auto path = wordNet.value().hypernymPath(dog.value());
    VERIFY_RESULT(path);
    Rows words;
    for (const label::Synset& synset : path.value())
        words.push_back(synset.firstWord);
    QCOMPARE(words,
        (Rows{"entity", "physical_entity", "object", "whole", "living_thing", "organism", "animal",
            "chordate", "vertebrate", "mammal", "placental", "carnivore", "canine", "dog"}));
    QCOMPARE(wordNet.value().synsetName(path.value().front()), std::string("entity.n.01"));
    QCOMPARE(wordNet.value().synset(PartOfSpeech::Noun, senses.front() + 1).error().code,
        base::ErrorCode::Malformed);
}

void WordNetTest::classesOfWords()
{
    QCOMPARE(labelRows("wordnet", {"The dogs slept quickly qwertz"}),
        (Rows{"", "noun.animal verb.motion", "verb.body", "adv.all", ""}));
    QCOMPARE(labelRows("wordnet", {"dogs qwertz"}, {{"pos", "n"}, {"senses", "all"}}).front(),
        std::string("noun.animal noun.person noun.food noun.artifact"));
}

void WordNetTest::hypernymsAtADepth()
{
    QCOMPARE(labelRows("wordnet", {"dog geese entity"}, {{"kind", "hypernym"}, {"depth", "6"}, {"pos", "n"}}),
        (Rows{"animal.n.01", "animal.n.01", ""}));
}

void WordNetTest::aFolderWithoutWordNetIsASentence()
{
    const auto table = testing::labelled("wordnet", {"a b"}, {{"folder", "/nowhere"}});
    QCOMPARE(table.error().code, base::ErrorCode::NotFound);
    QVERIFY(table.error().message.find("wordnet-base") != std::string::npos);
}

void WordNetTest::damagedFilesAreSentences()
{
    testing::Files files;
    std::filesystem::path folder;
    for (const char* pos : {"noun", "verb", "adj", "adv"}) {
        const std::string ending(pos);
        folder = std::filesystem::path(files.write(("index." + ending).c_str(), "dog n 1 0 1 0 00000099\n"))
                     .parent_path();
        files.write(("data." + ending).c_str(), "00000000 05 n ff dog 0 000 | x\n");
        files.write((ending + ".exc").c_str(), "");
    }
    const auto table = testing::labelled("wordnet", {"dog cat"}, {{"folder", folder.string()}});
    QCOMPARE(table.error().code, base::ErrorCode::Malformed);
}

QTEST_APPLESS_MAIN(WordNetTest)
#include "tst_wordnet.moc"
