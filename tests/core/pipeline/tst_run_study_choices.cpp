// A pair of decoders through the whole pipeline, long sentences, what is kept on disk, and a run that was
// stopped on the way through a model. Goldens of the decoders: tests/core/model/goldens/README.md.

#include <QtTest/QtTest>

#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <stop_token>

#include "activation/activation_store.h"
#include "pipeline/run_study.h"
#include "project/study_results.h"
#include "support/reference.h"
#include "tensorfile/safetensors.h"
#include "tiny_study.h"

using namespace palimpsest;
using pipeline::LongSentences;
using pipeline::Study;
using project::Side;
namespace fs = std::filesystem;

class TestRunStudyChoices : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_study = testing::writeTinyStudy(folder());
        m_project = folder() / "p.palimpsest";
    }

    /// Byte-level pieces, no special pieces around a sentence, no padding id: last pieces of words.
    void decodersGiveTheWordsOfTransformers()
    {
        const fs::path goldens = TEST_GOLDENS_DIR;
        m_study = Study();
        m_study.base = goldens / "decoder-base";
        m_study.fineTuned = goldens / "decoder-finetuned";
        m_study.corpus = goldens / "sentences.txt";
        m_study.device = "cpu";
        m_study.k = 10;
        VERIFY_RESULT(pipeline::runStudy(m_study, m_project, {}));
        for (const Side side : {Side::Base, Side::FineTuned}) {
            const auto expected = tensorfile::SafetensorsFile::open(goldens
                / (side == Side::Base ? "decoder-base" : "decoder-finetuned") / "expected.safetensors");
            VERIFY_RESULT(expected);
            for (int layer = 0; layer <= 2; ++layer) {
                const auto* tensor = expected.value().find("layer_" + std::to_string(layer));
                QVERIFY(tensor != nullptr);
                std::vector<float> theirs(tensor->elementCount());
                tensorfile::convertToFloat(*tensor, theirs);
                const std::vector<float> ours = activations(side, layer, 68);
                QCOMPARE(ours.size(), theirs.size());
                float largest = 0.0F;
                for (std::size_t i = 0; i < ours.size(); ++i)
                    largest = std::max(largest, std::abs(ours[i] - theirs[i]));
                QVERIFY2(largest <= 2e-5F, std::to_string(largest).c_str());
            }
        }
    }

    void longSentencesAreCutOrReadInWindows()
    {
        std::string text = "a good film .\n";
        for (int word = 0; word < 60; ++word)
            text += std::string(1, static_cast<char>('a' + word % 26)) + (word < 59 ? " " : "\n");
        m_study.corpus = folder() / "long.txt";
        testing::writeFile(m_study.corpus, text);
        m_study.reading = {};
        m_study.reading.maxWords = 1000;
        VERIFY_RESULT(pipeline::runStudy(m_study, m_project, {}));
        // 24 pieces hold 22 words between [CLS] and [SEP].
        QCOMPARE(occurrences(), std::size_t{4 + 22});
        QVERIFY(warnings().find("38 word occurrences are left out") != std::string::npos);
        const std::vector<float> cut = activations(Side::Base, 2, 26);

        m_study.longSentences = LongSentences::Window;
        m_project = folder() / "windows.palimpsest";
        VERIFY_RESULT(pipeline::runStudy(m_study, m_project, {}));
        QCOMPARE(occurrences(), std::size_t{4 + 60});
        QVERIFY(warnings().find("1 sentence is longer") != std::string::npos);
        const std::vector<float> windows = activations(Side::Base, 2, 64);
        // Windows of 22 words begin at 0, 11, …: the first 17 words belong to the first one, which is what
        // the cut sentence is; later words are seen in other company.
        const std::size_t same = (4 + 17) * 16;
        for (std::size_t i = 0; i < same; ++i)
            QVERIFY(std::abs(windows[i] - cut[i]) <= 1e-5F);
        float after = 0.0F;
        for (std::size_t i = same; i < same + 16; ++i)
            after = std::max(after, std::abs(windows[i] - cut[i]));
        QVERIFY(after > 1e-3F);
    }

    void aRunIsResumedInTheMiddleOfAModel()
    {
        testing::writeFile(m_study.corpus, testing::tinyTable(600)); // some batches
        m_study.layers = {1};
        std::stop_source stop;
        const base::JobContext ctx(stop.get_token(),
            [&](double, std::string_view activity) {
                // Tokenizing is the first 2 % of it.
                const QString text = QString::fromUtf8(activity.data(), qsizetype(activity.size()));
                const QString count
                    = text.section(QLatin1String("reading "), 1).section(QLatin1Char(' '), 0, 0);
                if (text.startsWith(QLatin1String("Base model"))
                    && QString(count).remove(QLatin1Char(',')).toInt() > 300)
                    stop.request_stop();
            },
            {});
        const auto stopped = pipeline::runStudy(m_study, m_project, ctx);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, base::ErrorCode::Cancelled);
        const auto resumed = pipeline::runStudy(m_study, m_project, {});
        VERIFY_RESULT(resumed);
        QVERIFY(resumed.value().resumedSentences > 0);
        QVERIFY(resumed.value().resumedSentences < 600);
        const std::vector<float> base = activations(Side::Base, 1, 3000);
        for (const auto& entry : fs::recursive_directory_iterator(folder()))
            QVERIFY2(entry.path().extension() != ".part", entry.path().c_str());

        m_project = folder() / "uninterrupted.palimpsest";
        const auto whole = pipeline::runStudy(m_study, m_project, {});
        VERIFY_RESULT(whole);
        QCOMPARE(whole.value().resumedSentences, std::size_t{0});
        QVERIFY(base == activations(Side::Base, 1, 3000));
    }

    void halvesOnDiskGiveAlmostTheSameTree()
    {
        VERIFY_RESULT(pipeline::runStudy(m_study, m_project, {}));
        const std::vector<double> exact = heights();
        const std::uintmax_t size = activationBytes();
        m_study.store = tensorfile::ElementType::F16;
        m_project = folder() / "half.palimpsest";
        VERIFY_RESULT(pipeline::runStudy(m_study, m_project, {}));
        QCOMPARE_LE(activationBytes(), size / 2 + 1000);
        const std::vector<double> rounded = heights();
        QCOMPARE(rounded.size(), exact.size());
        for (std::size_t i = exact.size() - 50; i < exact.size(); ++i)
            QVERIFY(std::abs(rounded[i] - exact[i]) <= 1e-3 * exact[i]);
    }

