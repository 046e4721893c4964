// The verbs label, labels, export and import as a person in a shell meets them.

#include <QtTest/QtTest>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>
#include <map>

#include "support/program.h"
#include "support/reference.h"
#include "support/sample_project.h"

using palimpsest::testing::Answer;
using palimpsest::testing::programPath;
using palimpsest::testing::read;
using palimpsest::testing::referenceDir;
using palimpsest::testing::runProgram;
using palimpsest::testing::write;

namespace {

QJsonObject object(const Answer& answer)
{
    return QJsonDocument::fromJson(answer.out).object();
}

} // namespace

class LabelVerbsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void sourcesAreListedWithTheirOptions();
    void aSetIsAttachedListedAndRemoved();
    void rowsSayWhatEachConceptIs();
    void conceptsCarryTheLabelsThatAlign();
    void asConceptXPrintsItsOwnObject();
    void curvesHaveAPointForEveryLayer();
    void everyLabelHasAHomeInTheTree();
    void jointLabelsAreOneMoreSet();
    void refusedLabelsLoseNothing();
    void mistakesEndWithOneSentence_data();
    void mistakesEndWithOneSentence();
    void everyExportIsWritten_data();
    void everyExportIsWritten();
    void foldersComeInAndLeaveAsTheyCame();
    void theLinterNamesTheLine();
    void taggersLabelTheCorpus();

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QTemporaryDir m_folder;
    QString m_project;
};

void LabelVerbsTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY2(!programPath().isEmpty(), "PALIMPSEST_PROGRAM names the program; ctest sets it");
    m_project = path("sample.palimpsest");
}

void LabelVerbsTest::init()
{
    QFile::remove(m_project);
    VERIFY_RESULT(palimpsest::testing::writeSampleProject(m_project.toStdString()));
}

void LabelVerbsTest::sourcesAreListedWithTheirOptions()
{
    const Answer answer = runProgram({"label", "--sources"});
    QCOMPARE(answer.exitCode, 0);
    for (const char* name : {"casing", "wordnet", "hypernym", "tagger:DIR"})
        QVERIFY2(answer.out.contains(name), name);
}

void LabelVerbsTest::aSetIsAttachedListedAndRemoved()
{
    const Answer attached = runProgram({"label", m_project, "--source", "length", "--json"});
    QCOMPARE(attached.exitCode, 0);
    QCOMPARE(object(attached)["name"].toString(), QStringLiteral("WordLength"));
    QCOMPARE(object(attached)["labelled"], object(attached)["occurrences"]);
    const auto listed = object(runProgram({"label", m_project, "--json"}))["rows"].toArray();
    QCOMPARE(listed.size(), 1);
    QCOMPARE(listed[0].toObject()["source"].toString(), QStringLiteral("length"));
    QCOMPARE(runProgram({"label", m_project, "--remove", "WordLength"}).exitCode, 0);
    QVERIFY(object(runProgram({"label", m_project, "--json"}))["rows"].toArray().isEmpty());
    QCOMPARE(runProgram({"label", m_project, "--remove", "WordLength"}).exitCode, 1);
}

void LabelVerbsTest::rowsSayWhatEachConceptIs()
{
    QCOMPARE(runProgram({"label", m_project, "--source", "length"}).exitCode, 0);
    QCOMPARE(runProgram({"label", m_project, "--source", "suffixes"}).exitCode, 0);
    const QStringList arguments{
        "labels", m_project, "--layer", "1", "--model", "finetuned", "--k", "10", "--theta", "0.6", "--json"};
    const Answer answer = runProgram(arguments);
    QCOMPARE(answer.exitCode, 0);
    const auto rows = object(answer)["rows"].toArray();
    QCOMPARE(rows.size(), 2 * 10);
    for (const auto& value : rows) {
        const QJsonObject row = value.toObject();
        for (const char* key : {"concept", "source", "label", "share", "aligned", "unknown", "chance"})
            QVERIFY2(row.contains(QLatin1String(key)), key);
        QVERIFY(!row["aligned"].toBool() || row["share"].toDouble() >= 0.6);
    }
    const auto sets = object(answer)["sets"].toArray();
    QCOMPARE(sets.size(), 2);
    QVERIFY(sets[0].toObject()["chance_interval"].toArray().size() == 2);
    QCOMPARE(runProgram(arguments).out, answer.out);
}

