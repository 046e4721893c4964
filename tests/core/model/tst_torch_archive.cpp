// pytorch_model.bin in both layouts. The archives in data/ were made by data/make_archives.py with Python's
// own pickle and zipfile; a file of torch itself is read in tst_bert.

#include <QtTest/QtTest>

#include <random>

#include "base/mapped_file.h"
#include "model/pickle_reader.h"
#include "model/torch_archive.h"
#include "support/mutations.h"
#include "support/reference.h"

using namespace palimpsest;
using model::TorchArchive;
using tensorfile::ElementType;

namespace {

std::filesystem::path data(const char* name)
{
    return std::filesystem::path(TEST_DATA_DIR) / name;
}

std::vector<float> floatsOf(const TorchArchive& archive, const char* name)
{
    const auto* tensor = archive.find(name);
    if (tensor == nullptr)
        return {};
    std::vector<float> values(tensor->elementCount());
    tensorfile::convertToFloat(*tensor, values);
    return values;
}

} // namespace

class tst_TorchArchive : public QObject {
    Q_OBJECT

private slots:
    void readsBothLayouts_data();
    void readsBothLayouts();
    void repeatsExpandedElements();
    void executesNothing_data();
    void executesNothing();
    void refuses_data();
    void refuses();
    void survivesDamagedArchives_data();
    void survivesDamagedArchives();
    void survivesDamagedPickles();
};

void tst_TorchArchive::readsBothLayouts_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("zip archive") << "plain.bin";
    QTest::newRow("zip archive, protocol 4") << "protocol4.bin";
    QTest::newRow("before torch 1.6") << "legacy.bin";
}

void tst_TorchArchive::readsBothLayouts()
{
    QFETCH(QString, file);
    const auto archive = TorchArchive::open(data(qPrintable(file)));
    VERIFY_RESULT(archive);
    const auto& a = archive.value();
    QCOMPARE(
        a.names(), (std::vector<std::string>{"ids", "nothing", "parameter", "row", "transposed", "weight"}));
    QCOMPARE(floatsOf(a, "weight"), (std::vector<float>{1, 2, 3, 4, 5, 6}));
    QCOMPARE(a.find("transposed")->shape, (std::vector<std::size_t>{3, 2}));
    QCOMPARE(floatsOf(a, "transposed"), (std::vector<float>{1, 4, 2, 5, 3, 6}));
    QCOMPARE(floatsOf(a, "row"), (std::vector<float>{4, 5, 6}));
    QCOMPARE(floatsOf(a, "parameter"), (std::vector<float>{0.5F, -2.0F}));
    QVERIFY(a.find("parameter")->type == ElementType::F16);
    QCOMPARE(floatsOf(a, "ids"), (std::vector<float>{7, -8}));
    QCOMPARE(a.find("nothing")->elementCount(), 0U);
}

void tst_TorchArchive::repeatsExpandedElements()
{
    const auto archive = TorchArchive::open(data("expanded.bin"));
    VERIFY_RESULT(archive);
    QCOMPARE(floatsOf(archive.value(), "weight"), (std::vector<float>{1, 1, 1, 1, 1, 1}));
}

void tst_TorchArchive::executesNothing_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("protocol 2") << "evil.bin";
    QTest::newRow("protocol 4") << "evil4.bin";
}

void tst_TorchArchive::executesNothing()
{
    QFETCH(QString, file);
    const auto archive = TorchArchive::open(data(qPrintable(file)));
    QVERIFY(!archive);
    QCOMPARE(archive.error().code, base::ErrorCode::Unsupported);
    const QString message = QString::fromStdString(archive.error().message);
    QVERIFY2(message.contains("asks for posix.system") && message.contains(file), qPrintable(message));
    QVERIFY(!std::filesystem::exists("/tmp/palimpsest-was-here"));
}

void tst_TorchArchive::refuses_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("malformed");
    QTest::addColumn<QString>("words");
    QTest::newRow("a tensor beyond its storage") << "beyond_storage.bin" << true << "tensor \"weight\"";
    QTest::newRow("compressed entries") << "compressed.bin" << false << "compressed";
    QTest::newRow("big-endian numbers") << "big_endian.bin" << false << "big-endian";
    QTest::newRow("a list") << "list.bin" << true << "dictionary";
    QTest::newRow("text") << "make_archives.py" << true << "";
}

void tst_TorchArchive::refuses()
{
    QFETCH(QString, file);
    QFETCH(bool, malformed);
    QFETCH(QString, words);
    const auto archive = TorchArchive::open(data(qPrintable(file)));
    QVERIFY(!archive);
    const QString message = QString::fromStdString(archive.error().message);
    QCOMPARE(archive.error().code, malformed ? base::ErrorCode::Malformed : base::ErrorCode::Unsupported);
    QVERIFY2(message.contains(words) && message.contains(file), qPrintable(message));
}

void tst_TorchArchive::survivesDamagedArchives_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("zip archive") << "plain.bin";
    QTest::newRow("before torch 1.6") << "legacy.bin";
}

void tst_TorchArchive::survivesDamagedArchives()
{
    QFETCH(QString, file);
    const auto whole = base::readFile(data(qPrintable(file)), 1 << 20);
    VERIFY_RESULT(whole);
    const QTemporaryDir dir;
    const std::filesystem::path path = dir.filePath("damaged.bin").toStdString();
    std::mt19937 random(1);
    int refused = 0;
    for (int i = 0; i < 500; ++i) {
        VERIFY_RESULT(
            base::writeFileAtomically(path, testing::mutated(whole.value(), random, whole.value().size())));
        const auto archive = TorchArchive::open(path);
        if (!archive) {
            ++refused;
            continue;
        }
        for (const std::string& name : archive.value().names()) {
            const auto& tensor = *archive.value().find(name);
            QVERIFY(tensorfile::tensorByteCount(tensor.type, tensor.shape) == tensor.bytes.size());
            QVERIFY(floatsOf(archive.value(), name.c_str()).size() == tensor.elementCount());
        }
    }
    QVERIFY(refused > 100);
}

void tst_TorchArchive::survivesDamagedPickles()
{
    // The state dict lies in the middle of the old layout; what stands before it is part of the search.
    const auto whole = base::readFile(data("legacy.bin"), 1 << 20);
    VERIFY_RESULT(whole);
    const std::string pickle = whole.value().substr(whole.value().find("collections") - 3);
    std::mt19937 random(2);
    int refused = 0;
    for (int i = 0; i < 50000; ++i) {
        const std::string damaged = testing::mutated(pickle, random, pickle.size());
        const auto document = model::readPickle(std::as_bytes(std::span(damaged)), "damaged.bin");
        if (!document) {
            ++refused;
            continue;
        }
        QVERIFY(document.value().end <= damaged.size());
        QVERIFY(document.value().root < document.value().values.size());
    }
    QVERIFY(refused > 10000 && refused < 50000);
}

QTEST_GUILESS_MAIN(tst_TorchArchive)
#include "tst_torch_archive.moc"
