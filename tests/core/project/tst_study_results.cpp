// What views get from a project: layers both models have, linkages read once, comparisons and summaries.

#include <QtTest/QtTest>

#include <filesystem>
#include <stop_token>
#include <thread>

#include "project/study_results.h"
#include "sample_project.h"
#include "support/reference.h"

using namespace palimpsest;
using base::ErrorCode;
using project::ProjectFile;
using project::Side;
using project::StudyResults;
using testing::chainLinkage;
namespace fs = std::filesystem;

class TestStudyResults : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = fs::path(m_folder->path().toStdString()) / "p.palimpsest";
    }

    void onlyLayersOfBothModelsAreShown()
    {
        writeProject({0, 1, 4}, {4, 0, 7});
        const auto results = StudyResults::open(m_path);
        VERIFY_RESULT(results);
        QCOMPARE(results.value()->layers(), (std::vector<int>{0, 4}));
        QCOMPARE(results.value()->path(), m_path);
        QCOMPARE(results.value()->tokens()->size(), std::size_t{40});
        QCOMPARE(results.value()->warnings(), std::vector<std::string>{"two words left out"});
        const auto missing = results.value()->linkage(Side::Base, 1);
        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        QVERIFY(missing.error().message.find("layers 0, 4") != std::string::npos);
        QCOMPARE(results.value()->compare(0, 9, 4, 0.9).error().code, ErrorCode::NotFound);
    }

    void aProjectWithoutAFinishedLayerSaysRunItFirst()
    {
        writeProject({0, 1}, {2});
        const auto results = StudyResults::open(m_path);
        QCOMPARE(results.error().code, ErrorCode::NotFound);
        QVERIFY(results.error().message.find("run the study first") != std::string::npos);
    }

    void refusalsOfTheFileAreHandedOn()
    {
        QCOMPARE(StudyResults::open(m_path).error().code, ErrorCode::NotFound);
        testing::writeFile(m_path, "no project");
        QCOMPARE(StudyResults::open(m_path).error().code, ErrorCode::Malformed);
    }

    void parametersAndDefaults_data()
    {
        QTest::addColumn<QString>("k");
        QTest::addColumn<QString>("theta");
        QTest::addColumn<int>("defaultK");
        QTest::addColumn<double>("defaultTheta");
        QTest::newRow("as written") << "12"
                                    << "0.75" << 12 << 0.75;
        QTest::newRow("more than rows") << "600"
                                        << "1" << 40 << 1.0;
        QTest::newRow("nonsense") << "many"
                                  << "-3" << 40 << 0.9;
        QTest::newRow("zero") << "0"
                              << "nan" << 1 << 0.9;
    }

    void parametersAndDefaults()
    {
        QFETCH(QString, k);
        QFETCH(QString, theta);
        writeProject({0}, {0}, k.toStdString(), theta.toStdString());
        const auto results = StudyResults::open(m_path);
        VERIFY_RESULT(results);
        QCOMPARE(results.value()->parameter("k"), k.toStdString());
        QCOMPARE(results.value()->parameter("absent"), std::string());
        QCOMPARE(results.value()->values().size(), std::size_t{2});
        QTEST(static_cast<int>(results.value()->defaultK()), "defaultK");
        QTEST(results.value()->defaultTheta(), "defaultTheta");
    }

    void linkagesAreReadOnceAndShared()
    {
        writeProject({0}, {0});
        const auto results = StudyResults::open(m_path);
        VERIFY_RESULT(results);
        const auto first = results.value()->linkage(Side::Base, 0);
        const auto second = results.value()->linkage(Side::Base, 0);
        VERIFY_RESULT(first);
        QVERIFY(first.value() == second.value());
        QCOMPARE(first.value()->leafCount(), std::size_t{40});
    }

    void equalTreesKeepEveryConcept()
    {
        writeProject({0, 1}, {0, 1});
        const auto results = StudyResults::open(m_path);
        VERIFY_RESULT(results);
        const auto comparison = results.value()->compare(0, 1, 8, 0.9);
        VERIFY_RESULT(comparison);
        QCOMPARE(comparison.value()->layerA, 0);
        QCOMPARE(comparison.value()->layerB, 1);
        QCOMPARE(comparison.value()->a->conceptCount(), std::size_t{8});
        const auto summaries = results.value()->summaries(8, 0.9, {});
        VERIFY_RESULT(summaries);
        QCOMPARE(summaries.value().size(), std::size_t{2});
        QCOMPARE(summaries.value()[1].layer, 1);
        QCOMPARE(summaries.value()[1].keptShare(), 1.0);
    }

    void summariesStopOnRequest()
    {
        writeProject({0}, {0});
        const auto results = StudyResults::open(m_path);
        VERIFY_RESULT(results);
        std::stop_source stop;
        stop.request_stop();
        const auto summaries = results.value()->summaries(8, 0.9, base::JobContext(stop.get_token(), {}, {}));
        QCOMPARE(summaries.error().code, ErrorCode::Cancelled);
    }

    void severalThreadsMayAskAtOnce()
    {
        writeProject({0, 1, 2}, {0, 1, 2});
        const auto results = StudyResults::open(m_path);
        VERIFY_RESULT(results);
        std::atomic<int> failures = 0;
        {
            std::vector<std::jthread> threads;
            for (int thread = 0; thread < 4; ++thread) {
                threads.emplace_back([&] {
                    if (!results.value()->summaries(8, 0.9, {}))
                        ++failures;
                });
            }
        }
        QCOMPARE(failures.load(), 0);
    }

    void aRunOnAnotherCorpusMeanwhileIsSaid()
    {
        writeProject({0}, {0});
        const auto results = StudyResults::open(m_path);
        VERIFY_RESULT(results);
        {
            auto project = ProjectFile::open(m_path, ProjectFile::Mode::ReadWrite);
            VERIFY_RESULT(project);
            VERIFY_RESULT(project.value().writeTokens(*testing::sampleTokens(2), {5, 6}));
            VERIFY_RESULT(project.value().writeLinkage(Side::Base, 0, chainLinkage(20), {5, 6}));
        }
        const auto linkage = results.value()->linkage(Side::Base, 0);
        QCOMPARE(linkage.error().code, ErrorCode::Malformed);
        QVERIFY(linkage.error().message.find("open it again") != std::string::npos);
    }

private:
    void writeProject(const std::vector<int>& baseLayers, const std::vector<int>& fineTunedLayers,
        const std::string& k = "8", const std::string& theta = "0.9")
    {
        auto project = ProjectFile::openOrCreate(m_path);
        VERIFY_RESULT(project);
        VERIFY_RESULT(project.value().writeTokens(*testing::sampleTokens(), {1, 2}));
        VERIFY_RESULT(project.value().writeWarnings("tokens", {"two words left out"}));
        VERIFY_RESULT(project.value().setValues({{"k", k}, {"theta", theta}}));
        for (const int layer : baseLayers)
            VERIFY_RESULT(project.value().writeLinkage(Side::Base, layer, chainLinkage(40), {3, 4}));
        for (const int layer : fineTunedLayers)
            VERIFY_RESULT(project.value().writeLinkage(Side::FineTuned, layer, chainLinkage(40), {3, 4}));
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_path;
};

QTEST_GUILESS_MAIN(TestStudyResults)
#include "tst_study_results.moc"