void LabelVerbsTest::conceptsCarryTheLabelsThatAlign()
{
    const QStringList at{m_project, "--layer", "1", "--model", "finetuned", "--k", "10", "--theta", "0.6"};
    const auto labelsOf = [&] {
        return object(runProgram(QStringList{"concepts", "--json"} + at))["rows"].toArray();
    };
    for (const auto& row : labelsOf())
        QVERIFY(row.toObject()["labels"].toArray().isEmpty());
    QCOMPARE(runProgram({"label", m_project, "--source", "length"}).exitCode, 0);
    QCOMPARE(runProgram({"label", m_project, "--source", "casing"}).exitCode, 0);

    // What `labels` says is aligned, and nothing else.
    std::map<int, QJsonArray> expected;
    for (const auto& value : object(runProgram(QStringList{"labels", "--json"} + at))["rows"].toArray()) {
        const QJsonObject row = value.toObject();
        if (row["aligned"].toBool())
            expected[row["concept"].toInt()].append(
                QJsonObject{{"source", row["source"]}, {"label", row["label"]}, {"share", row["share"]}});
    }
    QVERIFY(!expected.empty());
    const QJsonArray rows = labelsOf();
    QCOMPARE(rows.size(), 10);
    for (const auto& row : rows)
        QCOMPARE(row.toObject()["labels"].toArray(), expected[row.toObject()["id"].toInt()]);
    const QByteArray table = runProgram(QStringList{"concepts"} + at).out;
    QVERIFY2(table.contains("labels") && table.contains("Casing:"), table);
}

void LabelVerbsTest::asConceptXPrintsItsOwnObject()
{
    QCOMPARE(runProgram({"label", m_project, "--source", "last-word", "--as-conceptx"}).exitCode, 0);
    const Answer answer
        = runProgram({"labels", m_project, "--layer", "0", "--k", "12", "--as-conceptx", "--json"});
    QCOMPARE(answer.exitCode, 0);
    QStringList keys = object(answer).keys();
    QCOMPARE(keys,
        (QStringList{"autolabels_to_clusters_mapping", "clusters_to_autolabels_finegrained_mapping",
            "clusters_to_autolabels_mapping", "label_sets"}));
    QCOMPARE(object(answer)["label_sets"].toArray(), QJsonArray{"labels_LastWord.json"});
}

void LabelVerbsTest::curvesHaveAPointForEveryLayer()
{
    QCOMPARE(runProgram({"label", m_project, "--source", "length"}).exitCode, 0);
    const Answer answer = runProgram({"labels", m_project, "--curves", "--rounds", "5", "--json"});
    QCOMPARE(answer.exitCode, 0);
    QCOMPARE(object(answer)["rows"].toArray().size(), 2 * 3);
    QCOMPARE(runProgram({"labels", m_project}).exitCode, 2);
}

void LabelVerbsTest::everyLabelHasAHomeInTheTree()
{
    QCOMPARE(runProgram({"label", m_project, "--source", "length"}).exitCode, 0);
    const auto rows
        = object(runProgram({"labels", m_project, "--layer", "0", "--tree", "--json"}))["rows"].toArray();
    QVERIFY(!rows.isEmpty());
    double before = 1.0;
    for (const auto& value : rows) {
        const QJsonObject row = value.toObject();
        QVERIFY(row["f1"].toDouble() <= before);
        before = row["f1"].toDouble();
        // At both ends of its range the node is a concept: as large as the row says.
        const auto k = row["k"].toArray();
        for (const int count : {k[0].toInt(), k[1].toInt()}) {
            if (count < 2)
                continue; // concepts are cut from two on
            const auto concepts = object(runProgram(
                {"concepts", m_project, "--layer", "0", "--k", QString::number(count), "--json"}))["rows"]
                                      .toArray();
            QVERIFY(std::ranges::any_of(
                concepts, [&](const QJsonValue& found) { return found.toObject()["size"] == row["size"]; }));
        }
    }
    QCOMPARE(runProgram({"labels", m_project, "--tree"}).exitCode, 2);
}

