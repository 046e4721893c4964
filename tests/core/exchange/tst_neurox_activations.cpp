// NeuroX's activations as JSON lines: what Python's json reads is read, what is written comes back.

#include <cmath>

#include "core/corpus/corpus_fixture.h"
#include "core/exchange/exchange_fixture.h"
#include "exchange/neurox_activations.h"
#include "support/reference.h"
#include "tensorfile/npy.h"
#include "tensorfile/safetensors.h"

using namespace palimpsest;
using testing::Folder;

namespace {

const std::string kFile
    = R"({"linex_index": 0, "features": [{"token": "a", "layers": [{"index": 0, "values": [0.5, -1e-08]}, {"index": 3, "values": [2, 3.25]}]}]}
{"linex_index": 1, "features": []}
{"linex_index": 2, "features": [{"token": "ex##am", "layers": [{"index": 0, "values": [1, 2]}, {"index": 3, "values": [3, 4]}]}]}
)";

} // namespace

class NeuroXActivationsTest : public QObject {
    Q_OBJECT

private slots:
    void filesBecomeTensors();
    void whatIsWrittenComesBack();
    void brokenFilesNameTheLine_data();
    void brokenFilesNameTheLine();
};

void NeuroXActivationsTest::filesBecomeTensors()
{
    const Folder folder;
    folder.write("a.json", kFile);
    const auto report = exchange::importNeuroX(folder.path("a.json"), folder.path("a.safetensors"), {});
    VERIFY_RESULT(report);
    QCOMPARE(report.value().words, std::size_t{2});
    QCOMPARE(report.value().layers, (std::vector<int>{0, 3}));
    const auto file = tensorfile::SafetensorsFile::open(folder.path("a.safetensors"));
    VERIFY_RESULT(file);
    std::vector<float> values(4);
    tensorfile::convertToFloat(*file.value().find("layer_0"), values);
    QCOMPARE(values, (std::vector<float>{0.5F, -1e-08F, 1.0F, 2.0F}));
    std::vector<float> sentences(2);
    tensorfile::convertToFloat(*file.value().find("sentence"), sentences);
    QCOMPARE(sentences, (std::vector<float>{0.0F, 2.0F}));
}

void NeuroXActivationsTest::whatIsWrittenComesBack()
{
    const Folder folder;
    const auto corpus = testing::corpusOf({"the größe", "the \"x\""});
    // The third word is not analysed and gets zeros.
    const auto tokens = corpus::TokenTable::fromRows(corpus,
        {{base::SentenceId{0}, 0, base::WordId{0}}, {base::SentenceId{0}, 1, base::WordId{1}},
            {base::SentenceId{1}, 1, base::WordId{2}}});
    VERIFY_RESULT(tokens);
    const std::vector<float> values{0.123456789F, -2.5F, 1e-12F, 7.0F, 123.456F, -0.00000001F};
    VERIFY_RESULT(tensorfile::writeNpy(folder.path("v.npy"),
        {tensorfile::ElementType::F32, {3, 2}, std::as_bytes(std::span<const float>(values))}));
    const auto matrix = tensorfile::openMatrix(folder.path("v.npy"));
    VERIFY_RESULT(matrix);
    VERIFY_RESULT(exchange::exportNeuroX(folder.path("v.json"), *tokens.value(), {6}, {matrix.value()}, {}));
    const auto report = exchange::importNeuroX(folder.path("v.json"), folder.path("v.safetensors"), {});
    VERIFY_RESULT(report);
    QCOMPARE(report.value().words, std::size_t{4});
    const auto file = tensorfile::SafetensorsFile::open(folder.path("v.safetensors"));
    std::vector<float> back(8);
    tensorfile::convertToFloat(*file.value().find("layer_6"), back);
    const std::vector<float> expected{0.12345679F, -2.5F, 0.0F, 7.0F, 0.0F, 0.0F, 123.456F, -1e-08F};
    for (std::size_t i = 0; i < back.size(); ++i)
        QVERIFY2(std::abs(back[i] - expected[i]) <= 1e-5F * std::abs(expected[i]) + 1e-10F,
            std::to_string(i).c_str());
}

void NeuroXActivationsTest::brokenFilesNameTheLine_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("says");
    const QByteArray good = QByteArray::fromStdString(kFile);
    QTest::newRow("cut off") << good + "{\"linex_index\": 3, \"feat" << QByteArray("line 4");
    QTest::newRow("another width") << QByteArray(good).replace("[3, 4]", "[3, 4, 5]") << QByteArray("line 3");
    QTest::newRow("another layer") << QByteArray(good).replace(
        "\"index\": 3, \"values\": [3", "\"index\": 4, \"values\": [3")
                                   << QByteArray("line 3");
    QTest::newRow("no numbers") << QByteArray(good).replace("[3, 4]", "[3, \"4\"]") << QByteArray("line 3");
    QTest::newRow("no layers") << QByteArray(R"({"features": [{"token": "a"}]})") << QByteArray("line 1");
    QTest::newRow("a layer twice") << QByteArray(good).replace("\"index\": 3", "\"index\": 0")
                                   << QByteArray("line 1");
    QTest::newRow("nothing") << QByteArray("\n") << QByteArray("no words");
}

void NeuroXActivationsTest::brokenFilesNameTheLine()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, says);
    const Folder folder;
    folder.write("a.json", content.toStdString());
    const auto report = exchange::importNeuroX(folder.path("a.json"), folder.path("a.safetensors"), {});
    QVERIFY(!report);
    QVERIFY2(
        report.error().message.find(says.toStdString()) != std::string::npos, report.error().message.c_str());
    QVERIFY(!std::filesystem::exists(folder.path("a.safetensors")));
}

QTEST_APPLESS_MAIN(NeuroXActivationsTest)
#include "tst_neurox_activations.moc"
