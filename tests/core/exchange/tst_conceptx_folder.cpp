// Folders of ConceptX and TransformersConceptNet come in, mean the same, and leave byte for byte as they
// came.

#include <nlohmann/json.hpp>

#include "align/conceptx_alignment.h"
#include "concepts/cut_nodes.h"
#include "core/exchange/exchange_fixture.h"
#include "exchange/alignment_json.h"
#include "exchange/cluster_lines.h"
#include "exchange/conceptx_folder.h"
#include "project/annotation_store.h"
#include "project/import_store.h"
#include "project/label_curves.h"
#include "project/label_store.h"
#include "support/reference.h"

using namespace palimpsest;
using nlohmann::json;
using project::ProjectFile;
using project::Side;
using testing::Folder;
using testing::sorted;

namespace {

const std::string kSentences = R"(["the | || cat", "größe  a", "\ttab"])";
// Cluster numbers out of order, tokens with bars, an empty word between two spaces, only some occurrences.
const std::string kClusters = "the|||1|||0|||0|||5\n"
                              "größe|||1|||1|||0|||5\n"
                              "||||1|||0|||1|||2\n"
                              "|||||1|||0|||2|||2\n"
                              "|||1|||1|||1|||0\n"
                              "\ttab|||1|||2|||0|||0\n";
const std::string kCoarse = "the|||1|||0|||0|||1\n"
                            "größe|||1|||1|||0|||1\n"
                            "||||1|||0|||1|||1\n"
                            "|||||1|||0|||2|||1\n"
                            "|||1|||1|||1|||0\n"
                            "\ttab|||1|||2|||0|||0\n";

json parsed(const std::string& text)
{
    return json::parse(text, nullptr, false);
}

} // namespace

class ConceptXFolderTest : public QObject {
    Q_OBJECT

private slots:
    void foldersLeaveAsTheyCame();
    void cutsOfOneTreeShareIt();
    void clusteringsOfDifferentTreesAreRefused();
    void aRefusedImportChangesNothing_data();
    void aRefusedImportChangesNothing();
    void bothModelsGoIntoOneProject();
    void positionsOfLacoatBeginBeforeTheWords();
    void conceptNetFoldersKeepTheirLayers();
    void conceptNetAnnotationsNameTheConcepts();
    void brokenAnnotationsAreRefused();
    void ownConceptsAreWrittenInConceptXsForm();
    void theAlignmentIsThatOfConceptXsScript_data();
    void theAlignmentIsThatOfConceptXsScript();
    void clusterFilesOfConceptXSurvive_data();
    void clusterFilesOfConceptXSurvive();
};

void ConceptXFolderTest::foldersLeaveAsTheyCame()
{
    const Folder folder;
    folder.write("in/sentences.json", kSentences);
    folder.write("in/clusters-3.txt", kClusters);
    folder.write("in/labels_POS.json",
        R"(["DT SYM SYM NN", "NN _ DT", "X"])"
        "\n");
    folder.write("in/annotations.json", R"({"c5": "some words"})");
    const auto report
        = exchange::importConceptX(folder.path("in"), folder.path("p.palimpsest"), Side::Base, 4, {});
    VERIFY_RESULT(report);
    QCOMPARE(report.value().occurrences, std::size_t{6});
    QCOMPARE(report.value().labelSets, (std::vector<std::string>{"POS"}));
    const auto file = ProjectFile::open(folder.path("p.palimpsest"), ProjectFile::Mode::ReadOnly);
    VERIFY_RESULT(file);
    VERIFY_RESULT(exchange::exportConceptX(file.value(), Side::Base, 4, 0, folder.path("out"), {}));
    QCOMPARE(testing::filesBelow(folder.path("out")), testing::filesBelow(folder.path("in")));

    // The same lines are also made from what was understood of them.
    const auto tokens = file.value().readTokens();
    VERIFY_RESULT(tokens);
    const auto concepts = project::conceptsOf(file.value(), tokens.value(), Side::Base, 4, 3);
    VERIFY_RESULT(concepts);
    const auto numbers = project::ImportStore(file.value()).numbers(Side::Base, 4, 3);
    VERIFY_RESULT(numbers);
    QVERIFY(numbers.value().has_value());
    QStringList expected = QString::fromStdString(kClusters).split('\n');
    QStringList lines
        = QString::fromStdString(exchange::clusterLines(*concepts.value(), *numbers.value())).split('\n');
    expected.sort();
    lines.sort();
    QCOMPARE(lines, expected);
}