void LabelVerbsTest::jointLabelsAreOneMoreSet()
{
    QCOMPARE(runProgram({"label", m_project, "--source", "length"}).exitCode, 0);
    QCOMPARE(runProgram({"label", m_project, "--source", "casing"}).exitCode, 0);
    const auto sets = object(
        runProgram({"labels", m_project, "--layer", "0", "--joint", "Casing+WordLength", "--json"}))["sets"]
                          .toArray();
    QCOMPARE(sets.size(), 3);
    QCOMPARE(sets[2].toObject()["source"].toString(), QStringLiteral("Casing + WordLength"));
}

void LabelVerbsTest::refusedLabelsLoseNothing()
{
    QCOMPARE(runProgram({"label", m_project, "--source", "length", "--json"}).exitCode, 0);
    const QByteArray before = read(m_project);
    write(path("labels_WordLength.json"), R"(["1 2 3"])");
    const Answer answer = runProgram({"label", m_project, "--source", path("labels_WordLength.json")});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.err.contains("entry 1"), answer.err);
    QCOMPARE(read(m_project), before);
}

void LabelVerbsTest::mistakesEndWithOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* name, QStringList arguments, int exitCode, const char* says) {
        QTest::newRow(name) << std::move(arguments) << exitCode << QByteArray(says);
    };
    row("no such source", {"label", "PROJECT", "--source", "colour"}, 1, "the sources are casing");
    row("no such option", {"label", "PROJECT", "--source", "ngrams", "--option", "size=3"}, 2,
        "it has min, max, case");
    row("an option without a value", {"label", "PROJECT", "--source", "ngrams", "--option", "min"}, 2,
        "name=value");
    row("no labels", {"labels", "PROJECT", "--layer", "0"}, 1, "palimpsest label");
    row("no layer to export", {"export", "PROJECT", "--what", "clusters", "-o", "x"}, 2, "--layer");
    row("no such layer", {"export", "PROJECT", "--what", "clusters", "--layer", "9", "-o", "x"}, 1,
        "layers 0, 1, 2");
    row("no such kind", {"export", "PROJECT", "--what", "pictures", "--layer", "0", "-o", "x"}, 2, "--what");
    row("no folder", {"import", "/nowhere", "-o", "x.palimpsest"}, 1, "/nowhere");
    row("no project to import into", {"import", "/nowhere"}, 2, "-o");
}

void LabelVerbsTest::mistakesEndWithOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    QFETCH(QByteArray, says);
    arguments.replaceInStrings(QStringLiteral("PROJECT"), m_project);
    const Answer answer = runProgram(arguments);
    QCOMPARE(answer.exitCode, exitCode);
    QVERIFY2(answer.err.contains(says), answer.err);
}

void LabelVerbsTest::everyExportIsWritten_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("begins");
    QTest::newRow("clusters") << "clusters"
                              << "clusters.txt" << QByteArray();
    QTest::newRow("linkage") << "linkage"
                             << "Z.npy" << QByteArray("\x93NUMPY");
    QTest::newRow("newick") << "newick"
                            << "tree.nwk" << QByteArray("(");
    QTest::newRow("alignment") << "alignment"
                               << "a.tsv" << QByteArray("model\tid\tsize\tcounterpart");
    QTest::newRow("labels") << "labels"
                            << "l.tsv" << QByteArray("concept\tsize\ttypes\tsource\tlabel");
    QTest::newRow("labels as ConceptX") << "labels"
                                        << "l.json" << QByteArray("{\"label_sets\":");
    QTest::newRow("words") << "words"
                           << "w.tsv" << QByteArray("sentence\tposition\tword\tconcept\tclass\tWordLength\n");
}

