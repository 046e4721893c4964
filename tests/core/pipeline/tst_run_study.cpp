// The main job on a pair of a few kilobytes: what is computed, what is used again, what a cancelled or failed
// run leaves.

#include <QtTest/QtTest>

#include <filesystem>
#include <functional>
#include <stop_token>

#include "pipeline/run_study.h"
#include "project/study_results.h"
#include "support/reference.h"
#include "tiny_study.h"

using namespace palimpsest;
using base::ErrorCode;
using pipeline::RunReport;
using pipeline::Study;
using project::ProjectFile;
using project::Side;
namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;

const Names kEverything{"tokens", "activations.base", "linkage.base.0", "linkage.base.1", "linkage.base.2",
    "activations.finetuned", "linkage.finetuned.0", "linkage.finetuned.1", "linkage.finetuned.2"};
const Names kAllLinkages{"linkage.base.0", "linkage.base.1", "linkage.base.2", "linkage.finetuned.0",
    "linkage.finetuned.1", "linkage.finetuned.2"};

Names with(Names names, const Names& more)
{
    names.insert(names.end(), more.begin(), more.end());
    return names;
}

/// Stops as soon as an activity begins with `prefix`.
class StopAt {
public:
    explicit StopAt(std::string prefix)
        : m_prefix(std::move(prefix))
    {
    }
    [[nodiscard]] base::JobContext context()
    {
        return {m_stop.get_token(),
            [this](double, std::string_view activity) {
                if (activity.starts_with(m_prefix))
                    m_stop.request_stop();
            },
            {}};
    }

private:
    std::stop_source m_stop;
    std::string m_prefix;
};

} // namespace

