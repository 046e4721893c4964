// config.json of each family under one set of names, and one sentence for each way in which it can be wrong.

#include <QtTest/QtTest>

#include "base/mapped_file.h"
#include "model/model_config.h"
#include "support/reference.h"

using namespace palimpsest;
using model::HeadKind;
using model::ModelConfig;
using model::readModelConfig;

namespace {

const QByteArray kSmall = R"({"architectures": ["BertModel"], "model_type": "bert", "hidden_size": 64,
    "num_hidden_layers": 4, "num_attention_heads": 4, "intermediate_size": 128, "vocab_size": 1500,
    "max_position_embeddings": 40, "type_vocab_size": 2})";

base::Result<ModelConfig> readText(const QByteArray& text)
{
    const QTemporaryDir dir;
    const std::filesystem::path folder = dir.path().toStdString();
    PALIMPSEST_CHECK(base::writeFileAtomically(folder / "config.json", text.toStdString()));
    return readModelConfig(folder);
}

} // namespace

class tst_ModelConfig : public QObject {
    Q_OBJECT

private slots:
    void readsEveryFamily_data();
    void readsEveryFamily();
    void readsLabelsInIdOrder();
    void fillsInWhatTransformersFillsIn();
    void findsTheFamilyByClassName();
    void decodersMayHaveNoPadding();
    void namesAMissingFolder();
    void namesAFolderWithoutConfig();
    void listsKnownArchitectures();
    void refuses_data();
    void refuses();
};

void tst_ModelConfig::readsEveryFamily_data()
{
    QTest::addColumn<QString>("modelType");
    QTest::addColumn<QString>("architecture");
    QTest::addColumn<int>("layers");
    QTest::addColumn<int>("embedding");
    QTest::addColumn<int>("types");
    QTest::newRow("bert") << "bert"
                          << "BertForPreTraining" << 4 << 64 << 2;
    QTest::newRow("roberta") << "roberta"
                             << "RobertaModel" << 4 << 64 << 1;
    QTest::newRow("xlm-roberta") << "xlm-roberta"
                                 << "XLMRobertaModel" << 4 << 64 << 1;
    QTest::newRow("albert") << "albert"
                            << "AlbertModel" << 12 << 32 << 2;
    QTest::newRow("distilbert") << "distilbert"
                                << "DistilBertModel" << 4 << 64 << 0;
    QTest::newRow("electra") << "electra"
                             << "ElectraModel" << 4 << 32 << 2;
}

void tst_ModelConfig::readsEveryFamily()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    QFETCH(QString, modelType);
    QFETCH(QString, architecture);
    QFETCH(int, layers);
    QFETCH(int, embedding);
    QFETCH(int, types);
    const auto config = readModelConfig(testing::referenceDir() / "models" / QTest::currentDataTag());
    VERIFY_RESULT(config);
    QCOMPARE(config.value().modelType, modelType.toStdString());
    QCOMPARE(config.value().architecture, architecture.toStdString());
    QVERIFY(config.value().head == HeadKind::None);
    QCOMPARE(config.value().hiddenSize, 64U);
    QCOMPARE(config.value().headCount, 4U);
    QCOMPARE(config.value().intermediateSize, 128U);
    QCOMPARE(config.value().layerCount, static_cast<std::size_t>(layers));
    QCOMPARE(config.value().embeddingSize, static_cast<std::size_t>(embedding));
    QCOMPARE(config.value().typeVocabularySize, static_cast<std::size_t>(types));
    // 42 positions of the RoBERTa family are 40 pieces: two rows are for padding.
    QCOMPARE(config.value().maxPieces, 40U);
}

void tst_ModelConfig::readsLabelsInIdOrder()
{
    REQUIRE_REFERENCE("models/bert-token-classifier/config.json");
    const auto words = readModelConfig(testing::referenceDir() / "models/bert-token-classifier");
    VERIFY_RESULT(words);
    QVERIFY(words.value().head == HeadKind::TokenClassification);
    QCOMPARE(words.value().labels.size(), 17U);
    QCOMPARE(words.value().labels[2], std::string("ADV"));
    QCOMPARE(words.value().labels[10], std::string("PRON"));
}

void tst_ModelConfig::fillsInWhatTransformersFillsIn()
{
    QByteArray text = kSmall;
    text.replace("BertModel", "BertForSequenceClassification");
    const auto config = readText(text);
    VERIFY_RESULT(config);
    QCOMPARE(config.value().labels, (std::vector<std::string>{"LABEL_0", "LABEL_1"}));
    QCOMPARE(config.value().layerNormEps, 1e-12);
    QCOMPARE(config.value().activation, std::string("gelu"));
    QCOMPARE(config.value().maxPieces, 40U);
}

void tst_ModelConfig::findsTheFamilyByClassName()
{
    QByteArray text = kSmall;
    text.replace("\"model_type\": \"bert\", ", "");
    const auto config = readText(text);
    VERIFY_RESULT(config);
    QCOMPARE(config.value().modelType, std::string("bert"));
}

