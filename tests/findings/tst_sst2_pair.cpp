// What fine-tuning on SST-2 does to MiniLM, end to end from two checkpoints and a file of sentences.
//
// The expected figures come from an independent Python computation on the same pair and the same 872
// sentences: words by white space, vector of the last subword, at most 10 occurrences of a word, scipy's Ward
// linkage cut at K = 600, θ = 0.9 in both directions; shares rounded to whole per cent.

#include <QtTest/QtTest>

#include <QTemporaryDir>

#include <numeric>

#include "base/percent.h"
#include "pipeline/run_study.h"
#include "project/study_results.h"
#include "support/reference.h"

using namespace palimpsest;
using palimpsest::testing::referenceDir;

class Sst2PairTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void keptConceptsFallFromTheLowestToTheHighestLayer();
    void taskConceptsAppearInTheTopLayersOfTheFineTunedModelOnly();

private:
    QTemporaryDir m_folder;
    std::vector<align::LayerSummary> m_layers;
};

void Sst2PairTest::initTestCase()
{
    REQUIRE_REFERENCE("pairs/minilm-sst2/base/model.safetensors");
    pipeline::Study study;
    study.base = referenceDir() / "pairs/minilm-sst2/base";
    study.fineTuned = referenceDir() / "pairs/minilm-sst2/finetuned";
    study.corpus = referenceDir() / "data/sst2-dev.tsv";
    study.reading.textColumn = "1";
    study.reading.labelColumn = "2";
    study.frequency.maxOccurrences = 10;
    study.k = 600;
    study.theta = 0.9;
    const std::filesystem::path project = m_folder.filePath(QStringLiteral("sst2.palimpsest")).toStdString();
    const auto report = pipeline::runStudy(study, project, {});
    VERIFY_RESULT(report);
    const auto results = project::StudyResults::open(project);
    VERIFY_RESULT(results);
    QCOMPARE(results.value()->tokens()->corpus().sentenceCount(), std::size_t{872});
    QCOMPARE(results.value()->tokens()->size(), std::size_t{8821});
    auto layers = results.value()->summaries(600, 0.9, {});
    VERIFY_RESULT(layers);
    m_layers = std::move(layers.value());
}

void Sst2PairTest::keptConceptsFallFromTheLowestToTheHighestLayer()
{
    QCOMPARE(m_layers.size(), std::size_t{7});
    QList<int> kept;
    for (const align::LayerSummary& layer : m_layers)
        kept.append(base::wholePercent(layer.keptShare()));
    QCOMPARE(kept, (QList<int>{79, 68, 58, 51, 22, 2, 1}));
}

void Sst2PairTest::taskConceptsAppearInTheTopLayersOfTheFineTunedModelOnly()
{
    const auto total = [](const std::vector<std::size_t>& perClass) {
        return std::accumulate(perClass.begin(), perClass.end(), std::size_t{0});
    };
    QCOMPARE(total(m_layers.front().taskA), std::size_t{37});
    QCOMPARE(total(m_layers.front().taskB), std::size_t{37});
    QCOMPARE(total(m_layers.back().taskA), std::size_t{39});
    QCOMPARE(total(m_layers.back().taskB), std::size_t{226});
}

QTEST_APPLESS_MAIN(Sst2PairTest)
#include "tst_sst2_pair.moc"
