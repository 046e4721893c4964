// Checkpoint folders: where weights are looked for, what is named when one is missing or does not fit, and
// fingerprints that follow content alone.

#include <QtTest/QtTest>

#include <cstring>

#include "base/mapped_file.h"
#include "model/checkpoint.h"
#include "model/model.h"
#include "support/reference.h"
#include "tensorfile/safetensors.h"

using namespace palimpsest;
using model::Checkpoint;
using model::Model;
namespace fs = std::filesystem;

namespace {

fs::path tiny(const char* name)
{
    return testing::referenceDir() / "models" / name;
}

/// A copy of models/bert whose weights may be changed.
class BertCopy {
public:
    BertCopy()
        : m_folder(fs::path(m_dir.path().toStdString()) / "bert copy ä")
    {
        fs::create_directory(m_folder);
        fs::copy_file(tiny("bert") / "config.json", m_folder / "config.json");
    }
    [[nodiscard]] const fs::path& folder() const { return m_folder; }

    /// Writes model.safetensors without `dropped`, with `retyped` as I32 and `reshaped` as a flat list.
    [[nodiscard]] base::Status writeWeights(const std::string& dropped = {}, const std::string& retyped = {},
        const std::string& reshaped = {}) const
    {
        PALIMPSEST_TRY(file, tensorfile::SafetensorsFile::open(tiny("bert") / "model.safetensors"));
        std::vector<tensorfile::TensorSpec> specs;
        for (const std::string& name : file.names()) {
            const auto& tensor = *file.find(name);
            if (name == dropped)
                continue;
            specs.push_back(
                {name, name == retyped ? tensorfile::ElementType::I32 : tensor.type, tensor.shape});
            if (name == reshaped)
                specs.back().shape = {tensor.elementCount()};
        }
        PALIMPSEST_TRY(writer, tensorfile::SafetensorsWriter::create(m_folder / "model.safetensors", specs));
        for (const auto& spec : specs) {
            const auto from = file.find(spec.name)->bytes;
            std::memcpy(writer.tensor(spec.name).data(), from.data(), from.size());
        }
        return writer.commit();
    }

private:
    QTemporaryDir m_dir;
    fs::path m_folder;
};

const std::string kQuery = "bert.encoder.layer.2.attention.self.query.weight";

} // namespace

class tst_Checkpoint : public QObject {
    Q_OBJECT

private slots:
    void everyKindOfFileHoldsTheSameWeights();
    void opensAFolderWithSpacesAndLetters();
    void namesAFolderWithoutWeights();
    void namesAMissingWeight();
    void namesAWeightOfAnotherShape();
    void refusesQuantisedWeights();
    void namesAMissingShard();
    void refusesShardsElsewhere();
    void refusesUnknownDevices_data();
    void refusesUnknownDevices();
    void fingerprintFollowsContent();
};

void tst_Checkpoint::everyKindOfFileHoldsTheSameWeights()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const auto plain = Checkpoint::open(tiny("bert"));
    VERIFY_RESULT(plain);
    const auto* expected = plain.value().find(kQuery);
    QVERIFY(expected != nullptr);
    for (const char* name : {"bert-sharded", "bert-pytorch-bin"}) {
        const auto other = Checkpoint::open(tiny(name));
        VERIFY_RESULT(other);
        const auto* tensor = other.value().find(kQuery);
        QVERIFY(tensor != nullptr);
        QCOMPARE(tensor->shape, expected->shape);
        QVERIFY(std::ranges::equal(tensor->bytes, expected->bytes));
    }
    QCOMPARE(Checkpoint::open(tiny("bert-sharded")).value().files().size(), 3U);
    QCOMPARE(Checkpoint::open(tiny("bert-sharded")).value().names(), plain.value().names());
}

void tst_Checkpoint::opensAFolderWithSpacesAndLetters()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const BertCopy copy;
    VERIFY_RESULT(copy.writeWeights());
    const auto model = Model::open(copy.folder());
    VERIFY_RESULT(model);
    QCOMPARE(model.value()->folder(), copy.folder());
    QCOMPARE(model.value()->device(), std::string("cpu"));
    QVERIFY(!model.value()->hasHead());
}

void tst_Checkpoint::namesAFolderWithoutWeights()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const BertCopy copy;
    const auto model = Model::open(copy.folder());
    QVERIFY(!model);
    QCOMPARE(model.error().code, base::ErrorCode::NotFound);
    QVERIFY(QString::fromStdString(model.error().message).contains("has no weights"));
}

