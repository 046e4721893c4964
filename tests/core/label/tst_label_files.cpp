// Label files lie over the corpus sentence by sentence; what does not fit is refused at the first line that
// differs.

#include "core/label/label_fixture.h"
#include "corpus/reader.h"
#include "support/reference.h"

using namespace palimpsest;
using testing::labelRows;

namespace {

const Rows kText{"the cats sleep", "", "a dog"};

} // namespace

class LabelFilesTest : public QObject {
    Q_OBJECT

private slots:
    void jsonOfConceptX();
    void setsAreNamedAsConceptXNamesThem();
    void conllu();
    void columnsOfConll();
    void misfitsNameTheFirstLine_data();
    void misfitsNameTheFirstLine();
    void filesMayHoldTheLinesThatReadingDropped();
    void hostileFilesEndInASentence_data();
    void hostileFilesEndInASentence();

private:
    testing::Files m_files;
};

void LabelFilesTest::jsonOfConceptX()
{
    const std::string file = m_files.write("labels_POS.json", R"(["DT NNS VBP", "", "DT NN|||NNP"])");
    const auto table = testing::labelled("label-json", kText, {{"file", file}});
    VERIFY_RESULT(table);
    QCOMPARE(table.value()->name(), std::string("POS"));
    QCOMPARE(testing::rowsOf(*table.value()), (Rows{"DT", "NNS", "VBP", "DT", "NN NNP"}));
}

void LabelFilesTest::setsAreNamedAsConceptXNamesThem()
{
    const std::string content = R"(["x x x", "", "x x"])";
    const auto nameOf = [&](const char* name) {
        return testing::labelled("label-json", kText, {{"file", m_files.write(name, content)}})
            .value()
            ->name();
    };
    QCOMPARE(nameOf("labels_bert-base-cased.json"), std::string("bert-base-cased"));
    // filename.split("_")[1][:-5]: a second "_" costs five letters.
    QCOMPARE(nameOf("labels_WordNet_2.json"), std::string("Wo"));
    QCOMPARE(nameOf("POS.json"), std::string("POS"));
}

void LabelFilesTest::conllu()
{
    const std::string file = m_files.write("text.conllu",
        "# text = the cats sleep\n"
        "1-2\tthecats\t_\t_\t_\t_\t_\t_\t_\t_\n"
        "1\tthe\tthe\tDET\tDT\tDefinite=Def|PronType=Art\t2\tdet\t_\t_\n"
        "2\tcats\tcat\tNOUN\tNNS\tNumber=Plur\t3\tnsubj\t_\t_\n"
        "2.1\tthat\tthat\tPRON\tWDT\t_\t_\t_\t_\t_\n"
        "3\tsleep\tsleep\tVERB\tVBP\t_\t0\troot\t_\t_\n\n"
        "1\ta\ta\tDET\tDT\t_\t2\tdet\t_\t_\n"
        "2\tdog\tdog\tNOUN\tNN\tNumber=Sing\t0\troot\t_\t_\n");
    QCOMPARE(labelRows("conllu", kText, {{"file", file}}), (Rows{"DET", "NOUN", "VERB", "DET", "NOUN"}));
    QCOMPARE(labelRows("conllu", kText, {{"file", file}, {"column", "feats"}}),
        (Rows{"Definite=Def PronType=Art", "Number=Plur", "", "", "Number=Sing"}));
    QCOMPARE(labelRows("conllu", kText, {{"file", file}, {"column", "feats:Number"}}),
        (Rows{"", "Number=Plur", "", "", "Number=Sing"}));
    QCOMPARE(labelRows("conllu", kText, {{"file", file}, {"column", "deprel"}}),
        (Rows{"det", "nsubj", "root", "det", "root"}));
}

