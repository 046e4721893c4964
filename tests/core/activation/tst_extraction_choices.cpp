// What a person chooses about an extraction: half the space on disk, fewer digits in the network; and a run
// that was stopped goes on where it was.

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>

#include "activation/activation_store.h"
#include "activation/extraction.h"
#include "support/reference.h"

using namespace palimpsest;
using activation::ActivationStoreWriter;
using activation::ExtractOptions;
using activation::ExtractReport;
using tensorfile::ElementType;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kSentences = 60;
constexpr std::size_t kHidden = 64;

/// Sentences of one-piece words between two special pieces, of 3 to 22 words.
struct Corpus {
    std::vector<std::vector<std::int32_t>> ids, words;
    std::vector<activation::SentencePieces> pieces;
    std::vector<activation::WantedWord> rows;

    Corpus()
    {
        for (std::uint32_t s = 0; s < kSentences; ++s) {
            std::vector<std::int32_t> sentence{2}, wordOfPiece{-1};
            for (std::int32_t word = 0; word < static_cast<std::int32_t>(3 + s * 7 % 20); ++word) {
                sentence.push_back(
                    5 + static_cast<std::int32_t>(s * 31 + static_cast<unsigned>(word) * 17) % 1400);
                wordOfPiece.push_back(word);
                rows.push_back({s, static_cast<std::uint32_t>(word)});
            }
            sentence.push_back(3);
            wordOfPiece.push_back(-1);
            ids.push_back(std::move(sentence));
            words.push_back(std::move(wordOfPiece));
        }
        for (std::uint32_t s = 0; s < kSentences; ++s)
            pieces.push_back({ids[s], words[s]});
    }
};

base::Result<std::shared_ptr<const model::Model>> tinyModel(
    const char* name, model::Precision precision = model::Precision::Float32)
{
    return model::Model::open(testing::referenceDir() / "models" / name, {"cpu", precision});
}

ExtractOptions allLayers()
{
    ExtractOptions options;
    options.layers = {0, 1, 2, 3, 4};
    options.tokenBudget = 60;
    options.workers = 2;
    return options;
}

base::Result<std::vector<std::vector<float>>> floatsOf(
    const model::Model& model, const Corpus& corpus, const ExtractOptions& options)
{
    std::vector<std::vector<float>> layers(
        options.layers.size(), std::vector<float>(corpus.rows.size() * kHidden));
    const std::vector<activation::Destination> destinations(layers.begin(), layers.end());
    PALIMPSEST_CHECK(
        activation::extractActivations(model, corpus.pieces, corpus.rows, options, destinations, {}));
    return layers;
}

/// As the pipeline does: into a store, noting progress beside it.
base::Result<ExtractReport> intoStore(const model::Model& model, const Corpus& corpus, ExtractOptions options,
    const fs::path& folder, const base::JobContext& ctx)
{
    PALIMPSEST_TRY(
        writer, ActivationStoreWriter::create(folder, options.layers, corpus.rows.size(), kHidden));
    const auto destinations = writer.destinations();
    options.progressFile = folder / "progress";
    const auto report
        = activation::extractActivations(model, corpus.pieces, corpus.rows, options, destinations, ctx);
    if (!report) {
        writer.keepParts();
        return report.error();
    }
    PALIMPSEST_CHECK(writer.commit());
    return report;
}

QByteArray bytesOf(const fs::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

void compareStores(const fs::path& a, const fs::path& b)
{
    for (int layer = 0; layer <= 4; ++layer) {
        const std::string name = "layer_" + std::to_string(layer) + ".safetensors";
        QVERIFY(bytesOf(a / name) == bytesOf(b / name));
    }
    QCOMPARE(QDir(QString::fromStdString(b.string())).entryList(QDir::Files).size(), 5);
}

} // namespace

class tst_ExtractionChoices : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        REQUIRE_REFERENCE("models/bert/config.json");
        m_dir = std::make_unique<QTemporaryDir>();
    }

    void aStoppedRunGoesOnWhereItWas_data();
    void aStoppedRunGoesOnWhereItWas();
    void damagedRowsAreComputedAnew();
    void progressOfAnotherExtractionDoesNotCount();
    void halvesAreRoundedToNearest();
    void valuesBeyondHalvesAreAnError();
    void bfloat16IsOffByALittle_data();
    void bfloat16IsOffByALittle();
    void aCpuRefusesFloat16();

private:
    [[nodiscard]] fs::path folder(const char* name) const
    {
        return fs::path(m_dir->path().toStdString()) / name;
    }
    base::Result<ExtractReport> stopAfter(
        int reports, const model::Model& model, const fs::path& to, const fs::path& copy = {}) const;

    const Corpus m_corpus;
    std::unique_ptr<QTemporaryDir> m_dir;
};