void tst_Checkpoint::namesAMissingWeight()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const BertCopy copy;
    VERIFY_RESULT(copy.writeWeights(kQuery));
    const auto model = Model::open(copy.folder());
    QVERIFY(!model);
    QCOMPARE(model.error().code, base::ErrorCode::NotFound);
    const QString message = QString::fromStdString(model.error().message);
    QVERIFY2(message.contains(QString::fromStdString(kQuery)) && message.contains("bert copy"),
        qPrintable(message));
}

void tst_Checkpoint::namesAWeightOfAnotherShape()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const BertCopy copy;
    VERIFY_RESULT(copy.writeWeights({}, {}, kQuery));
    const auto model = Model::open(copy.folder());
    QVERIFY(!model);
    QCOMPARE(model.error().code, base::ErrorCode::ShapeMismatch);
    const QString message = QString::fromStdString(model.error().message);
    QVERIFY2(message.contains("has shape [4096], but config.json makes it [64, 64]"), qPrintable(message));
}

void tst_Checkpoint::refusesQuantisedWeights()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const BertCopy copy;
    VERIFY_RESULT(copy.writeWeights({}, kQuery));
    const auto model = Model::open(copy.folder());
    QVERIFY(!model);
    QCOMPARE(model.error().code, base::ErrorCode::Unsupported);
    QVERIFY(QString::fromStdString(model.error().message).contains("stored as I32"));
}

void tst_Checkpoint::namesAMissingShard()
{
    REQUIRE_REFERENCE("models/bert-sharded/config.json");
    const BertCopy copy;
    fs::copy_file(tiny("bert-sharded") / "model.safetensors.index.json",
        copy.folder() / "model.safetensors.index.json");
    const auto model = Model::open(copy.folder());
    QVERIFY(!model);
    QCOMPARE(model.error().code, base::ErrorCode::NotFound);
    QVERIFY(QString::fromStdString(model.error().message).contains("model-00001-of-00003.safetensors"));
}

void tst_Checkpoint::refusesShardsElsewhere()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const BertCopy copy;
    for (const char* file : {"../other.safetensors", "/etc/passwd", "a/b.safetensors", ".."}) {
        VERIFY_RESULT(base::writeFileAtomically(copy.folder() / "model.safetensors.index.json",
            std::string("{\"weight_map\": {\"a\": \"") + file + "\"}}"));
        const auto checkpoint = Checkpoint::open(copy.folder());
        QVERIFY(!checkpoint);
        QCOMPARE(checkpoint.error().code, base::ErrorCode::Malformed);
    }
}

void tst_Checkpoint::refusesUnknownDevices_data()
{
    QTest::addColumn<QString>("device");
    for (const char* device : {"", "gpu", "cuda:", "cuda:x", "cuda:-1", "cuda:1x", "cuda:99999"})
        QTest::newRow(device) << device;
}

void tst_Checkpoint::refusesUnknownDevices()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    QFETCH(QString, device);
    const auto model = Model::open(tiny("bert"), {device.toStdString()});
    QVERIFY(!model);
    QCOMPARE(model.error().code, base::ErrorCode::InvalidArgument);
    QVERIFY(QString::fromStdString(model.error().message).contains("use cpu"));
}

void tst_Checkpoint::fingerprintFollowsContent()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    const BertCopy copy;
    fs::copy_file(tiny("bert") / "model.safetensors", copy.folder() / "model.safetensors");
    const auto original = model::fingerprintModel(tiny("bert"));
    VERIFY_RESULT(original);
    QVERIFY(model::fingerprintModel(copy.folder()).value() == original.value());
    QVERIFY(Model::open(copy.folder()).value()->fingerprint() == original.value());

    auto weights = base::readFile(copy.folder() / "model.safetensors", 1 << 24).value();
    weights.back() = static_cast<char>(weights.back() ^ 1);
    VERIFY_RESULT(base::writeFileAtomically(copy.folder() / "model.safetensors", weights));
    const auto changed = model::fingerprintModel(copy.folder());
    QVERIFY(changed.value() != original.value());

    const auto config = base::readFile(copy.folder() / "config.json", 1 << 20).value();
    VERIFY_RESULT(base::writeFileAtomically(copy.folder() / "config.json", config + "\n"));
    QVERIFY(model::fingerprintModel(copy.folder()).value() != changed.value());
}

QTEST_GUILESS_MAIN(tst_Checkpoint)
#include "tst_checkpoint.moc"