void LabelVerbsTest::everyExportIsWritten()
{
    QFETCH(QString, what);
    QFETCH(QString, name);
    QFETCH(QByteArray, begins);
    QCOMPARE(runProgram({"label", m_project, "--source", "length"}).exitCode, 0);
    const QString file = m_folder.filePath(name);
    const Answer answer
        = runProgram({"export", m_project, "--what", what, "--layer", "1", "--k", "12", "-o", file});
    QVERIFY2(answer.exitCode == 0, answer.err);
    QVERIFY(read(file).size() > 100);
    QVERIFY2(read(file).startsWith(begins), read(file).left(80));
}

void LabelVerbsTest::foldersComeInAndLeaveAsTheyCame()
{
    QCOMPARE(runProgram({"label", m_project, "--source", "length"}).exitCode, 0);
    const QString first = path("first"), second = path("second"), imported = path("imported.palimpsest");
    QCOMPARE(runProgram({"export", m_project, "--what", "conceptx", "--layer", "2", "--k", "12", "-o", first})
                 .exitCode,
        0);
    const Answer in
        = runProgram({"import", first, "--what", "conceptx", "--layer", "2", "-o", imported, "--json"});
    QVERIFY2(in.exitCode == 0, in.err);
    QCOMPARE(object(in)["k"].toArray(), QJsonArray{12});
    QCOMPARE(
        runProgram({"export", imported, "--what", "conceptx", "--layer", "2", "-o", second}).exitCode, 0);
    const QStringList names = QDir(first).entryList(QDir::Files);
    QCOMPARE(names, (QStringList{"clusters-12.txt", "labels_WordLength.json", "sentences.json"}));
    QCOMPARE(QDir(second).entryList(QDir::Files), names);
    for (const QString& name : names)
        QCOMPARE(read(second + "/" + name), read(first + "/" + name));
    // The same concepts, the same labels.
    QCOMPARE(object(runProgram({"labels", imported, "--layer", "2", "--k", "12", "--json", "--as-conceptx"})),
        object(runProgram({"labels", m_project, "--layer", "2", "--k", "12", "--json", "--as-conceptx"})));
}

void LabelVerbsTest::theLinterNamesTheLine()
{
    QDir().mkpath(path("lint"));
    write(path("lint/sentences.json"), R"(["a b"])");
    write(path("lint/clusters-1.txt"), "a|||1|||0|||0|||0\nb|||1|||0|||2|||0\n");
    const Answer answer = runProgram({"import", path("lint"), "--lint"});
    QCOMPARE(answer.exitCode, 1);
    QVERIFY2(answer.out.startsWith("clusters-1.txt:2: error: names position 2 of sentence 0"), answer.out);
    write(path("lint/clusters-1.txt"), "a|||1|||0|||0|||0\nb|||1|||0|||1|||0\n");
    const Answer sound = runProgram({"import", path("lint"), "--lint"});
    QCOMPARE(sound.exitCode, 0);
    QCOMPARE(sound.out, QByteArray("Nothing is wrong\n"));
}

void LabelVerbsTest::taggersLabelTheCorpus()
{
    REQUIRE_REFERENCE("models/bert-token-classifier");
    const auto model = QString::fromStdString((referenceDir() / "models/bert-token-classifier").string());
    const Answer answer = runProgram({"label", m_project, "--source", "tagger:" + model, "--json"});
    QVERIFY2(answer.exitCode == 0, answer.err);
    QCOMPARE(object(answer)["name"].toString(), QStringLiteral("bert-token-classifier"));
    QVERIFY(object(answer)["labelled"].toInt() > 0);
    const auto wrong = QString::fromStdString((referenceDir() / "models/bert").string());
    QCOMPARE(runProgram({"label", m_project, "--source", "tagger:" + wrong}).exitCode, 1);
}

QTEST_APPLESS_MAIN(LabelVerbsTest)
#include "tst_label_verbs.moc"
