// NumPy files. Headers and bytes below are what numpy 1.26.4 writes (numpy.lib.format.write_array).

#include <QtTest/QtTest>

#include <cstring>
#include <random>

#include "support/mutations.h"
#include "support/reference.h"
#include "tensorfile/npy.h"

using namespace palimpsest;
using namespace palimpsest::tensorfile;

namespace {

constexpr std::size_t kDataOffset = 128;

/// What numpy puts in front of the data: the header is padded so that the data starts at byte 128.
std::string npy(const std::string& literal, const std::string& data, char version = 1)
{
    std::string file = "\x93NUMPY";
    file += version;
    file += '\0';
    const std::size_t prefix = version == 1 ? 10 : 12;
    const std::size_t length = kDataOffset - prefix;
    file += static_cast<char>(length);
    file += '\0';
    if (version != 1)
        file += std::string(2, '\0');
    std::string header = literal;
    header.resize(length - 1, ' ');
    return file + header + "\n" + data;
}

const std::string kSixFloats(
    "\x00\x00\xc0?\x00\x00\x00\xc0\x00\x00@@\x00\x00\x80@\x00\x00\xa0@\x00\x00\xc8@", 24);
const std::string kMatrix = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

std::filesystem::path write(const QTemporaryDir& dir, const std::string& content)
{
    QFile file(dir.filePath("a.npy"));
    if (file.open(QIODevice::WriteOnly))
        file.write(content.data(), static_cast<qint64>(content.size()));
    return file.fileName().toStdString();
}

} // namespace

class tst_Npy : public QObject {
    Q_OBJECT

private slots:
    void readsEveryVersion_data();
    void readsEveryVersion();
    void readsEveryType_data();
    void readsEveryType();
    void writesWhatNumpyWrites();
    void refusesToWriteWhatDoesNotFit();
    void refusesOtherFiles_data();
    void refusesOtherFiles();
    void survivesDamagedFiles();
};

void tst_Npy::readsEveryVersion_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("1.0") << 1;
    QTest::newRow("2.0") << 2;
    QTest::newRow("3.0") << 3;
}

void tst_Npy::readsEveryVersion()
{
    QFETCH(int, version);
    const QTemporaryDir dir;
    const auto file = NpyFile::open(write(dir, npy(kMatrix, kSixFloats, static_cast<char>(version))));
    VERIFY_RESULT(file);
    QVERIFY(file.value().array().type == ElementType::F32);
    QCOMPARE(file.value().array().shape, (std::vector<std::size_t>{2, 3}));
    std::vector<float> values(6);
    convertToFloat(file.value().array(), values);
    QCOMPARE(values, (std::vector<float>{1.5F, -2.0F, 3.0F, 4.0F, 5.0F, 6.25F}));
}

void tst_Npy::readsEveryType_data()
{
    QTest::addColumn<QString>("literal");
    QTest::addColumn<int>("size");
    QTest::addColumn<QString>("shape");
    QTest::newRow("float64 scalar") << "{'descr': '<f8', 'fortran_order': False, 'shape': (), }" << 8 << "[]";
    QTest::newRow("float16") << "{'descr': '<f2', 'fortran_order': False, 'shape': (3,), }" << 6 << "[3]";
    QTest::newRow("int64") << "{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }" << 24 << "[3]";
    QTest::newRow("int32") << "{'descr': '<i4', 'fortran_order': False, 'shape': (1, 2), }" << 8 << "[1, 2]";
    QTest::newRow("bool") << "{'descr': '|b1', 'fortran_order': False, 'shape': (5,), }" << 5 << "[5]";
    QTest::newRow("uint8") << "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 0), }" << 0 << "[2, 0]";
    QTest::newRow("one axis in Fortran order")
        << "{'descr': '<i4', 'fortran_order': True, 'shape': (2,), }" << 8 << "[2]";
    QTest::newRow("other order of keys, Python 2's long integers")
        << "{'shape': (2L, 1L), 'fortran_order': False, 'descr': \"<f4\"}" << 8 << "[2, 1]";
}

void tst_Npy::readsEveryType()
{
    QFETCH(QString, literal);
    QFETCH(int, size);
    QFETCH(QString, shape);
    const QTemporaryDir dir;
    const auto file = NpyFile::open(
        write(dir, npy(literal.toStdString(), std::string(static_cast<std::size_t>(size), '\1'))));
    VERIFY_RESULT(file);
    QCOMPARE(shapeText(file.value().array().shape), shape.toStdString());
    QCOMPARE(file.value().array().bytes.size(), static_cast<std::size_t>(size));
}