void ConceptXFolderTest::cutsOfOneTreeShareIt()
{
    const Folder folder;
    folder.write("in/sentences.json", kSentences);
    folder.write("in/clusters-3.txt", kClusters);
    folder.write("in/clusters-2.txt", kCoarse);
    const auto report
        = exchange::importConceptX(folder.path("in"), folder.path("p.palimpsest"), Side::Base, 0, {});
    VERIFY_RESULT(report);
    QCOMPARE(report.value().cuts, (std::vector<std::size_t>{2, 3}));
    const auto file = ProjectFile::open(folder.path("p.palimpsest"), ProjectFile::Mode::ReadOnly);
    const auto tokens = file.value().readTokens();
    for (const std::size_t k : report.value().cuts) {
        const auto concepts = project::conceptsOf(file.value(), tokens.value(), Side::Base, 0, k);
        VERIFY_RESULT(concepts);
        QCOMPARE(concepts.value()->conceptCount(), k);
        VERIFY_RESULT(exchange::exportConceptX(file.value(), Side::Base, 0, k, folder.path("one"), {}));
    }
    VERIFY_RESULT(exchange::exportConceptX(file.value(), Side::Base, 0, 0, folder.path("out"), {}));
    QCOMPARE(testing::filesBelow(folder.path("out")), testing::filesBelow(folder.path("in")));
    QCOMPARE(testing::filesBelow(folder.path("one")), testing::filesBelow(folder.path("in")));
}

void ConceptXFolderTest::clusteringsOfDifferentTreesAreRefused()
{
    const Folder folder;
    folder.write("in/sentences.json", kSentences);
    folder.write("in/clusters-3.txt", kClusters);
    std::string other = kCoarse;
    other.replace(other.find("|||1\n"), 5, "|||0\n"); // "the" leaves "größe"
    folder.write("in/clusters-2.txt", other);
    const auto report
        = exchange::importConceptX(folder.path("in"), folder.path("p.palimpsest"), Side::Base, 0, {});
    QCOMPARE(report.error().code, base::ErrorCode::Unsupported);
    QVERIFY(report.error().message.find("clusters-2.txt") != std::string::npos);
}

void ConceptXFolderTest::aRefusedImportChangesNothing_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("says");
    const QByteArray clusters = QByteArray::fromStdString(kClusters);
    QTest::newRow("another token") << QByteArray("clusters-3.txt")
                                   << QByteArray(clusters).replace("the|", "teh|")
                                   << QByteArray("line 1 has the token \"teh\" where sentence 0 has \"the\"");
    QTest::newRow("three fields") << QByteArray("clusters-3.txt") << clusters + "x|||1|||0\n"
                                  << QByteArray("line 7");
    QTest::newRow("a place twice") << QByteArray("clusters-3.txt") << clusters + "the|||2|||0|||0|||5\n"
                                   << QByteArray("line 7 names the same word as line 1");
    QTest::newRow("no such sentence") << QByteArray("clusters-3.txt") << clusters + "x|||1|||9|||0|||5\n"
                                      << QByteArray("line 7 names sentence 9");
    QTest::newRow("huge numbers") << QByteArray("clusters-3.txt")
                                  << clusters + "x|||1|||99999999999|||0|||5\n"
                                  << QByteArray("line 7");
    QTest::newRow("labels of other sentences")
        << QByteArray("labels_POS.json") << QByteArray(R"(["DT", "NN", "X"])")
        << QByteArray("entry 1 has 1 labels where sentence 1 has 4 words");
    QTest::newRow("sentences that are no strings")
        << QByteArray("sentences.json") << QByteArray("[1, 2]") << QByteArray("entry 1");
}