class TestRunStudy : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>(QDir::tempPath() + QStringLiteral("/größe XXXXXX"));
        m_study = testing::writeTinyStudy(folder());
        m_project = folder() / "p.palimpsest";
    }

    void aRunMakesAProjectThatCanBeBrowsed()
    {
        compareRun(kEverything, {});
        const auto results = project::StudyResults::open(m_project);
        VERIFY_RESULT(results);
        QCOMPARE(results.value()->layers(), (std::vector<int>{0, 1, 2}));
        QCOMPARE(results.value()->tokens()->size(), std::size_t{200});
        QCOMPARE(results.value()->tokens()->corpus().classNames(), (Names{"neg", "pos"}));
        QCOMPARE(results.value()->defaultK(), std::size_t{10});
        const auto summaries = results.value()->summaries(10, 0.9, {});
        VERIFY_RESULT(summaries);
        QCOMPARE(summaries.value().size(), std::size_t{3});
        for (const auto& [key, value] : pipeline::studyValues(m_study))
            QCOMPARE(results.value()->parameter(key), value);
        QCOMPARE(results.value()->parameter("sentences"), std::string("40"));
        QCOMPARE(results.value()->parameter("occurrences"), std::string("200"));
        QCOMPARE(results.value()->parameter("classes"), std::string(R"(["neg","pos"])"));
        for (const char* key : {"fingerprint.base", "fingerprint.finetuned", "fingerprint.corpus"})
            QCOMPARE(results.value()->parameter(key).size(), std::size_t{32});
        QVERIFY(!results.value()->parameter("palimpsest.version").empty());
        const auto resumed = pipeline::studyFromValues(results.value()->values());
        VERIFY_RESULT(resumed);
    }

    void anUnchangedStudyComputesNothing()
    {
        run();
        compareRun({}, with({"tokens"}, kAllLinkages));
    }

    void theSameStudyGivesTheSameBytes()
    {
        run();
        const std::string first = testing::fileContent(m_project);
        m_project = folder() / "again.palimpsest";
        run();
        QVERIFY(first == testing::fileContent(m_project));
    }

    void kThetaAndDeviceOnlyChangeValues()
    {
        run();
        m_study.k = 7;
        m_study.theta = 0.5;
        m_study.device = "auto";
        compareRun({}, with({"tokens"}, kAllLinkages));
        const auto results = project::StudyResults::open(m_project);
        VERIFY_RESULT(results);
        QCOMPARE(results.value()->defaultK(), std::size_t{7});
        QCOMPARE(results.value()->defaultTheta(), 0.5);
    }

    void aCancelledRunResumesWhereItWas_data()
    {
        QTest::addColumn<QString>("activity");
        QTest::addColumn<int>("finished");
        QTest::newRow("while reading") << "Reading the corpus" << 0;
        QTest::newRow("in the first model") << "Base model: reading" << 1;
        QTest::newRow("first layer") << "Base model, layer 0" << 2;
        QTest::newRow("between the models") << "Fine-tuned model: reading" << 5;
        QTest::newRow("last layer") << "Fine-tuned model, layer 2" << 8;
    }
    void aCancelledRunResumesWhereItWas()
    {
        QFETCH(QString, activity);
        QFETCH(int, finished);
        StopAt stop(activity.toStdString());
        const auto cancelled = pipeline::runStudy(m_study, m_project, stop.context());
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
        QCOMPARE(leftovers(), std::size_t{0});

        const auto report = pipeline::runStudy(m_study, m_project, {});
        VERIFY_RESULT(report);
        QCOMPARE(report.value().computed, Names(kEverything.begin() + finished, kEverything.end()));
        const Snapshot resumed = snapshot();
        m_project = folder() / "uninterrupted.palimpsest";
        run();
        QVERIFY(resumed == snapshot());
    }

    void aChangedCorpusComputesEverything()
    {
        run();
        testing::writeFile(m_study.corpus, testing::tinyTable(30));
        compareRun(kEverything, {});
        QCOMPARE(project::StudyResults::open(m_project).value()->tokens()->size(), std::size_t{150});
    }

    void aCorpusOfTheSameContentElsewhereComputesNothing()
    {
        run();
        const fs::path elsewhere = folder() / "copy.tsv";
        fs::copy_file(m_study.corpus, elsewhere);
        m_study.corpus = elsewhere;
        compareRun({}, with({"tokens"}, kAllLinkages));
    }

    void readingAndFilterArePartOfTheTokens_data()
    {
        QTest::addColumn<int>("change");
        QTest::newRow("label column") << 0;
        QTest::newRow("max words") << 1;
        QTest::newRow("min frequency") << 2;
        QTest::newRow("max occurrences") << 3;
        QTest::newRow("max frequency") << 4;
    }
    void readingAndFilterArePartOfTheTokens()
    {
        QFETCH(int, change);
        run();
        if (change == 0)
            m_study.reading.labelColumn.clear();
        if (change == 1)
            m_study.reading.maxWords = 40;
        if (change == 2)
            m_study.frequency.minFrequency = 2;
        if (change == 3)
            m_study.frequency.maxOccurrences = 10;
        if (change == 4)
            m_study.frequency.maxFrequency = 39;
        compareRun(kEverything, {});
    }

    void anotherModelComputesItsSideOnly()
    {
        run();
        QVERIFY(testing::writeTinyCheckpoint(m_study.fineTuned, 3));
        compareRun(
            {"activations.finetuned", "linkage.finetuned.0", "linkage.finetuned.1", "linkage.finetuned.2"},
            {"tokens", "linkage.base.0", "linkage.base.1", "linkage.base.2"});
    }

    void anotherPoolingKeepsTheTokens()
    {
        run();
        m_study.pooling = activation::Pooling::Mean;
        compareRun(Names(kEverything.begin() + 1, kEverything.end()), {"tokens"});
    }

    void aDeletedCacheIsNotMissedUntilALayerIs()
    {
        m_study.layers = {0, 2};
        run();
        fs::remove_all(pipeline::cacheFolder(m_project));
        compareRun(
            {}, {"tokens", "linkage.base.0", "linkage.base.2", "linkage.finetuned.0", "linkage.finetuned.2"});
        QVERIFY(!fs::exists(pipeline::cacheFolder(m_project)));
        m_study.layers = {0, 1, 2};
        compareRun({"activations.base", "linkage.base.1", "activations.finetuned", "linkage.finetuned.1"},
            {"tokens", "linkage.base.0", "linkage.base.2", "linkage.finetuned.0", "linkage.finetuned.2"});
    }

    void layersNoLongerAskedForAreDropped()
    {
        run();
        m_study.layers = {1};
        compareRun({}, {"tokens", "linkage.base.1", "linkage.finetuned.1"});
        QCOMPARE(project::StudyResults::open(m_project).value()->layers(), std::vector<int>{1});
        m_study.layers.clear(); // their activations are still in the cache
        compareRun({"linkage.base.0", "linkage.base.2", "linkage.finetuned.0", "linkage.finetuned.2"},
            {"tokens", "linkage.base.1", "activations.base", "linkage.finetuned.1", "activations.finetuned"});
    }

    void activationsOfAnOlderStudyDoNotPileUp()
    {
        run();
        m_study.pooling = activation::Pooling::Mean;
        run();
        std::size_t folders = 0;
        for ([[maybe_unused]] const auto& entry : fs::directory_iterator(pipeline::cacheFolder(m_project)))
            ++folders;
        QCOMPARE(folders, std::size_t{2});
    }

    void theOldStudyStaysUntilTheNewOneHasAResult()
    {
        run();
        const Snapshot before = snapshot();
        testing::writeFile(m_study.corpus, testing::tinyTable(30));
        m_study.k = 5;
        StopAt stop("Base model, layer 0");
        QVERIFY(!pipeline::runStudy(m_study, m_project, stop.context()));
        QVERIFY(snapshot() == before);
        StopAt later("Base model, layer 1");
        QVERIFY(!pipeline::runStudy(m_study, m_project, later.context()));
        // From its first result on it is the new study, and never a mixture of both.
        const auto entries = ProjectFile::open(m_project, ProjectFile::Mode::ReadOnly).value().linkages();
        VERIFY_RESULT(entries);
        QCOMPARE(entries.value().size(), std::size_t{1});
        QCOMPARE(entries.value()[0].leafCount, std::size_t{150});
        QCOMPARE(value("k"), std::string("5"));
    }

    void wordsThatAModelCannotRepresentAreReported()
    {
        // A word of zero width has no piece; 24 pieces hold the first words of a long sentence.
        testing::writeFile(m_study.corpus,
            testing::tinyTable(8) + "A \u200b film\tpos\n" + QByteArray("film ").repeated(30).toStdString()
                + "\tneg\n");
        Names heard;
        const base::JobContext ctx(
            {}, {}, [&heard](std::string warning) { heard.push_back(std::move(warning)); });
        VERIFY_RESULT(pipeline::runStudy(m_study, m_project, ctx));
        const auto results = project::StudyResults::open(m_project);
        VERIFY_RESULT(results);
        QCOMPARE(results.value()->tokens()->size(), std::size_t{8 * 5 + 2 + 22});
        QCOMPARE(results.value()->warnings().size(), std::size_t{1});
        QCOMPARE(results.value()->warnings(), heard);
        QVERIFY(heard[0].find('9') != std::string::npos); // one word without a piece, eight beyond the length
    }

    void progressRisesToOneInWordsForPeople()
    {
        double last = 0.0;
        Names activities;
        const base::JobContext ctx({},
            [&](double fraction, std::string_view activity) {
                QVERIFY2(fraction >= last, std::string(activity).c_str());
                last = fraction;
                if (activities.empty() || activities.back() != activity)
                    activities.emplace_back(activity);
            },
            {});
        VERIFY_RESULT(pipeline::runStudy(m_study, m_project, ctx));
        QCOMPARE(last, 1.0);
        const auto said = [&](const char* activity) {
            return std::find(activities.begin(), activities.end(), activity) != activities.end();
        };
        QVERIFY(said("Base model, layer 1 (2 of 3): clustering 200 occurrences"));
        QVERIFY(said("Fine-tuned model: reading 200 of 200 occurrences in 3 layers"));
    }

    void theEstimateCountsWhatTheRunFinds()
    {
        const auto estimate = pipeline::estimateStudy(m_study, {});
        VERIFY_RESULT(estimate);
        QCOMPARE(estimate.value().sentences, std::size_t{40});
        QCOMPARE(estimate.value().occurrences, std::size_t{200});
        QCOMPARE(estimate.value().layers, (std::vector<int>{0, 1, 2}));
        QCOMPARE(estimate.value().hiddenSize, std::size_t{16});
        QCOMPARE(estimate.value().cacheBytes, std::uint64_t{2 * 3 * 200 * 16 * 4});
        QVERIFY(estimate.value().seconds > 0.0);
        QVERIFY(estimate.value().memoryBytes > 200 * 16 * 4);
        QVERIFY(!fs::exists(m_project));
    }