void LabelFilesTest::columnsOfConll()
{
    const std::string file = m_files.write("eng.train",
        "-DOCSTART- -X- O O\n\nthe DT B-NP O\ncats NNS I-NP O\nsleep VBP B-VP O\n\na DT B-NP O\ndog NN I-NP "
        "B-MISC\n");
    QCOMPARE(labelRows("columns", kText, {{"file", file}}), (Rows{"DT", "NNS", "VBP", "DT", "NN"}));
    QCOMPARE(
        labelRows("columns", kText, {{"file", file}, {"column", "0"}}), (Rows{"O", "O", "O", "O", "B-MISC"}));
    QVERIFY(labelRows("columns", kText, {{"file", file}, {"column", "5"}}).front().find("line 3")
        != std::string::npos);
}

void LabelFilesTest::misfitsNameTheFirstLine_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    QTest::newRow("a label too many")
        << "label-json" << QByteArray(R"(["DT NNS", "", "DT NN"])")
        << "entry 1 has 2 labels where sentence 1 has 3 words (\"the cats sleep\")";
    QTest::newRow("labels for an empty sentence")
        << "label-json" << QByteArray(R"(["DT NNS VBP", "X", "DT NN"])")
        << "entry 2 has 1 labels where sentence 2 has 0 words";
    QTest::newRow("only the first sentences")
        << "label-json" << QByteArray(R"(["DT NNS VBP"])") << "sentence 2 is the first without labels";
    QTest::newRow("another word") << "columns"
                                  << QByteArray("the\tDT\ncats\tNNS\nsleep\tVBP\n\na\tDT\ncat\tNN\n")
                                  << "line 5 has";
    QTest::newRow("no sentence break")
        << "columns" << QByteArray("the\tDT\ncats\tNNS\nsleep\tVBP\na\tDT\ndog\tNN\n")
        << "line 1 has 5 labels where sentence 1 has 3 words";
}

void LabelFilesTest::misfitsNameTheFirstLine()
{
    QFETCH(QString, source);
    QFETCH(QByteArray, content);
    QFETCH(QString, says);
    const std::string file = m_files.write("labels_X.json", content.toStdString());
    const auto table = testing::labelled(source.toStdString(), kText, {{"file", file}});
    QVERIFY(!table);
    QCOMPARE(table.error().code, base::ErrorCode::ShapeMismatch);
    QVERIFY2(
        table.error().message.find(says.toStdString()) != std::string::npos, table.error().message.c_str());
}

void LabelFilesTest::filesMayHoldTheLinesThatReadingDropped()
{
    const std::string text = m_files.write("text.txt", "one two\na b c d e\nthree\n");
    corpus::ReadOptions options;
    options.maxWords = 4;
    const auto corpus = corpus::readCorpus(text, options, {});
    VERIFY_RESULT(corpus);
    label::SourceSetup setup;
    setup.options["file"] = m_files.write("labels_Y.json", R"(["1 2", "a b c d e", "3"])");
    const auto source = label::makeSource("label-json", setup);
    VERIFY_RESULT(source);
    const auto table = source.value()->label(*testing::allTokens(corpus.value()), {});
    VERIFY_RESULT(table);
    QCOMPARE(testing::rowsOf(*table.value()), (Rows{"1", "2", "3"}));
}

void LabelFilesTest::hostileFilesEndInASentence_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no JSON") << "label-json" << QByteArray("{\"a\": [");
    QTest::newRow("another shape") << "label-json" << QByteArray("[[\"DT\"]]");
    QTest::newRow("deep nesting") << "label-json" << QByteArray(100'000, '[');
    QTest::newRow("not UTF-8") << "label-json" << QByteArray("[\"\xff\"]");
    QTest::newRow("nine columns") << "conllu" << QByteArray("1\tthe\t_\t_\t_\t_\t_\t_\t_\n");
    QTest::newRow("one column") << "columns" << QByteArray("the\ncats\n");
}

void LabelFilesTest::hostileFilesEndInASentence()
{
    QFETCH(QString, source);
    QFETCH(QByteArray, content);
    const std::string file = m_files.write("labels_Z.json", content.toStdString());
    const auto table = testing::labelled(source.toStdString(), kText, {{"file", file}});
    QVERIFY(!table);
    QVERIFY2(table.error().message.find("labels_Z.json") != std::string::npos, table.error().message.c_str());
}

QTEST_APPLESS_MAIN(LabelFilesTest)
#include "tst_label_files.moc"
