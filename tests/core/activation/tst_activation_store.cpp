// The folder of activations: what is written is read back, and what does not fit is refused.

#include <QtTest/QtTest>

#include "activation/activation_store.h"
#include "support/reference.h"

using namespace palimpsest;
using activation::ActivationStore;
using activation::ActivationStoreWriter;

class tst_ActivationStore : public QObject {
    Q_OBJECT

private slots:
    void givesBackWhatWasWritten();
    void leavesNothingWithoutCommit();
    void refusesAnotherShape();
    void namesTheLayersItHas();
    void namesAMissingFile();
    void refusesAMissingParentFolder();
    void takesNoRows();
    void widensHalves();
    void keepsPartsWhenTold();
};

namespace {

base::Status writeStore(const std::filesystem::path& folder, std::vector<int> layers, std::size_t rows)
{
    PALIMPSEST_TRY(writer, ActivationStoreWriter::create(folder, layers, rows, 3));
    const auto matrices = writer.destinations();
    for (std::size_t i = 0; i < matrices.size(); ++i) {
        auto* values = reinterpret_cast<float*>(matrices[i].bytes.data());
        for (std::size_t j = 0; j < matrices[i].bytes.size() / sizeof(float); ++j)
            values[j] = static_cast<float>(100 * layers[i]) + static_cast<float>(j);
    }
    return writer.commit();
}

} // namespace

void tst_ActivationStore::givesBackWhatWasWritten()
{
    const QTemporaryDir dir;
    const auto folder = std::filesystem::path(dir.path().toStdString()) / "mit Leerzeichen ä";
    VERIFY_RESULT(writeStore(folder, {6, 0}, 2));
    const std::vector<int> layers = {0, 6};
    const auto store = ActivationStore::open(folder, layers, 2, 3);
    VERIFY_RESULT(store);
    QCOMPARE(store.value().layers(), layers);
    const auto view = store.value().layer(6);
    VERIFY_RESULT(view);
    QCOMPARE(view.value().rows, 2U);
    QCOMPARE(view.value().cols, 3U);
    QCOMPARE(view.value().row(1)[2], 605.0F);
    QCOMPARE(store.value().layer(0).value().row(0)[1], 1.0F);
}

void tst_ActivationStore::leavesNothingWithoutCommit()
{
    const QTemporaryDir dir;
    const std::filesystem::path folder = dir.path().toStdString();
    {
        auto writer = ActivationStoreWriter::create(folder, {0}, 2, 3);
        VERIFY_RESULT(writer);
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files), QStringList("layer_0.safetensors.part"));
    }
    QVERIFY(QDir(dir.path()).entryList(QDir::Files).isEmpty());
}

void tst_ActivationStore::refusesAnotherShape()
{
    const QTemporaryDir dir;
    const std::filesystem::path folder = dir.path().toStdString();
    VERIFY_RESULT(writeStore(folder, {0}, 2));
    const std::vector<int> layers = {0};
    for (const auto& [rows, hidden] : {std::pair(3U, 3U), std::pair(2U, 4U), std::pair(3U, 2U)}) {
        const auto store = ActivationStore::open(folder, layers, rows, hidden);
        QVERIFY(!store);
        QCOMPARE(store.error().code, base::ErrorCode::ShapeMismatch);
    }
}

void tst_ActivationStore::namesTheLayersItHas()
{
    const QTemporaryDir dir;
    const std::filesystem::path folder = dir.path().toStdString();
    VERIFY_RESULT(writeStore(folder, {0, 5, 6}, 2));
    const std::vector<int> layers = {0, 6};
    const auto store = ActivationStore::open(folder, layers, 2, 3);
    VERIFY_RESULT(store);
    const auto view = store.value().layer(5);
    QVERIFY(!view);
    QCOMPARE(view.error().code, base::ErrorCode::NotFound);
    QVERIFY(QString::fromStdString(view.error().message).contains("those of 0, 6"));
}

void tst_ActivationStore::namesAMissingFile()
{
    const QTemporaryDir dir;
    const std::vector<int> layers = {3};
    const auto store = ActivationStore::open(dir.path().toStdString(), layers, 2, 3);
    QVERIFY(!store);
    QCOMPARE(store.error().code, base::ErrorCode::NotFound);
    QVERIFY(QString::fromStdString(store.error().message).contains("layer_3.safetensors"));
}

void tst_ActivationStore::refusesAMissingParentFolder()
{
    const QTemporaryDir dir;
    const auto folder = std::filesystem::path(dir.path().toStdString()) / "none" / "store";
    const auto writer = ActivationStoreWriter::create(folder, {0}, 2, 3);
    QVERIFY(!writer);
    QCOMPARE(writer.error().code, base::ErrorCode::NotFound);
}

void tst_ActivationStore::takesNoRows()
{
    const QTemporaryDir dir;
    const std::filesystem::path folder = dir.path().toStdString();
    VERIFY_RESULT(writeStore(folder, {0}, 0));
    const std::vector<int> layers = {0};
    VERIFY_RESULT(ActivationStore::open(folder, layers, 0, 3));
}

void tst_ActivationStore::widensHalves()
{
    const QTemporaryDir dir;
    const std::filesystem::path folder = dir.path().toStdString();
    auto writer = ActivationStoreWriter::create(folder, {2}, 2, 3, tensorfile::ElementType::F16);
    VERIFY_RESULT(writer);
    const auto destination = writer.value().destinations().front();
    QVERIFY(destination.type == tensorfile::ElementType::F16);
    QCOMPARE(destination.bytes.size(), 12U);
    // 1, -2, 65504, 2^-24, 0.333…, 0 in IEEE 754 binary16.
    const std::vector<std::uint16_t> halves = {0x3c00, 0xc000, 0x7bff, 0x0001, 0x3555, 0x0000};
    std::memcpy(destination.bytes.data(), halves.data(), 12);
    VERIFY_RESULT(writer.value().commit());
    QCOMPARE(std::filesystem::file_size(folder / "layer_2.safetensors") % 8, 12U % 8);
    const std::vector<int> layers = {2};
    const auto store = ActivationStore::open(folder, layers, 2, 3);
    VERIFY_RESULT(store);
    const auto view = store.value().layer(2);
    VERIFY_RESULT(view);
    QCOMPARE(view.value().row(0)[0], 1.0F);
    QCOMPARE(view.value().row(0)[1], -2.0F);
    QCOMPARE(view.value().row(0)[2], 65504.0F);
    QCOMPARE(view.value().row(1)[0], 0x1p-24F);
    QCOMPARE(view.value().row(1)[1], 0.333251953125F);
    QCOMPARE(view.value().row(1)[2], 0.0F);
}

void tst_ActivationStore::keepsPartsWhenTold()
{
    const QTemporaryDir dir;
    const std::filesystem::path folder = dir.path().toStdString();
    {
        auto writer = ActivationStoreWriter::create(folder, {0}, 2, 3);
        VERIFY_RESULT(writer);
        writer.value().destinations().front().bytes[7] = std::byte{42};
        writer.value().keepParts();
    }
    {
        auto writer = ActivationStoreWriter::create(folder, {0}, 2, 3);
        VERIFY_RESULT(writer);
        QVERIFY(writer.value().destinations().front().bytes[7] == std::byte{42});
        writer.value().keepParts();
    }
    // Of another size nothing can be used.
    auto writer = ActivationStoreWriter::create(folder, {0}, 3, 3);
    VERIFY_RESULT(writer);
    QVERIFY(writer.value().destinations().front().bytes[7] == std::byte{0});
}

QTEST_GUILESS_MAIN(tst_ActivationStore)
#include "tst_activation_store.moc"