private:
    struct Snapshot {
        std::vector<std::pair<std::string, std::string>> values;
        std::vector<std::string> words;
        std::vector<double> heights;
        bool operator==(const Snapshot&) const = default;
    };

    [[nodiscard]] fs::path folder() const { return m_folder->path().toStdString(); }
    void run() { VERIFY_RESULT(pipeline::runStudy(m_study, m_project, {})); }
    void compareRun(const Names& computed, const Names& reused)
    {
        const auto report = pipeline::runStudy(m_study, m_project, {});
        VERIFY_RESULT(report);
        QCOMPARE(report.value().computed, computed);
        QCOMPARE(report.value().reused, reused);
    }
    [[nodiscard]] std::string value(const char* key) const
    {
        return ProjectFile::open(m_project, ProjectFile::Mode::ReadOnly)
            .value()
            .value(key)
            .value()
            .value_or("");
    }
    [[nodiscard]] Snapshot snapshot() const
    {
        const auto file = ProjectFile::open(m_project, ProjectFile::Mode::ReadOnly);
        const auto tokens = file.value().readTokens();
        Snapshot result{file.value().values().value(), tokens.value()->corpus().parts().vocabulary, {}};
        const auto entries = file.value().linkages();
        for (const auto& entry : entries.value()) {
            const auto linkage = file.value().readLinkage(entry.side, entry.layer);
            for (const auto& merge : linkage.value().merges())
                result.heights.push_back(merge.height);
        }
        return result;
    }
    /// Half-written files, which a cancelled run must not leave.
    [[nodiscard]] std::size_t leftovers() const
    {
        std::size_t count = 0;
        for (const auto& entry : fs::recursive_directory_iterator(folder())) {
            const std::string name = entry.path().filename().string();
            count += name.ends_with(".part") || name.ends_with("-journal") ? 1 : 0;
        }
        return count;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Study m_study;
    fs::path m_project;
};

QTEST_GUILESS_MAIN(TestRunStudy)
#include "tst_run_study.moc"