void ConceptXFolderTest::aRefusedImportChangesNothing()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, says);
    const Folder folder;
    folder.write("in/sentences.json", kSentences);
    folder.write("in/clusters-3.txt", kClusters);
    VERIFY_RESULT(
        exchange::importConceptX(folder.path("in"), folder.path("p.palimpsest"), Side::Base, 0, {}));
    const std::string before = testing::contentOf(folder.path("p.palimpsest"));
    folder.write("in/" + file.toStdString(), content.toStdString());
    const auto report
        = exchange::importConceptX(folder.path("in"), folder.path("p.palimpsest"), Side::Base, 1, {});
    QVERIFY(!report);
    QVERIFY2(
        report.error().message.find(says.toStdString()) != std::string::npos, report.error().message.c_str());
    QCOMPARE(testing::contentOf(folder.path("p.palimpsest")), before);
}

void ConceptXFolderTest::bothModelsGoIntoOneProject()
{
    const Folder folder;
    folder.write("a/sentences.json", kSentences);
    folder.write("a/clusters-3.txt", kClusters);
    folder.write("b/sentences.json", kSentences);
    folder.write("b/clusters-2.txt", kCoarse);
    const auto project = folder.path("p.palimpsest");
    VERIFY_RESULT(exchange::importConceptX(folder.path("a"), project, Side::Base, 0, {}));
    VERIFY_RESULT(exchange::importConceptX(folder.path("b"), project, Side::FineTuned, 0, {}));
    const auto file = ProjectFile::open(project, ProjectFile::Mode::ReadOnly);
    QCOMPARE(file.value().linkages().value().size(), std::size_t{2});
    folder.write("c/sentences.json", R"(["another text"])");
    folder.write("c/clusters-1.txt", "another|||1|||0|||0|||0\ntext|||1|||0|||1|||0\n");
    QCOMPARE(exchange::importConceptX(folder.path("c"), project, Side::Base, 1, {}).error().code,
        base::ErrorCode::ShapeMismatch);
}

void ConceptXFolderTest::positionsOfLacoatBeginBeforeTheWords()
{
    const Folder folder;
    folder.write("in/sentences.json", R"(["[CLS] good film [SEP]", "[CLS] bad [SEP]"])");
    folder.write("in/clusters-2.txt",
        "[CLS]0|||1|||0|||-1|||0\ngood|||1|||0|||0|||1\nfilm|||1|||0|||1|||1\n[SEP]0_last|||1|||0|||2|||0\n"
        "[CLS]1|||1|||1|||-1|||0\nbad|||1|||1|||0|||1\n");
    VERIFY_RESULT(
        exchange::importConceptX(folder.path("in"), folder.path("p.palimpsest"), Side::Base, 0, {}));
    const auto file = ProjectFile::open(folder.path("p.palimpsest"), ProjectFile::Mode::ReadOnly);
    const auto tokens = file.value().readTokens();
    VERIFY_RESULT(tokens);
    QCOMPARE(tokens.value()->token(base::TokenId{5}).position, 1U);
    QCOMPARE(
        tokens.value()->corpus().word(tokens.value()->token(base::TokenId{5}).word), std::string_view("bad"));
}

void ConceptXFolderTest::conceptNetFoldersKeepTheirLayers()
{
    const Folder folder;
    folder.write("in/sentences.json", kSentences);
    for (const char* layer : {"layer0", "layer12"}) {
        folder.write(std::string("in/") + layer + "/clusters-3.txt", kClusters);
        folder.write(std::string("in/") + layer + "/annotations.json", R"({"c5": "Words."})");
    }
    VERIFY_RESULT(exchange::importConceptNet(folder.path("in"), folder.path("p.palimpsest"), Side::Base, {}));
    const auto file = ProjectFile::open(folder.path("p.palimpsest"), ProjectFile::Mode::ReadOnly);
    VERIFY_RESULT(exchange::exportConceptNet(file.value(), Side::Base, 0, folder.path("out"), {}));
    QCOMPARE(testing::filesBelow(folder.path("out")), testing::filesBelow(folder.path("in")));
}

