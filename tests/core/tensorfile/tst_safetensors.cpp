// Safetensors files: those of the reference library are read (reference/models was written with it), ours are
// laid out as it lays them out, and files that break the format are refused with a sentence.

#include <QtTest/QtTest>

#include <cstring>
#include <random>

#include "support/mutations.h"
#include "support/reference.h"
#include "tensorfile/safetensors.h"
#include "tensorfile/safetensors_header.h"

using namespace palimpsest;
using namespace palimpsest::tensorfile;

namespace {

class Folder {
public:
    [[nodiscard]] std::filesystem::path write(const std::string& name, const std::string& content) const
    {
        QFile file(m_dir.filePath(QString::fromStdString(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write(content.data(), static_cast<qint64>(content.size()));
        return path(name);
    }
    [[nodiscard]] std::filesystem::path path(const std::string& name) const
    {
        return std::filesystem::path(m_dir.path().toStdString()) / name;
    }

private:
    QTemporaryDir m_dir;
};

/// A file with this header and so many bytes of data.
std::string fileOf(const std::string& header, std::size_t dataSize)
{
    std::string file;
    for (std::size_t i = 0; i < 8; ++i)
        file.push_back(static_cast<char>(header.size() >> (8 * i) & 0xffU));
    return file + header + std::string(dataSize, '\x01');
}

} // namespace

class tst_Safetensors : public QObject {
    Q_OBJECT

private slots:
    void readsWhatTheReferenceLibraryWrote();
    void givesBackWhatWasWritten();
    void laysTensorsOutBySizeThenName();
    void writesTheSameBytesTwice();
    void refusesBadSpecs();
    void namesAFullOrMissingPlace();
    void refusesBrokenFiles_data();
    void refusesBrokenFiles();
    void acceptsUnusualButValidFiles_data();
    void acceptsUnusualButValidFiles();
    void survivesDamagedFiles();
    void survivesDamagedHeaders();
};

void tst_Safetensors::readsWhatTheReferenceLibraryWrote()
{
    REQUIRE_REFERENCE("models/bert-fp16/model.safetensors");
    const auto file = SafetensorsFile::open(testing::referenceDir() / "models/bert-fp16/model.safetensors");
    VERIFY_RESULT(file);
    QCOMPARE(file.value().metadata().at("format"), std::string("pt"));
    QVERIFY(std::is_sorted(file.value().names().begin(), file.value().names().end()));
    const TensorView* words = file.value().find("bert.embeddings.word_embeddings.weight");
    QVERIFY(words != nullptr);
    QVERIFY(words->type == ElementType::F16);
    QCOMPARE(words->shape, (std::vector<std::size_t>{1500, 64}));
    QCOMPARE(words->elementCount(), 96000U);
    QVERIFY(file.value().find("no such tensor") == nullptr);
}

void tst_Safetensors::givesBackWhatWasWritten()
{
    const Folder folder;
    const auto path = folder.path("a.safetensors");
    {
        auto writer = SafetensorsWriter::create(path,
            {{"x", ElementType::F32, {2, 3}}, {"ids", ElementType::I32, {4}},
                {"none", ElementType::F32, {0, 5}}, {"one", ElementType::F64, {}}},
            {{"made by", "a \"test\"\n"}});
        VERIFY_RESULT(writer);
        const auto floats = writer.value().floats("x");
        QCOMPARE(floats.size(), 6U);
        for (std::size_t i = 0; i < 6; ++i)
            floats[i] = static_cast<float>(i) + 0.5F;
        QCOMPARE(writer.value().tensor("ids").size(), 16U);
        std::memset(writer.value().tensor("ids").data(), 1, 16);
        QVERIFY(writer.value().floats("ids").empty());
        QVERIFY(writer.value().tensor("other").empty());
        QVERIFY(!std::filesystem::exists(path));
        VERIFY_RESULT(writer.value().commit());
        QVERIFY(writer.value().tensor("x").empty());
    }
    const auto file = SafetensorsFile::open(path);
    VERIFY_RESULT(file);
    QCOMPARE(file.value().names(), (std::vector<std::string>{"ids", "none", "one", "x"}));
    QCOMPARE(file.value().metadata().at("made by"), std::string("a \"test\"\n"));
    std::vector<float> values(6);
    convertToFloat(*file.value().find("x"), values);
    QCOMPARE(values, (std::vector<float>{0.5F, 1.5F, 2.5F, 3.5F, 4.5F, 5.5F}));
    QCOMPARE(file.value().find("none")->elementCount(), 0U);
    QCOMPARE(file.value().find("one")->elementCount(), 1U);
}

void tst_Safetensors::laysTensorsOutBySizeThenName()
{
    const Folder folder;
    const auto path = folder.path("a.safetensors");
    auto writer = SafetensorsWriter::create(path,
        {{"b", ElementType::I8, {3}}, {"c", ElementType::F32, {1}}, {"a", ElementType::F32, {1}},
            {"d", ElementType::I64, {1}}});
    VERIFY_RESULT(writer);
    VERIFY_RESULT(writer.value().commit());
    const auto file = SafetensorsFile::open(path);
    VERIFY_RESULT(file);
    const std::byte* start = file.value().bytes().data();
    std::vector<std::ptrdiff_t> offsets;
    for (const char* name : {"d", "a", "c", "b"})
        offsets.push_back(file.value().find(name)->bytes.data() - start);
    QCOMPARE(offsets[0] % 8, 0);
    QCOMPARE(offsets[1], offsets[0] + 8);
    QCOMPARE(offsets[2], offsets[1] + 4);
    QCOMPARE(offsets[3], offsets[2] + 4);
    QCOMPARE(static_cast<std::ptrdiff_t>(file.value().bytes().size()), offsets[3] + 3);
}

void tst_Safetensors::writesTheSameBytesTwice()
{
    const Folder folder;
    std::vector<std::string> contents;
    for (const bool reversed : {false, true}) {
        std::vector<TensorSpec> specs = {{"a", ElementType::F32, {2}}, {"b", ElementType::F32, {3}}};
        if (reversed)
            std::reverse(specs.begin(), specs.end());
        auto writer = SafetensorsWriter::create(folder.path("a"), specs, {{"z", "1"}, {"y", "2"}});
        VERIFY_RESULT(writer);
        VERIFY_RESULT(writer.value().commit());
        contents.push_back(base::readFile(folder.path("a"), 10000).value());
    }
    QVERIFY(contents[0] == contents[1]);
}

void tst_Safetensors::refusesBadSpecs()
{
    const Folder folder;
    const auto codeOf = [&](const std::vector<TensorSpec>& specs) {
        const auto writer = SafetensorsWriter::create(folder.path("a"), specs);
        return writer ? base::ErrorCode::Internal : writer.error().code;
    };
    QCOMPARE(codeOf({{"a", ElementType::F32, {1}}, {"a", ElementType::F32, {2}}}),
        base::ErrorCode::InvalidArgument);
    QCOMPARE(codeOf({{"__metadata__", ElementType::F32, {1}}}), base::ErrorCode::InvalidArgument);
    QCOMPARE(codeOf({{"a", ElementType::F32, {1ULL << 40U, 1ULL << 40U}}}), base::ErrorCode::TooLarge);
    QVERIFY(!std::filesystem::exists(folder.path("a.part")));
}

void tst_Safetensors::namesAFullOrMissingPlace()
{
    const Folder folder;
    const std::vector<TensorSpec> specs = {{"a", ElementType::F32, {1}}};
    const auto missing = SafetensorsWriter::create(folder.path("none") / "a", specs);
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, base::ErrorCode::NotFound);
    // An exabyte fits on no disk.
    const auto full = SafetensorsWriter::create(folder.path("a"), {{"a", ElementType::I8, {1ULL << 60U}}});
    QVERIFY(!full);
    QCOMPARE(full.error().code, base::ErrorCode::DiskFull);
    QVERIFY(!std::filesystem::exists(folder.path("a.part")));
}

void tst_Safetensors::refusesBrokenFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const std::string& content, const char* words) {
        QTest::newRow(name) << QByteArray(content.data(), static_cast<qsizetype>(content.size())) << words;
    };
    const auto tensor = [](const std::string& fields, std::size_t dataSize) {
        return fileOf("{\"a\":{" + fields + "}}", dataSize);
    };
    row("empty file", "", "too short");
    row("seven bytes", "1234567", "too short");
    row("header longer than the file", fileOf("{}", 0).substr(0, 9), "cut off");
    row("header of 2^63 bytes", std::string("\0\0\0\0\0\0\0\x80{}", 10), "cut off");
    row("not JSON", fileOf("{\"a\":", 0), "is not JSON");
    row("text after the object", fileOf("{}x", 0), "is not JSON");
    row("a list", fileOf("[]", 0), "array where none belongs");
    row("a number", fileOf("5", 0), "number where none belongs");
    row("deep nesting", fileOf("{\"a\":" + std::string(100000, '[') + "}", 0), "array where none belongs");
    row("deep objects", fileOf("{\"a\":{\"b\":{", 0), "nests objects");
    row("a tensor that is a text", fileOf("{\"a\":\"b\"}", 0), "text where none belongs");
    row("no offsets", tensor("\"dtype\":\"F32\",\"shape\":[1]", 4), "lacks dtype");
    row("no shape", tensor("\"dtype\":\"F32\",\"data_offsets\":[0,4]", 4), "lacks dtype");
    row("no type", tensor("\"shape\":[1],\"data_offsets\":[0,4]", 4), "lacks dtype");
    row("negative size", tensor("\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]", 4),
        "negative number");
    row("fraction", tensor("\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]", 4), "fraction");
    row("size beyond 64 bits",
        tensor("\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]", 4), "fraction");
    row("product that overflows",
        tensor("\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,4],\"data_offsets\":[0,0]", 0), "0 bytes");
    row("more axes than make sense",
        tensor(
            "\"dtype\":\"F32\",\"shape\":[1" +
                [] {
                    std::string ones;
                    for (int i = 0; i < 40; ++i)
                        ones += ",1";
                    return ones;
                }()
                + "],\"data_offsets\":[0,4]",
            4),
        "more than 32 axes");
    row("three offsets", tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,4]", 4),
        "number where none");
    row("one offset", tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]", 4), "two data_offsets");
    row("end before begin", tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]", 4),
        "outside the file");
    row("beyond the file", tensor("\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]", 4),
        "outside the file");
    row("wrong size", tensor("\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]", 4), "bytes");
    row("data that nobody names", tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]", 5),
        "4 of 5 bytes");
    row("hole", tensor("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[1,5]", 5), "hole");
    row("overlap",
        fileOf("{\"a\":{\"dtype\":\"I8\",\"shape\":[4],\"data_offsets\":[0,4]},"
               "\"b\":{\"dtype\":\"I8\",\"shape\":[3],\"data_offsets\":[2,5]}}",
            5),
        "overlaps");
    row("name twice",
        fileOf("{\"a\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[0,1]},"
               "\"a\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[1,2]}}",
            2),
        "\"a\" twice");
    row("unknown type", tensor("\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]", 1), "F8_E4M3");
    row("metadata that is no text", fileOf("{\"__metadata__\":{\"a\":1}}", 0), "number where none belongs");
}

