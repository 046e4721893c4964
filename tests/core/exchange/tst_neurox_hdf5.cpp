// NeuroX's activations as HDF5: h5py's file is read, what is written comes back, hostile files end in a
// sentence.

#include <hdf5.h>

#include <algorithm>
#include <functional>
#include <random>

#include "core/corpus/corpus_fixture.h"
#include "core/exchange/exchange_fixture.h"
#include "exchange/neurox_activations.h"
#include "support/reference.h"
#include "tensorfile/npy.h"
#include "tensorfile/safetensors.h"

using namespace palimpsest;
using base::ErrorCode;
using testing::Folder;

namespace {

std::vector<float> tensor(const std::filesystem::path& path, const char* name)
{
    const auto file = tensorfile::SafetensorsFile::open(path);
    if (!file || file.value().find(name) == nullptr)
        return {};
    std::vector<float> values(file.value().find(name)->elementCount());
    tensorfile::convertToFloat(*file.value().find(name), values);
    return values;
}

/// A file that another program made: `add` creates its data sets.
void makeFile(const std::filesystem::path& path, const std::function<void(hid_t)>& add)
{
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    add(file);
    H5Fclose(file);
}

void addText(hid_t file, const char* text)
{
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    constexpr hsize_t kOne = 1;
    const hid_t space = H5Screate_simple(1, &kOne, nullptr);
    const hid_t set
        = H5Dcreate2(file, "sentence_to_index", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, &text);
    H5Dclose(set);
    H5Sclose(space);
    H5Tclose(type);
}

void addSet(hid_t file, const char* name, const std::vector<hsize_t>& extents, hid_t type = H5T_IEEE_F32LE,
    hid_t properties = H5P_DEFAULT, bool write = true)
{
    const hid_t space = H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr);
    const hid_t set = H5Dcreate2(file, name, type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    if (write) {
        std::size_t count = 1;
        for (const hsize_t extent : extents)
            count *= extent;
        const std::vector<float> values(count, 0.5F);
        H5Dwrite(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    }
    H5Dclose(set);
    H5Sclose(space);
}

} // namespace

class NeuroXHdf5Test : public QObject {
    Q_OBJECT

private slots:
    void h5pysFileIsRead();
    void whatIsWrittenComesBackToTheBit();
    void compressedDataIsRead();
    void hostileFilesEndInASentence_data();
    void hostileFilesEndInASentence();
    void damagedBytesNeverCrash();
    void stopsOnRequest();
};

void NeuroXHdf5Test::h5pysFileIsRead()
{
    const Folder folder;
    const auto path = std::string(TEST_DATA_DIR "/neurox_h5py.hdf5");
    const auto report = exchange::importNeuroX(path, folder.path("a.safetensors"), {});
    VERIFY_RESULT(report);
    QCOMPARE(report.value().sentences, std::size_t{3});
    QCOMPARE(report.value().words, std::size_t{7});
    QCOMPARE(report.value().layers, (std::vector<int>{0, 1}));
    QCOMPARE(tensor(folder.path("a.safetensors"), "sentence"), (std::vector<float>{0, 0, 0, 1, 2, 2, 2}));
    QCOMPARE(tensor(folder.path("a.safetensors"), "position"), (std::vector<float>{0, 1, 2, 0, 0, 1, 2}));
    const std::vector<float> layer = tensor(folder.path("a.safetensors"), "layer_1");
    QCOMPARE(layer.size(), std::size_t{21});
    QCOMPARE(layer[1 * 3 + 2], 0.25F + 1.0F / 16.0F + 2.0F / 64.0F); // sentence 0, word 1, column 2
    QCOMPARE(layer[3 * 3 + 1], 1.25F + 1.0F / 64.0F); // sentence 1 is float16
    QCOMPARE(layer[6 * 3 + 0], 2.25F + 2.0F / 16.0F); // sentence 2
}

void NeuroXHdf5Test::whatIsWrittenComesBackToTheBit()
{
    const Folder folder;
    const auto corpus = testing::corpusOf({"the größe", "the \"x\"", "the größe"});
    // The third word is not analysed and gets zeros, as the last sentence does.
    const auto tokens = corpus::TokenTable::fromRows(corpus,
        {{base::SentenceId{0}, 0, base::WordId{0}}, {base::SentenceId{0}, 1, base::WordId{1}},
            {base::SentenceId{1}, 1, base::WordId{2}}});
    VERIFY_RESULT(tokens);
    const std::vector<float> values{0.123456789F, -2.5F, 1e-12F, 7.0F, 123.456F, -0.00000001F};
    VERIFY_RESULT(tensorfile::writeNpy(folder.path("v.npy"),
        {tensorfile::ElementType::F32, {3, 2}, std::as_bytes(std::span<const float>(values))}));
    const auto matrix = tensorfile::openMatrix(folder.path("v.npy"));
    VERIFY_RESULT(matrix);
    VERIFY_RESULT(exchange::exportNeuroX(
        folder.path("v.hdf5"), *tokens.value(), {5, 6}, {matrix.value(), matrix.value()}, {}));
    QVERIFY(!std::filesystem::exists(folder.path("v.hdf5.part")));
    const auto report = exchange::importNeuroX(folder.path("v.hdf5"), folder.path("v.safetensors"), {});
    VERIFY_RESULT(report);
    QCOMPARE(report.value().sentences, std::size_t{3});
    const std::vector<float> expected{
        0.123456789F, -2.5F, 1e-12F, 7.0F, 0.0F, 0.0F, 123.456F, -0.00000001F, 0.0F, 0.0F, 0.0F, 0.0F};
    QCOMPARE(tensor(folder.path("v.safetensors"), "layer_0"), expected);
    QCOMPARE(tensor(folder.path("v.safetensors"), "layer_1"), expected);
}

void NeuroXHdf5Test::compressedDataIsRead()
{
    const Folder folder;
    makeFile(folder.path("c.hdf5"), [](hid_t file) {
        const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
        const hsize_t chunk[]{1, 5, 64};
        H5Pset_chunk(properties, 3, chunk);
        H5Pset_shuffle(properties);
        H5Pset_deflate(properties, 9);
        addSet(file, "0", {2, 5, 64}, H5T_IEEE_F64LE, properties);
        H5Pclose(properties);
        addText(file, R"({"a b c d e": "0"})");
    });
    const auto report = exchange::importNeuroX(folder.path("c.hdf5"), folder.path("c.safetensors"), {});
    VERIFY_RESULT(report);
    QCOMPARE(tensor(folder.path("c.safetensors"), "layer_1"), std::vector<float>(5 * 64, 0.5F));
}

void NeuroXHdf5Test::hostileFilesEndInASentence_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("not HDF5") << 0 << QByteArray("no HDF5 file");
    QTest::newRow("no index") << 1 << QByteArray("sentence_to_index");
    QTest::newRow("a sentence that is not there") << 4 << QByteArray("no data set \"1\"");
    QTest::newRow("whole numbers") << 5 << QByteArray("floating-point");
    QTest::newRow("one dimension") << 6 << QByteArray("layers x words x values");
    QTest::newRow("another width") << 7 << QByteArray("\"1\" has other layers");
    QTest::newRow("more than the file holds") << 8 << QByteArray("more numbers than the file holds");
    QTest::newRow("more than can be counted") << 9 << QByteArray("larger than any file");
    QTest::newRow("a link to another file") << 10 << QByteArray("link");
    QTest::newRow("a soft link") << 11 << QByteArray("link");
    QTest::newRow("data in another file") << 12 << QByteArray("other files");
    QTest::newRow("a virtual data set") << 13 << QByteArray("other files");
    QTest::newRow("a group") << 14 << QByteArray("no data set");
    QTest::newRow("no words") << 15 << QByteArray("no words");
}