void tst_Npy::writesWhatNumpyWrites()
{
    const QTemporaryDir dir;
    const std::filesystem::path path = dir.filePath("a.npy").toStdString();
    const auto contentOf = [&](ElementType type, std::vector<std::size_t> shape, const std::string& data) {
        const auto status = writeNpy(path, {type, std::move(shape), std::as_bytes(std::span(data))});
        return status ? base::readFile(path, 10000).value() : status.error().message;
    };
    QVERIFY(contentOf(ElementType::F32, {2, 3}, kSixFloats) == npy(kMatrix, kSixFloats));
    const std::string numbers(24, '\2');
    QVERIFY(contentOf(ElementType::I64, {3}, numbers)
        == npy("{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }", numbers));
    QVERIFY(contentOf(ElementType::U8, {}, "x")
        == npy("{'descr': '|u1', 'fortran_order': False, 'shape': (), }", "x"));
}

void tst_Npy::refusesToWriteWhatDoesNotFit()
{
    const QTemporaryDir dir;
    const std::filesystem::path path = dir.filePath("a.npy").toStdString();
    const std::string data(8, '\0');
    const auto bytes = std::as_bytes(std::span(data));
    const auto wrongSize = writeNpy(path, {ElementType::F32, {3}, bytes});
    QVERIFY(!wrongSize);
    QCOMPARE(wrongSize.error().code, base::ErrorCode::InvalidArgument);
    const auto wrongType = writeNpy(path, {ElementType::BF16, {4}, bytes});
    QVERIFY(!wrongType);
    QCOMPARE(wrongType.error().code, base::ErrorCode::InvalidArgument);
    QVERIFY(QDir(dir.path()).isEmpty());
}

void tst_Npy::refusesOtherFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("malformed");
    const auto row = [](const char* name, const std::string& content, bool malformed) {
        QTest::newRow(name) << QByteArray(content.data(), static_cast<qsizetype>(content.size()))
                            << malformed;
    };
    const std::string whole = npy(kMatrix, kSixFloats);
    row("empty", "", true);
    row("text", "a,b,c\n1,2,3\n4,5,6\n", true);
    row("cut in the header", whole.substr(0, 60), true);
    row("cut in the data", whole.substr(0, whole.size() - 1), true);
    row("data behind the array", whole + "x", true);
    row("version 4", npy(kMatrix, kSixFloats, 4), true);
    row("shape that overflows",
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", ""), true);
    row("negative shape", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", kSixFloats),
        true);
    row("no shape", npy("{'descr': '<f4', 'fortran_order': False, }", kSixFloats), true);
    row("shape twice",
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (6,), 'shape': (6,), }", kSixFloats), true);
    row("code instead of a literal", npy("__import__('os')", kSixFloats), true);
    row("structured type",
        npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,), }", kSixFloats), true);
    row("big-endian", npy("{'descr': '>f4', 'fortran_order': False, 'shape': (2, 3), }", kSixFloats), false);
    row("complex", npy("{'descr': '<c8', 'fortran_order': False, 'shape': (3,), }", kSixFloats), false);
    row("objects", npy("{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", kSixFloats), false);
    row("column by column", npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", kSixFloats),
        false);
}

void tst_Npy::refusesOtherFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(bool, malformed);
    const QTemporaryDir dir;
    const auto file = NpyFile::open(write(dir, content.toStdString()));
    QVERIFY(!file);
    QCOMPARE(file.error().code, malformed ? base::ErrorCode::Malformed : base::ErrorCode::Unsupported);
    QVERIFY(QString::fromStdString(file.error().message).contains("a.npy"));
}

void tst_Npy::survivesDamagedFiles()
{
    const QTemporaryDir dir;
    const std::string whole = npy(kMatrix, kSixFloats);
    std::mt19937 random(1);
    int accepted = 0;
    for (int i = 0; i < 500; ++i) {
        const auto file = NpyFile::open(write(dir, testing::mutated(whole, random, 75)));
        if (!file)
            continue;
        ++accepted;
        const TensorView& array = file.value().array();
        QVERIFY(tensorByteCount(array.type, array.shape) == array.bytes.size());
    }
    QVERIFY(accepted > 0 && accepted < 250);
}

QTEST_GUILESS_MAIN(tst_Npy)
#include "tst_npy.moc"