void tst_Safetensors::refusesBrokenFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, words);
    const Folder folder;
    const auto path = folder.write("broken.safetensors", content.toStdString());
    const auto file = SafetensorsFile::open(path);
    QVERIFY(!file);
    const auto expected = words == "F8_E4M3" ? base::ErrorCode::Unsupported : base::ErrorCode::Malformed;
    QCOMPARE(file.error().code, expected);
    const QString message = QString::fromStdString(file.error().message);
    QVERIFY2(message.contains(words) && message.contains("broken.safetensors"), qPrintable(message));
}

void tst_Safetensors::acceptsUnusualButValidFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("tensors");
    const auto row = [](const char* name, const std::string& content, int tensors) {
        QTest::newRow(name) << QByteArray(content.data(), static_cast<qsizetype>(content.size())) << tensors;
    };
    row("no tensors", fileOf("{}", 0), 0);
    row("padded with spaces", fileOf("{}      ", 0), 0);
    row("only metadata", fileOf("{\"__metadata__\":{}}", 0), 0);
    row("an empty tensor", fileOf("{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}", 0), 1);
    row("an unaligned tensor",
        fileOf("{\"a\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[0,1]},"
               "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[1,5]}}",
            5),
        2);
    row("fields in another order",
        fileOf("{\"a\":{\"data_offsets\":[0,2],\"shape\":[1],\"dtype\":\"BF16\"}}", 2), 1);
}

