// A real pair through the whole pipeline, against what the field's Python tools give for it:
// shared reference neurox/ (NeuroX a9ac7cd, transformers 4.40.2: word vectors) and conceptx/ (ConceptX
// 50ece69 with scipy 1.10.1: linkage and flat clusters). How they were made is written in the READMEs beside
// them.

#include <QtTest/QtTest>

#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <map>

#include <nlohmann/json.hpp>

#include "activation/activation_store.h"
#include "pipeline/run_study.h"
#include "project/study_results.h"
#include "support/reference.h"
#include "tensorfile/safetensors.h"
#include "tiny_study.h"

using namespace palimpsest;
using pipeline::Study;
using project::Side;
using tensorfile::SafetensorsFile;
using tensorfile::TensorView;
namespace fs = std::filesystem;

namespace {

/// NeuroX and another implementation differ by 4e-6; its README advises this.
constexpr float kActivationTolerance = 1e-4F;
constexpr std::size_t kHidden = 384;

template <typename Number>
std::vector<Number> numbers(const SafetensorsFile& file, const std::string& name)
{
    const TensorView* tensor = file.find(name);
    if (tensor == nullptr || tensor->bytes.size() % sizeof(Number) != 0)
        return {};
    std::vector<Number> values(tensor->bytes.size() / sizeof(Number));
    std::memcpy(values.data(), tensor->bytes.data(), tensor->bytes.size());
    return values;
}

} // namespace

class TestRunStudyReference : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void activationsAreThoseOfNeuroX_data()
    {
        QTest::addColumn<bool>("mean");
        QTest::newRow("last") << false;
        QTest::newRow("average") << true;
    }

    void activationsAreThoseOfNeuroX()
    {
        REQUIRE_REFERENCE("neurox/sentences.txt");
        REQUIRE_REFERENCE("pairs/minilm-sst2/base");
        QFETCH(bool, mean);
        Study study = pairStudy(testing::referenceDir() / "neurox/sentences.txt");
        study.pooling = mean ? activation::Pooling::Mean : activation::Pooling::Last;
        VERIFY_RESULT(pipeline::runStudy(study, project(), {}));
        for (const Side side : {Side::Base, Side::FineTuned}) {
            const std::string name = std::string(project::sideName(side)) + (mean ? "-average" : "-last");
            const auto expected
                = SafetensorsFile::open(testing::referenceDir() / "neurox" / (name + ".safetensors"));
            VERIFY_RESULT(expected);
            // Of the averages the reference holds only the rows that differ from the last pieces.
            const auto rows = numbers<std::int64_t>(expected.value(), "rows");
            const auto store = activation::ActivationStore::open(
                activationFolder(side), std::array{0, 1, 2, 3, 4, 5, 6}, 360, kHidden);
            VERIFY_RESULT(store);
            for (int layer = 0; layer <= 6; ++layer) {
                const auto values = numbers<float>(expected.value(), "layer_" + std::to_string(layer));
                QCOMPARE(values.size(), (mean ? rows.size() : 360) * kHidden);
                const auto matrix = store.value().layer(layer).value();
                float largest = 0.0F;
                for (std::size_t index = 0; index < values.size(); ++index) {
                    const std::size_t at = index / kHidden;
                    const std::size_t row = mean ? static_cast<std::size_t>(rows[at]) : at;
                    largest = std::max(largest, std::abs(values[index] - matrix.row(row)[index % kHidden]));
                }
                QVERIFY2(largest <= kActivationTolerance, std::to_string(largest).c_str());
            }
        }
    }

    /// Layer 6 of the base model over 80 sentences: scipy's heights and scikit-learn's 50 clusters.
    void conceptsAreThoseOfConceptX()
    {
        REQUIRE_REFERENCE("conceptx/sst2-80-base-layer6-K50-vectors");
        REQUIRE_REFERENCE("pairs/minilm-sst2/base");
        const fs::path reference = testing::referenceDir() / "conceptx/sst2-80-base-layer6-K50-vectors";
        std::string text;
        for (const auto& sentence : nlohmann::json::parse(testing::fileContent(reference / "sentences.json")))
            text += sentence.get<std::string>() + "\n";
        const fs::path corpus = folder() / "sentences.txt";
        testing::writeFile(corpus, text);
        Study study = pairStudy(corpus);
        study.layers = {6};
        VERIFY_RESULT(pipeline::runStudy(study, project(), {}));
        const auto results = project::StudyResults::open(project());
        VERIFY_RESULT(results);
        const auto linkage = results.value()->linkage(Side::Base, 6);
        VERIFY_RESULT(linkage);
        const auto expected = SafetensorsFile::open(reference / "linkage.safetensors");
        VERIFY_RESULT(expected);

        const auto z = numbers<double>(expected.value(), "Z");
        const auto& merges = linkage.value()->merges();
        QCOMPARE(z.size(), merges.size() * 4);
        for (std::size_t merge = merges.size() - 50; merge < merges.size(); ++merge) {
            const double height = z[merge * 4 + 2];
            QVERIFY(std::abs(merges[merge].height - height) <= 2e-6 * height);
        }
        const auto labels = numbers<std::int32_t>(expected.value(), "labels");
        const auto partition = cluster::cut(*linkage.value(), 50);
        QCOMPARE(partition.clusterOf.size(), labels.size());
        std::map<std::int32_t, base::ClusterId> ours;
        std::map<base::ClusterId, std::int32_t> theirs;
        for (std::size_t row = 0; row < labels.size(); ++row) {
            QCOMPARE(
                ours.emplace(labels[row], partition.clusterOf[row]).first->second, partition.clusterOf[row]);
            QCOMPARE(theirs.emplace(partition.clusterOf[row], labels[row]).first->second, labels[row]);
        }
        QCOMPARE(ours.size(), std::size_t{50});
    }

private:
    [[nodiscard]] fs::path folder() const { return m_folder->path().toStdString(); }
    [[nodiscard]] fs::path project() const { return folder() / "p.palimpsest"; }
    [[nodiscard]] static Study pairStudy(const fs::path& corpus)
    {
        Study study;
        study.base = testing::referenceDir() / "pairs/minilm-sst2/base";
        study.fineTuned = testing::referenceDir() / "pairs/minilm-sst2/finetuned";
        study.corpus = corpus;
        study.device = "cpu";
        return study;
    }
    [[nodiscard]] fs::path activationFolder(Side side) const
    {
        for (const auto& entry : fs::directory_iterator(pipeline::cacheFolder(project()))) {
            if (entry.path().filename().string().starts_with(project::sideName(side)))
                return entry.path();
        }
        return {};
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestRunStudyReference)
#include "tst_run_study_reference.moc"
