// Everything that can be wrong with a study: one clear sentence each, and nothing lost.

#include <QtTest/QtTest>

#include <csignal>
#include <filesystem>
#include <functional>

#include <sys/resource.h>

#include "pipeline/run_study.h"
#include "project/study_results.h"
#include "support/reference.h"
#include "tiny_study.h"

using namespace palimpsest;
using base::ErrorCode;
using pipeline::Study;
namespace fs = std::filesystem;

namespace {

struct Mistake {
    std::function<void(Study&, const fs::path& folder)> make;
    ErrorCode code;
    std::vector<std::string> says;
};

void replaceInFile(const fs::path& file, const std::string& from, const std::string& to)
{
    QString content = QString::fromStdString(testing::fileContent(file));
    content.replace(QString::fromStdString(from), QString::fromStdString(to));
    testing::writeFile(file, content.toStdString());
}

} // namespace
Q_DECLARE_METATYPE(Mistake)

class TestRunStudyErrors : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_study = testing::writeTinyStudy(folder());
        m_project = folder() / "p.palimpsest";
    }

    void mistakesAreSaidBeforeTheLongWork_data()
    {
        QTest::addColumn<Mistake>("mistake");
        const auto row = [](const char* name, std::function<void(Study&, const fs::path&)> make,
                             ErrorCode code, std::vector<std::string> says) {
            QTest::newRow(name) << Mistake{std::move(make), code, std::move(says)};
        };
        row("model of another width",
            [](Study& study, const fs::path&) {
                testing::writeTinyCheckpoint(study.fineTuned, 2, {20, 2, 32, 24});
            },
            ErrorCode::ShapeMismatch, {"2 layers of 16", "2 layers of 20"});
        row("model of another depth",
            [](Study& study, const fs::path&) {
                testing::writeTinyCheckpoint(study.base, 2, {16, 3, 32, 24});
            },
            ErrorCode::ShapeMismatch, {"3 layers of 16", "2 layers of 16"});
        row("missing folder", [](Study& study, const fs::path& folder) { study.base = folder / "absent"; },
            ErrorCode::NotFound, {"absent"});
        row("folder without a configuration",
            [](Study& study, const fs::path& folder) {
                study.fineTuned = folder / "empty";
                fs::create_directory(study.fineTuned);
            },
            ErrorCode::NotFound, {"config.json", "empty"});
        row("folder without weights",
            [](Study& study, const fs::path&) { fs::remove(study.fineTuned / "model.safetensors"); },
            ErrorCode::NotFound, {"finetuned"});
        row("folder without a tokenizer",
            [](Study& study, const fs::path&) { fs::remove(study.base / "vocab.txt"); }, ErrorCode::NotFound,
            {"vocab.txt"});
        row("unknown architecture",
            [](Study& study, const fs::path&) {
                replaceInFile(study.base / "config.json", "\"bert\"", "\"mamba\"");
                replaceInFile(study.base / "config.json", "BertModel", "MambaModel");
            },
            ErrorCode::Unsupported, {"amba", "bert"});
        row("missing corpus",
            [](Study& study, const fs::path& folder) { study.corpus = folder / "absent.tsv"; },
            ErrorCode::NotFound, {"absent.tsv"});
        row("empty corpus", [](Study& study, const fs::path&) { testing::writeFile(study.corpus, ""); },
            ErrorCode::TooFewRows, {"corpus.tsv"});
        row("header only",
            [](Study& study, const fs::path&) { testing::writeFile(study.corpus, "sentence\tlabel\n"); },
            ErrorCode::TooFewRows, {"corpus.tsv"});
        row("label column that is not there",
            [](Study& study, const fs::path&) { study.reading.labelColumn = "mood"; }, ErrorCode::NotFound,
            {"mood", "sentence", "label"});
        row("text that is not UTF-8",
            [](Study& study, const fs::path&) {
                testing::writeFile(study.corpus, "sentence\tlabel\nfine film\tpos\nbad f\xEFlm\tneg\n");
            },
            ErrorCode::Malformed, {"UTF-8", "3"});
        row("filter that leaves nothing",
            [](Study& study, const fs::path&) { study.frequency.minFrequency = 1000; }, ErrorCode::TooFewRows,
            {});
        row("layer that the models lack",
            [](Study& study, const fs::path&) {
                study.layers = {1, 9};
            },
            ErrorCode::NotFound, {"layer 9", "0 to 2"});
        row("negative layer", [](Study& study, const fs::path&) { study.layers = {-1}; },
            ErrorCode::InvalidArgument, {"layers"});
        row("no concepts", [](Study& study, const fs::path&) { study.k = 0; }, ErrorCode::InvalidArgument,
            {"k is"});
        row("theta above one", [](Study& study, const fs::path&) { study.theta = 1.5; },
            ErrorCode::InvalidArgument, {"theta is \"1.5\""});
        row("unknown device", [](Study& study, const fs::path&) { study.device = "tpu"; },
            ErrorCode::InvalidArgument, {"device", "tpu"});
        row("no model chosen", [](Study& study, const fs::path&) { study.base.clear(); },
            ErrorCode::InvalidArgument, {"base"});
    }

    void mistakesAreSaidBeforeTheLongWork()
    {
        QFETCH(Mistake, mistake);
        mistake.make(m_study, folder());
        const auto run = pipeline::runStudy(m_study, m_project, {});
        QVERIFY(!run);
        const auto estimate = pipeline::estimateStudy(m_study, {});
        QVERIFY(!estimate);
        QCOMPARE(run.error().code, mistake.code);
        QCOMPARE(estimate.error().code, mistake.code);
        QCOMPARE(estimate.error().message, run.error().message);
        for (const std::string& part : mistake.says)
            QVERIFY2(run.error().message.find(part) != std::string::npos, run.error().message.c_str());
        QVERIFY(run.error().message.find('\n') == std::string::npos);
        QVERIFY(!fs::exists(pipeline::cacheFolder(m_project)));
    }

    void mistakesLeaveAnOldProjectAlone()
    {
        VERIFY_RESULT(pipeline::runStudy(m_study, m_project, {}));
        const std::string before = testing::fileContent(m_project);
        Study wrong = m_study;
        wrong.reading.labelColumn = "mood";
        QVERIFY(!pipeline::runStudy(wrong, m_project, {}));
        QVERIFY(testing::fileContent(m_project) == before);
    }

    void aFileThatIsNoProjectIsRefusedFirst()
    {
        testing::writeFile(m_project, "my thesis");
        m_study.base = folder() / "absent"; // would be said otherwise
        const auto run = pipeline::runStudy(m_study, m_project, {});
        QCOMPARE(run.error().code, ErrorCode::Malformed);
        QCOMPARE(testing::fileContent(m_project), std::string("my thesis"));
    }

    void aProjectInAMissingFolderIsNotFound()
    {
        const auto run = pipeline::runStudy(m_study, folder() / "absent" / "p.palimpsest", {});
        QCOMPARE(run.error().code, ErrorCode::NotFound);
        QVERIFY(run.error().message.find("create it first") != std::string::npos);
    }

    void aDeviceThatIsNotThereIsSaid()
    {
        m_study.device = "cuda:77";
        const auto run = pipeline::runStudy(m_study, m_project, {});
        QVERIFY(!run);
        QVERIFY(run.error().message.find("Base model") == 0);
    }

    void damagedWeightsNameTheModel()
    {
        fs::resize_file(m_study.fineTuned / "model.safetensors", 200);
        const auto run = pipeline::runStudy(m_study, m_project, {});
        QVERIFY(!run);
        QCOMPARE(run.error().code, ErrorCode::Malformed);
        QVERIFY2(run.error().message.find("Fine-tuned model: ") == 0, run.error().message.c_str());
        // What the base model gave is there already.
        m_study.layers = {0, 1, 2};
        QVERIFY(testing::writeTinyCheckpoint(m_study.fineTuned, 2));
        const auto again = pipeline::runStudy(m_study, m_project, {});
        VERIFY_RESULT(again);
        QCOMPARE(again.value().computed.front(), std::string("activations.finetuned"));
    }

    void aFullDiskLosesNothing()
    {
        VERIFY_RESULT(pipeline::runStudy(m_study, m_project, {}));
        const std::string before = testing::fileContent(m_project);
        testing::writeFile(m_study.corpus, testing::tinyTable(2000)); // 10,000 rows of 64 bytes
        {
            std::signal(SIGXFSZ, SIG_IGN);
            rlimit unlimited{};
            ::getrlimit(RLIMIT_FSIZE, &unlimited);
            const rlimit limit{300000, unlimited.rlim_max};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            const auto run = pipeline::runStudy(m_study, m_project, {});
            ::setrlimit(RLIMIT_FSIZE, &unlimited);
            QVERIFY(!run);
            QCOMPARE(run.error().code, ErrorCode::DiskFull);
        }
        QVERIFY(testing::fileContent(m_project) == before);
        VERIFY_RESULT(project::StudyResults::open(m_project));
        testing::writeFile(m_study.corpus, testing::tinyTable());
        const auto again = pipeline::runStudy(m_study, m_project, {});
        VERIFY_RESULT(again);
        QVERIFY(again.value().computed.empty());
    }

private:
    [[nodiscard]] fs::path folder() const { return m_folder->path().toStdString(); }
    std::unique_ptr<QTemporaryDir> m_folder;
    Study m_study;
    fs::path m_project;
};

QTEST_GUILESS_MAIN(TestRunStudyErrors)
#include "tst_run_study_errors.moc"