void NeuroXHdf5Test::hostileFilesEndInASentence()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, says);
    const Folder folder;
    folder.write("secret", std::string(4096, 'x'));
    const std::string secret = folder.path("secret").string();
    const auto build = [&](hid_t file) {
        const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
        if (kind == 5)
            addSet(file, "0", {1, 2, 3}, H5T_STD_I32LE);
        else if (kind == 6)
            addSet(file, "0", {6});
        else if (kind == 8)
            addSet(file, "0", {1, 1'000'000, 1'000}, H5T_IEEE_F32LE, H5P_DEFAULT, false);
        else if (kind == 9)
            addSet(file, "0", {1U << 20U, 1U << 20U, 1U << 20U}, H5T_IEEE_F32LE, H5P_DEFAULT, false);
        else if (kind == 10)
            H5Lcreate_external(secret.c_str(), "/0", file, "0", H5P_DEFAULT, H5P_DEFAULT);
        else if (kind == 11)
            H5Lcreate_soft("/sentence_to_index", file, "0", H5P_DEFAULT, H5P_DEFAULT);
        else if (kind == 12) {
            H5Pset_external(properties, secret.c_str(), 0, 24);
            addSet(file, "0", {1, 2, 3}, H5T_IEEE_F32LE, properties, false);
        } else if (kind == 13) {
            const hsize_t extents[]{1, 2, 3};
            const hid_t space = H5Screate_simple(3, extents, nullptr);
            H5Pset_virtual(properties, space, secret.c_str(), "/0", space);
            H5Sclose(space);
            addSet(file, "0", {1, 2, 3}, H5T_IEEE_F32LE, properties, false);
        } else if (kind == 14)
            H5Gclose(H5Gcreate2(file, "0", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        else
            addSet(file, "0", {1, kind == 15 ? 0U : 2U, 3});
        if (kind == 7)
            addSet(file, "1", {1, 2, 4});
        H5Pclose(properties);
        if (kind == 4)
            addSet(file, "2", {1, 2, 3});
        if (kind != 1)
            addText(file, R"({"a": "0"})");
    };
    if (kind == 0)
        folder.write("h.hdf5", std::string("{\"linex_index\": 0}\n") + std::string(1000, ' '));
    else
        makeFile(folder.path("h.hdf5"), build);
    const auto report = exchange::importNeuroX(folder.path("h.hdf5"), folder.path("h.safetensors"), {});
    QVERIFY(!report);
    QVERIFY2(
        report.error().message.find(says.toStdString()) != std::string::npos, report.error().message.c_str());
    QVERIFY(!std::filesystem::exists(folder.path("h.safetensors")));
}

void NeuroXHdf5Test::damagedBytesNeverCrash()
{
    const Folder folder;
    const std::string good = testing::contentOf(std::string(TEST_DATA_DIR "/neurox_h5py.hdf5"));
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        std::string bad = good;
        if (round % 3 == 0)
            bad.resize(random() % bad.size());
        for (int n = 0; n < 1 + round % 8; ++n)
            if (!bad.empty())
                bad[random() % std::min<std::size_t>(bad.size(), 4096)] = static_cast<char>(random() % 256);
        folder.write("bad.hdf5", bad);
        const auto report
            = exchange::importNeuroX(folder.path("bad.hdf5"), folder.path("bad.safetensors"), {});
        if (!report)
            QVERIFY(!report.error().message.empty());
    }
}

void NeuroXHdf5Test::stopsOnRequest()
{
    const Folder folder;
    std::stop_source stop;
    stop.request_stop();
    const base::JobContext ctx(stop.get_token(), {}, {});
    const auto report = exchange::importNeuroX(
        std::string(TEST_DATA_DIR "/neurox_h5py.hdf5"), folder.path("a.safetensors"), ctx);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Cancelled);
    QVERIFY(!std::filesystem::exists(folder.path("a.safetensors")));
}

QTEST_APPLESS_MAIN(NeuroXHdf5Test)
#include "tst_neurox_hdf5.moc"