base::Result<ExtractReport> tst_ExtractionChoices::stopAfter(
    int reports, const model::Model& model, const fs::path& to, const fs::path& copy) const
{
    std::stop_source stop;
    int seen = 0;
    const auto report = [&](double, std::string_view) {
        if (++seen != reports)
            return;
        // What a killed process leaves: the files as they are.
        if (!copy.empty())
            fs::copy(to, copy);
        stop.request_stop();
    };
    return intoStore(model, m_corpus, allLayers(), to, base::JobContext(stop.get_token(), report, {}));
}

void tst_ExtractionChoices::aStoppedRunGoesOnWhereItWas_data()
{
    QTest::addColumn<bool>("killed");
    QTest::newRow("cancelled") << false;
    QTest::newRow("killed") << true;
}

void tst_ExtractionChoices::aStoppedRunGoesOnWhereItWas()
{
    QFETCH(bool, killed);
    const auto model = tinyModel("bert");
    VERIFY_RESULT(model);
    const auto whole = intoStore(*model.value(), m_corpus, allLayers(), folder("whole"), {});
    VERIFY_RESULT(whole);
    QCOMPARE(whole.value().sentences, kSentences);
    QCOMPARE(whole.value().reused, 0U);

    const fs::path left = folder(killed ? "copy" : "stopped");
    const auto stopped
        = stopAfter(4, *model.value(), folder("stopped"), killed ? folder("copy") : fs::path());
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, base::ErrorCode::Cancelled);
    QVERIFY(fs::exists(left / "layer_4.safetensors.part"));

    const auto resumed = intoStore(*model.value(), m_corpus, allLayers(), left, {});
    VERIFY_RESULT(resumed);
    QCOMPARE(resumed.value().sentences, kSentences);
    QVERIFY(resumed.value().reused > 0);
    QVERIFY(resumed.value().reused < kSentences);
    compareStores(folder("whole"), left);
}

void tst_ExtractionChoices::damagedRowsAreComputedAnew()
{
    const auto model = tinyModel("bert");
    VERIFY_RESULT(model);
    VERIFY_RESULT(intoStore(*model.value(), m_corpus, allLayers(), folder("whole"), {}));
    QVERIFY(!stopAfter(4, *model.value(), folder("stopped")));
    fs::copy(folder("stopped"), folder("sound"));
    // After a loss of power, noted rows may be missing. The last sentence is in none of the first batches, so
    // all values of one layer are overwritten.
    QFile part(QString::fromStdString((folder("stopped") / "layer_3.safetensors.part").string()));
    QVERIFY(part.open(QIODevice::ReadWrite));
    const qint64 values = static_cast<qint64>(m_corpus.rows.size() * kHidden * sizeof(float));
    QVERIFY(part.seek(part.size() - values));
    part.write(QByteArray(static_cast<qsizetype>(values), '\0'));
    part.close();
    const auto resumed = intoStore(*model.value(), m_corpus, allLayers(), folder("stopped"), {});
    VERIFY_RESULT(resumed);
    QCOMPARE(resumed.value().reused, 0U);
    compareStores(folder("whole"), folder("stopped"));
}

void tst_ExtractionChoices::progressOfAnotherExtractionDoesNotCount()
{
    const auto model = tinyModel("bert");
    const auto other = tinyModel("roberta"); // of the same shape
    VERIFY_RESULT(model);
    VERIFY_RESULT(other);
    QVERIFY(!stopAfter(4, *model.value(), folder("stopped")));
    fs::copy(folder("stopped"), folder("pooled"));
    const auto resumed = intoStore(*other.value(), m_corpus, allLayers(), folder("stopped"), {});
    VERIFY_RESULT(resumed);
    QCOMPARE(resumed.value().reused, 0U);
    ExtractOptions first = allLayers();
    first.pooling = activation::Pooling::First;
    const auto pooled = intoStore(*model.value(), m_corpus, first, folder("pooled"), {});
    VERIFY_RESULT(pooled);
    QCOMPARE(pooled.value().reused, 0U);
}

