// Matrices out of .npy and .safetensors files.

#include <QtTest/QtTest>

#include <cstring>

#include "support/reference.h"
#include "tensorfile/matrix_file.h"
#include "tensorfile/npy.h"
#include "tensorfile/safetensors.h"

using namespace palimpsest;
using namespace palimpsest::tensorfile;

namespace {

std::filesystem::path pathIn(const QTemporaryDir& dir, const char* name)
{
    return std::filesystem::path(dir.path().toStdString()) / name;
}

template <typename Number>
base::Status writeArray(const std::filesystem::path& path, ElementType type, std::vector<std::size_t> shape,
    std::vector<Number> values)
{
    return writeNpy(path, {type, std::move(shape), std::as_bytes(std::span(values))});
}

base::Status writeTensors(const std::filesystem::path& path, const std::vector<TensorSpec>& specs)
{
    PALIMPSEST_TRY(writer, SafetensorsWriter::create(path, specs));
    for (const TensorSpec& spec : specs) {
        float value = 0.0F;
        for (float& element : writer.floats(spec.name))
            element = value++;
    }
    return writer.commit();
}

} // namespace

class tst_MatrixFile : public QObject {
    Q_OBJECT

private slots:
    void opensFloatArrays();
    void convertsOtherNumbers();
    void takesTheOnlyMatrixOfAFile();
    void takesTheNamedTensor();
    void outlivesACopy();
    void refuses_data();
    void refuses();
};

void tst_MatrixFile::opensFloatArrays()
{
    const QTemporaryDir dir;
    const auto path = pathIn(dir, "a.npy");
    VERIFY_RESULT(writeArray<float>(path, ElementType::F32, {2, 2}, {1.0F, 2.0F, 3.0F, 4.5F}));
    const auto matrix = openMatrix(path);
    VERIFY_RESULT(matrix);
    QCOMPARE(matrix.value().view().rows, 2U);
    QCOMPARE(matrix.value().view().cols, 2U);
    QCOMPARE(matrix.value().view().row(1)[1], 4.5F);
    QVERIFY(matrix.value().tensorName().empty());
}

void tst_MatrixFile::convertsOtherNumbers()
{
    const QTemporaryDir dir;
    const auto path = pathIn(dir, "a.npy");
    VERIFY_RESULT(writeArray<double>(path, ElementType::F64, {1, 3}, {0.1, -2.0, 1e300}));
    const auto matrix = openMatrix(path);
    VERIFY_RESULT(matrix);
    QCOMPARE(matrix.value().view().row(0)[0], 0.1F);
    QCOMPARE(matrix.value().view().row(0)[1], -2.0F);
    QVERIFY(std::isinf(matrix.value().view().row(0)[2]));
}

void tst_MatrixFile::takesTheOnlyMatrixOfAFile()
{
    const QTemporaryDir dir;
    const auto path = pathIn(dir, "a.safetensors");
    VERIFY_RESULT(
        writeTensors(path, {{"sentence", ElementType::I32, {3}}, {"layer_6", ElementType::F32, {3, 2}}}));
    const auto matrix = openMatrix(path);
    VERIFY_RESULT(matrix);
    QCOMPARE(matrix.value().tensorName(), std::string("layer_6"));
    QCOMPARE(matrix.value().view().row(2)[1], 5.0F);
}

void tst_MatrixFile::takesTheNamedTensor()
{
    const QTemporaryDir dir;
    const auto path = pathIn(dir, "a.safetensors");
    VERIFY_RESULT(
        writeTensors(path, {{"layer_0", ElementType::F32, {1, 2}}, {"layer_6", ElementType::F32, {3, 2}}}));
    const auto matrix = openMatrix(path, "layer_6");
    VERIFY_RESULT(matrix);
    QCOMPARE(matrix.value().view().rows, 3U);
}

void tst_MatrixFile::outlivesACopy()
{
    const QTemporaryDir dir;
    const auto path = pathIn(dir, "a.safetensors");
    VERIFY_RESULT(writeTensors(path, {{"x", ElementType::F32, {2, 2}}}));
    MatrixFile kept;
    {
        const auto matrix = openMatrix(path);
        VERIFY_RESULT(matrix);
        kept = matrix.value();
    }
    QCOMPARE(kept.view().row(1)[1], 3.0F);
}

void tst_MatrixFile::refuses_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("tensor");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    const auto code = [](base::ErrorCode value) { return static_cast<int>(value); };
    QTest::newRow("no such file") << "none.npy"
                                  << "" << code(base::ErrorCode::NotFound) << "none.npy";
    QTest::newRow("another suffix") << "a.txt"
                                    << "" << code(base::ErrorCode::Unsupported) << "neither .npy nor";
    QTest::newRow("one axis") << "flat.npy"
                              << "" << code(base::ErrorCode::ShapeMismatch) << "shape [4]";
    QTest::newRow("a name for .npy") << "flat.npy"
                                     << "x" << code(base::ErrorCode::InvalidArgument) << "leave the name";
    QTest::newRow("several matrices")
        << "two.safetensors"
        << "" << code(base::ErrorCode::InvalidArgument) << "name one of layer_0, layer_6";
    QTest::newRow("no such tensor") << "two.safetensors"
                                    << "layer_9" << code(base::ErrorCode::NotFound)
                                    << "it has ids, layer_0, layer_6";
    QTest::newRow("named tensor is flat") << "two.safetensors"
                                          << "ids" << code(base::ErrorCode::ShapeMismatch) << "shape [3]";
}

void tst_MatrixFile::refuses()
{
    QFETCH(QString, file);
    QFETCH(QString, tensor);
    QFETCH(int, code);
    QFETCH(QString, words);
    const QTemporaryDir dir;
    VERIFY_RESULT(writeArray<float>(pathIn(dir, "flat.npy"), ElementType::F32, {4}, {1, 2, 3, 4}));
    VERIFY_RESULT(writeTensors(pathIn(dir, "two.safetensors"),
        {{"ids", ElementType::I32, {3}}, {"layer_0", ElementType::F32, {1, 2}},
            {"layer_6", ElementType::F32, {3, 2}}}));
    const std::string name = tensor.toStdString();
    const auto matrix = openMatrix(
        pathIn(dir, qPrintable(file)), name.empty() ? std::nullopt : std::optional<std::string_view>(name));
    QVERIFY(!matrix);
    QCOMPARE(static_cast<int>(matrix.error().code), code);
    QVERIFY2(QString::fromStdString(matrix.error().message).contains(words), matrix.error().message.c_str());
}

QTEST_GUILESS_MAIN(tst_MatrixFile)
#include "tst_matrix_file.moc"