void ConceptXFolderTest::conceptNetAnnotationsNameTheConcepts()
{
    const Folder folder;
    std::string longText = "Words that";
    while (longText.size() < 3000)
        longText += " größer";
    folder.write("in/sentences.json", kSentences);
    folder.write("in/clusters-3.txt", kClusters);
    folder.write("in/clusters-2.txt", kCoarse);
    folder.write("in/annotations.json",
        json{{"c5", " Action\n verbs.  "}, {"c2", longText}, {"c0", "  "}, {"c77", "no such cluster"}}
            .dump());
    VERIFY_RESULT(
        exchange::importConceptX(folder.path("in"), folder.path("p.palimpsest"), Side::FineTuned, 4, {}));
    const auto file = ProjectFile::open(folder.path("p.palimpsest"), ProjectFile::Mode::ReadOnly);
    VERIFY_RESULT(file);
    const auto annotations = project::AnnotationStore(file.value()).all();
    VERIFY_RESULT(annotations);
    QCOMPARE(annotations.value().size(), std::size_t{2});

    const auto tokens = file.value().readTokens();
    const auto concepts = project::conceptsOf(file.value(), tokens.value(), Side::FineTuned, 4, 3);
    VERIFY_RESULT(concepts);
    const auto linkage = file.value().readLinkage(Side::FineTuned, 4);
    VERIFY_RESULT(linkage);
    const concepts::CutNodes nodes(std::make_shared<cluster::Linkage>(linkage.value()), concepts.value());
    const auto places = project::placeAnnotations(annotations.value(), "TransformersConceptNet",
        Side::FineTuned, 4, annotations.value().front().tree, nodes);
    // Clusters 5, 2 and 0 of the file are concepts 0, 1 and 2.
    QVERIFY(places[0] && places[0]->exact && places[1] && places[1]->exact && !places[2]);
    const project::Annotation& plain = annotations.value()[places[0]->index];
    QCOMPARE(plain.name, std::string("Action verbs."));
    QVERIFY(plain.note.empty());
    QCOMPARE(plain.k, std::size_t{3});
    const project::Annotation& cut = annotations.value()[places[1]->index];
    QVERIFY2(cut.name.size() <= 84 && cut.name.ends_with("größer…"), cut.name.c_str());
    QCOMPARE(cut.note, longText);
    VERIFY_RESULT(project::checkAnnotation(cut));
}

void ConceptXFolderTest::brokenAnnotationsAreRefused()
{
    for (const char* content : {"", "[1]", R"({"c5": 3})", R"({"c5": "cut off)"}) {
        const Folder folder;
        folder.write("in/sentences.json", kSentences);
        folder.write("in/clusters-3.txt", kClusters);
        folder.write("in/annotations.json", content);
        const auto report
            = exchange::importConceptX(folder.path("in"), folder.path("p.palimpsest"), Side::Base, 4, {});
        QVERIFY(!report);
        QCOMPARE(report.error().code, base::ErrorCode::Malformed);
        QVERIFY(report.error().message.find("annotations.json") != std::string::npos);
    }
}

void ConceptXFolderTest::ownConceptsAreWrittenInConceptXsForm()
{
    const Folder folder;
    folder.write("in/sentences.json", R"(["a b a", "b a"])");
    folder.write("in/clusters-2.txt", "a|||2|||0|||2|||7\nb|||2|||1|||0|||7\nb|||1|||0|||1|||3\n");
    VERIFY_RESULT(
        exchange::importConceptX(folder.path("in"), folder.path("p.palimpsest"), Side::Base, 0, {}));
    const auto file = ProjectFile::open(folder.path("p.palimpsest"), ProjectFile::Mode::ReadOnly);
    // K = 3 was not imported: our own numbers, ours lines; occurrences are counted over all words.
    VERIFY_RESULT(exchange::exportConceptX(file.value(), Side::Base, 0, 3, folder.path("out"), {}));
    QCOMPARE(testing::contentOf(folder.path("out/clusters-3.txt")),
        std::string("b|||1|||0|||1|||0\na|||2|||0|||2|||1\nb|||2|||1|||0|||2\n"));
}

void ConceptXFolderTest::theAlignmentIsThatOfConceptXsScript_data()
{
    QTest::addColumn<QString>("expected");
    QTest::addColumn<std::vector<std::string>>("sets");
    QTest::addColumn<double>("theta");
    using Sets = std::vector<std::string>;
    QTest::newRow("POS") << "alignment-POS.json" << Sets{"POS"} << 0.9;
    QTest::newRow("POS at 0.8") << "alignment-POS-threshold-0.8.json" << Sets{"POS"} << 0.8;
    QTest::newRow("seven sets") << "alignment-all-labels.json"
                                << Sets{"Chunking", "Suffixes", "Prefixes", "Casing", "POS", "FirstWord",
                                       "LastWord"}
                                << 0.9;
}