void tst_ExtractionChoices::halvesAreRoundedToNearest()
{
    const auto model = tinyModel("bert");
    VERIFY_RESULT(model);
    const auto floats = floatsOf(*model.value(), m_corpus, allLayers());
    VERIFY_RESULT(floats);
    auto writer = ActivationStoreWriter::create(
        folder("half"), {0, 1, 2, 3, 4}, m_corpus.rows.size(), kHidden, ElementType::F16);
    VERIFY_RESULT(writer);
    const auto destinations = writer.value().destinations();
    VERIFY_RESULT(activation::extractActivations(
        *model.value(), m_corpus.pieces, m_corpus.rows, allLayers(), destinations, {}));
    VERIFY_RESULT(writer.value().commit());
    const std::vector<int> layers = {0, 1, 2, 3, 4};
    const auto store
        = activation::ActivationStore::open(folder("half"), layers, m_corpus.rows.size(), kHidden);
    VERIFY_RESULT(store);
    double worst = 0.0;
    for (int layer = 0; layer <= 4; ++layer) {
        const auto view = store.value().layer(layer);
        VERIFY_RESULT(view);
        const auto& exact = floats.value()[static_cast<std::size_t>(layer)];
        for (std::size_t i = 0; i < exact.size(); ++i) {
            const double value = exact[i];
            const double error
                = std::abs(static_cast<double>(view.value().row(i / kHidden)[i % kHidden]) - value);
            QVERIFY(error <= std::max(std::abs(value) * 0x1p-11, 0x1p-25));
            worst = std::max(worst, error);
        }
    }
    QVERIFY(worst > 0.0);
    qInfo("float16 store: largest difference %.2g", worst);
}

void tst_ExtractionChoices::valuesBeyondHalvesAreAnError()
{
    // The same network with a norm that multiplies by a million.
    const fs::path source = testing::referenceDir() / "models/bert-noprefix";
    fs::create_directories(folder("loud"));
    fs::copy_file(source / "config.json", folder("loud") / "config.json");
    {
        const auto file = tensorfile::SafetensorsFile::open(source / "model.safetensors");
        VERIFY_RESULT(file);
        std::vector<tensorfile::TensorSpec> specs;
        for (const std::string& name : file.value().names())
            specs.push_back({name, file.value().find(name)->type, file.value().find(name)->shape});
        auto writer = tensorfile::SafetensorsWriter::create(folder("loud") / "model.safetensors", specs);
        VERIFY_RESULT(writer);
        for (const std::string& name : file.value().names()) {
            const auto from = file.value().find(name)->bytes;
            std::copy(from.begin(), from.end(), writer.value().tensor(name).begin());
        }
        for (float& value : writer.value().floats("embeddings.LayerNorm.weight"))
            value *= 1e6F;
        VERIFY_RESULT(writer.value().commit());
    }
    const auto model = model::Model::open(folder("loud"));
    VERIFY_RESULT(model);
    ExtractOptions options = allLayers();
    options.layers = {0};
    std::vector<std::byte> halves(m_corpus.rows.size() * kHidden * 2);
    const std::vector<activation::Destination> destinations = {{ElementType::F16, halves}};
    const auto report = activation::extractActivations(
        *model.value(), m_corpus.pieces, m_corpus.rows, options, destinations, {});
    QVERIFY(!report);
    QCOMPARE(report.error().code, base::ErrorCode::NotFinite);
    QVERIFY(QString::fromStdString(report.error().message).contains("store float32"));
}

void tst_ExtractionChoices::bfloat16IsOffByALittle_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"bert", "roberta"})
        QTest::newRow(name) << QString::fromUtf8(name);
}

void tst_ExtractionChoices::bfloat16IsOffByALittle()
{
    QFETCH(QString, name);
    const auto exact = tinyModel(qPrintable(name));
    const auto rounded = tinyModel(qPrintable(name), model::Precision::BFloat16);
    VERIFY_RESULT(exact);
    VERIFY_RESULT(rounded);
    QVERIFY(rounded.value()->precision() == model::Precision::BFloat16);
    const auto a = floatsOf(*exact.value(), m_corpus, allLayers());
    const auto b = floatsOf(*rounded.value(), m_corpus, allLayers());
    VERIFY_RESULT(a);
    VERIFY_RESULT(b);
    double worst = 0.0;
    double largest = 0.0;
    for (std::size_t layer = 0; layer < a.value().size(); ++layer) {
        for (std::size_t i = 0; i < a.value()[layer].size(); ++i) {
            const double value = a.value()[layer][i];
            worst = std::max(worst, std::abs(static_cast<double>(b.value()[layer][i]) - value));
            largest = std::max(largest, std::abs(value));
        }
    }
    qInfo("bfloat16 on %s: largest difference %.3g of values up to %.3g", qPrintable(name), worst, largest);
    // Eight bits of mantissa are 0.4 % a rounding; four layers add up to a few of them.
    QVERIFY(worst > 0.0);
    QCOMPARE_LE(worst, 0.03 * largest);
}

void tst_ExtractionChoices::aCpuRefusesFloat16()
{
    const auto model = tinyModel("bert", model::Precision::Float16);
    QVERIFY(!model);
    QCOMPARE(model.error().code, base::ErrorCode::Unsupported);
    QVERIFY(QString::fromStdString(model.error().message).contains("bfloat16"));
}

QTEST_GUILESS_MAIN(tst_ExtractionChoices)
#include "tst_extraction_choices.moc"