void tst_ModelConfig::decodersMayHaveNoPadding()
{
    QByteArray text = kSmall;
    text.replace("BertModel", "LlamaForSequenceClassification").replace("\"bert\"", "\"llama\"");
    const auto none = readText(text);
    VERIFY_RESULT(none);
    QCOMPARE(none.value().paddingId, -1);
    QCOMPARE(none.value().activation, std::string("silu"));
    QCOMPARE(none.value().layerNormEps, 1e-6);
    QCOMPARE(none.value().typeVocabularySize, 2U); // as the file says
    QCOMPARE(none.value().maxPieces, 40U);
    // Files of 2023 write -1, or an id behind the vocabulary.
    for (const char* written : {"-1", "1500"}) {
        QByteArray other = text;
        other.replace("{\"arch", "{\"pad_token_id\": " + QByteArray(written) + ", \"arch");
        const auto config = readText(other);
        VERIFY_RESULT(config);
        QCOMPARE(config.value().paddingId, -1);
    }
    QByteArray named = text;
    named.replace("{\"arch", "{\"pad_token_id\": 7, \"arch");
    const auto config = readText(named);
    VERIFY_RESULT(config);
    QCOMPARE(config.value().paddingId, 7);
}

void tst_ModelConfig::namesAMissingFolder()
{
    const auto config = readModelConfig("/no/such folder");
    QVERIFY(!config);
    QCOMPARE(config.error().code, base::ErrorCode::NotFound);
    QCOMPARE(config.error().message,
        std::string("There is no folder /no/such folder; name the folder of a checkpoint"));
}

void tst_ModelConfig::namesAFolderWithoutConfig()
{
    const QTemporaryDir dir;
    const auto config = readModelConfig(dir.path().toStdString());
    QVERIFY(!config);
    QCOMPARE(config.error().code, base::ErrorCode::NotFound);
    QVERIFY(QString::fromStdString(config.error().message).contains("has no config.json"));
}

void tst_ModelConfig::listsKnownArchitectures()
{
    QByteArray text = kSmall;
    text.replace("\"bert\"", "\"t5\"");
    const auto config = readText(text);
    QVERIFY(!config);
    QCOMPARE(config.error().code, base::ErrorCode::Unsupported);
    const QString message = QString::fromStdString(config.error().message);
    QVERIFY(message.contains("\"t5\""));
    for (const std::string& type : model::knownModelTypes())
        QVERIFY2(message.contains(QString::fromStdString(type)), type.c_str());
}

void tst_ModelConfig::refuses_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("words");
    QTest::newRow("not JSON") << QByteArray("{") << QByteArray("[{") << "not a JSON object";
    QTest::newRow("missing size") << QByteArray("\"hidden_size\"") << QByteArray("\"size\"")
                                  << "\"hidden_size\"";
    QTest::newRow("text as size") << QByteArray("64") << QByteArray("\"64\"")
                                  << "whole number as \"hidden_size\"";
    QTest::newRow("fraction") << QByteArray("64") << QByteArray("64.5") << "whole number as \"hidden_size\"";
    QTest::newRow("negative") << QByteArray("64") << QByteArray("-64")
                              << "\"hidden_size\" that is not between";
    QTest::newRow("zero layers") << QByteArray(": 4,") << QByteArray(": 0,") << "not between 1";
    QTest::newRow("a billion layers")
        << QByteArray("\"num_hidden_layers\": 4") << QByteArray("\"num_hidden_layers\": 1000000000")
        << "\"num_hidden_layers\"";
    QTest::newRow("heads that do not fit")
        << QByteArray("heads\": 4") << QByteArray("heads\": 5") << "does not divide";
    QTest::newRow("relative positions")
        << QByteArray("{") << QByteArray("{\"position_embedding_type\": \"relative_key\",") << "relative_key";
    QTest::newRow("labels with a gap")
        << QByteArray("BertModel\"],")
        << QByteArray("BertForSequenceClassification\"], \"id2label\": {\"0\": \"a\", \"2\": \"b\"},")
        << "label 1 of 2";
    QTest::newRow("label that is a number")
        << QByteArray("BertModel\"],")
        << QByteArray("BertForSequenceClassification\"], \"id2label\": {\"0\": 5, \"1\": \"b\"},")
        << "label 0 of 2";
}

void tst_ModelConfig::refuses()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, words);
    QByteArray text = kSmall;
    const auto at = text.indexOf(from);
    QVERIFY(at >= 0);
    text.replace(at, from.size(), to);
    const auto config = readText(text);
    QVERIFY(!config);
    const auto code = words == "relative_key" ? base::ErrorCode::Unsupported : base::ErrorCode::Malformed;
    const QString message = QString::fromStdString(config.error().message);
    QVERIFY2(message.contains(words) && message.contains("config.json"), qPrintable(message));
    QCOMPARE(config.error().code, code);
}

QTEST_GUILESS_MAIN(tst_ModelConfig)
#include "tst_model_config.moc"