void ConceptXFolderTest::theAlignmentIsThatOfConceptXsScript()
{
    REQUIRE_REFERENCE("conceptx/labelled-base-layer6-K100");
    QFETCH(QString, expected);
    QFETCH(std::vector<std::string>, sets);
    QFETCH(double, theta);
    const auto reference = testing::referenceDir();
    const auto made = reference / "conceptx/labelled-base-layer6-K100";
    const Folder folder;
    std::filesystem::create_directories(folder.path("in"));
    for (const char* name : {"sentences.json", "clusters-100.txt"})
        std::filesystem::copy_file(made / name, folder.path("in") / name);
    for (const char* place : {"data/conceptx", "data/conceptx/lexical"}) {
        for (const auto& entry : std::filesystem::directory_iterator(reference / place)) {
            if (entry.path().filename().string().starts_with("labels_"))
                std::filesystem::copy_file(entry.path(), folder.path("in") / entry.path().filename());
        }
    }
    VERIFY_RESULT(
        exchange::importConceptX(folder.path("in"), folder.path("p.palimpsest"), Side::Base, 6, {}));
    const auto file = ProjectFile::open(folder.path("p.palimpsest"), ProjectFile::Mode::ReadOnly);
    const auto tokens = file.value().readTokens();
    const auto concepts = project::conceptsOf(file.value(), tokens.value(), Side::Base, 6, 100);
    VERIFY_RESULT(concepts);
    std::vector<std::shared_ptr<const label::LabelTable>> tables;
    for (const std::string& set : sets)
        tables.push_back(project::LabelStore(file.value()).read(set).value());
    const auto numbers = project::ImportStore(file.value()).numbers(Side::Base, 6, 100);
    const json ours = parsed(exchange::conceptXAlignmentJson(
        align::alignAsConceptX(*concepts.value(), tables, {theta, 0.4}), sets, *numbers.value()));
    const json theirs = parsed(testing::contentOf(made / expected.toStdString()));
    for (const char* key : {"autolabels_to_clusters_mapping", "clusters_to_autolabels_mapping",
             "clusters_to_autolabels_finegrained_mapping"})
        QVERIFY2(sorted(ours[key]) == sorted(theirs[key]), key);

    VERIFY_RESULT(exchange::exportConceptX(file.value(), Side::Base, 6, 0, folder.path("out"), {}));
    QCOMPARE(testing::filesBelow(folder.path("out")), testing::filesBelow(folder.path("in")));
}

void ConceptXFolderTest::clusterFilesOfConceptXSurvive_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("base") << "sst2-300-base-layer6-K50";
    QTest::newRow("finetuned") << "sst2-300-finetuned-layer6-K50";
}

void ConceptXFolderTest::clusterFilesOfConceptXSurvive()
{
    REQUIRE_REFERENCE("conceptx/sst2-300-base-layer6-K50");
    QFETCH(QString, name);
    const auto made = testing::referenceDir() / "conceptx" / name.toStdString();
    const Folder folder;
    const auto project = folder.path("p.palimpsest");
    VERIFY_RESULT(exchange::importConceptX(made, project, Side::Base, 6, {}));
    const auto file = ProjectFile::open(project, ProjectFile::Mode::ReadOnly);
    const auto tokens = file.value().readTokens();
    const auto concepts = project::conceptsOf(file.value(), tokens.value(), Side::Base, 6, 50);
    const auto numbers = project::ImportStore(file.value()).numbers(Side::Base, 6, 50);
    // Written anew from the tree and the numbers: the very bytes that ConceptX wrote.
    QVERIFY(exchange::clusterLines(*concepts.value(), *numbers.value())
        == testing::contentOf(made / "clusters-50.txt"));
}

QTEST_APPLESS_MAIN(ConceptXFolderTest)
#include "tst_conceptx_folder.moc"