void tst_Safetensors::acceptsUnusualButValidFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(int, tensors);
    const Folder folder;
    const auto file = SafetensorsFile::open(folder.write("a.safetensors", content.toStdString()));
    VERIFY_RESULT(file);
    QCOMPARE(file.value().names().size(), static_cast<std::size_t>(tensors));
}

void tst_Safetensors::survivesDamagedFiles()
{
    const Folder folder;
    const std::string whole = fileOf("{\"__metadata__\":{\"format\":\"pt\"},"
                                     "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                                     "\"bb\":{\"dtype\":\"I8\",\"shape\":[5],\"data_offsets\":[24,29]}}",
        29);
    std::mt19937 random(1);
    int accepted = 0;
    for (int i = 0; i < 500; ++i) {
        const auto file = SafetensorsFile::open(
            folder.write("damaged.safetensors", testing::mutated(whole, random, whole.size() - 29)));
        if (!file) {
            QVERIFY(!file.error().message.empty());
            continue;
        }
        ++accepted;
        for (const std::string& name : file.value().names()) {
            const TensorView& tensor = *file.value().find(name);
            QVERIFY(tensorByteCount(tensor.type, tensor.shape) == tensor.bytes.size());
            const auto all = file.value().bytes();
            QVERIFY(tensor.bytes.data() >= all.data());
            QVERIFY(tensor.bytes.data() + tensor.bytes.size() <= all.data() + all.size());
        }
    }
    QVERIFY(accepted > 0 && accepted < 250);
}

void tst_Safetensors::survivesDamagedHeaders()
{
    const std::string whole = "{\"__metadata__\":{\"format\":\"pt\"},"
                              "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                              "\"bb\":{\"dtype\":\"I8\",\"shape\":[5],\"data_offsets\":[24,29]}}";
    std::mt19937 random(2);
    int accepted = 0;
    for (int i = 0; i < 50000; ++i) {
        const auto header = parseSafetensorsHeader(
            testing::mutated(whole, random, whole.size()), 29, "damaged.safetensors");
        if (!header)
            continue;
        ++accepted;
        for (const auto& [name, entry] : header.value().tensors)
            QVERIFY(entry.end <= 29 && tensorByteCount(entry.type, entry.shape) == entry.end - entry.begin);
    }
    QVERIFY(accepted > 0 && accepted < 25000);
}

QTEST_GUILESS_MAIN(tst_Safetensors)
#include "tst_safetensors.moc"