private:
    [[nodiscard]] fs::path folder() const { return m_folder->path().toStdString(); }
    [[nodiscard]] fs::path activationFolder(Side side) const
    {
        for (const auto& entry : fs::directory_iterator(pipeline::cacheFolder(m_project))) {
            if (entry.path().filename().string().starts_with(project::sideName(side)))
                return entry.path();
        }
        return {};
    }
    [[nodiscard]] std::vector<float> activations(Side side, int layer, std::size_t rows) const
    {
        const auto store
            = activation::ActivationStore::open(activationFolder(side), std::array{layer}, rows, 16);
        if (!store)
            return {};
        const auto view = store.value().layer(layer).value();
        std::vector<float> values;
        for (std::size_t row = 0; row < rows; ++row)
            values.insert(values.end(), view.row(row).begin(), view.row(row).end());
        return values;
    }
    [[nodiscard]] std::uintmax_t activationBytes() const
    {
        return fs::file_size(activationFolder(Side::Base) / "layer_1.safetensors");
    }
    [[nodiscard]] std::size_t occurrences() const
    {
        return project::StudyResults::open(m_project).value()->tokens()->size();
    }
    [[nodiscard]] std::vector<double> heights() const
    {
        const auto linkage = project::StudyResults::open(m_project).value()->linkage(Side::Base, 1);
        std::vector<double> heights;
        for (const auto& merge : linkage.value()->merges())
            heights.push_back(merge.height);
        return heights;
    }
    [[nodiscard]] std::string warnings() const
    {
        const auto file = project::ProjectFile::open(m_project, project::ProjectFile::Mode::ReadOnly);
        std::string all;
        const auto stored = file.value().warnings();
        for (const std::string& warning : stored.value())
            all += warning + "\n";
        return all;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Study m_study;
    fs::path m_project;
};

QTEST_GUILESS_MAIN(TestRunStudyChoices)
#include "tst_run_study_choices.moc"
