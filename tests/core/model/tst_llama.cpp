// Llama, Qwen2 and Mistral against transformers (see encoder_check.h; goldens/README.md says what each folder
// shows).

#include <QtTest/QtTest>

#include "base/mapped_file.h"
#include "encoder_check.h"

class tst_Llama : public QObject {
    Q_OBJECT

private slots:
    void statesAndLogitsEqualTransformers_data();
    void statesAndLogitsEqualTransformers();
    void refusesWhatItCannotCompute_data();
    void refusesWhatItCannotCompute();
};

void tst_Llama::statesAndLogitsEqualTransformers_data()
{
    QTest::addColumn<QString>("shows");
    QTest::newRow("llama") << "grouped queries";
    QTest::newRow("llama-tied") << "tied words, own head size, linear scaling";
    QTest::newRow("llama-classifier") << "biases, llama3 scaling, no padding id";
    QTest::newRow("llama-token-classifier") << "one key head per query head";
    QTest::newRow("qwen2-classifier") << "biases of query, key and value";
    QTest::newRow("mistral") << "a window shorter than the sentences, no prefix";
}

void tst_Llama::statesAndLogitsEqualTransformers()
{
    palimpsest::testing::compareWithGolden(QTest::currentDataTag());
}

void tst_Llama::refusesWhatItCannotCompute_data()
{
    QTest::addColumn<QString>("addition");
    QTest::addColumn<QString>("words");
    QTest::newRow("other scaling") << R"("rope_scaling": {"type": "yarn", "factor": 4.0})"
                                   << "\"yarn\"";
    QTest::newRow("scaling by nothing") << R"("rope_scaling": {"type": "linear", "factor": 0.0})"
                                        << "\"factor\"";
    QTest::newRow("key heads") << R"("num_key_value_heads": 3)"
                               << "\"num_key_value_heads\"";
    QTest::newRow("odd heads") << R"("head_dim": 3)"
                               << "odd";
    QTest::newRow("bias that is no flag") << R"("attention_bias": 1)"
                                          << "\"attention_bias\"";
}

void tst_Llama::refusesWhatItCannotCompute()
{
    QFETCH(QString, addition);
    QFETCH(QString, words);
    const QTemporaryDir dir;
    const std::filesystem::path from = palimpsest::testing::goldenDir() / "llama";
    const std::filesystem::path to = dir.path().toStdString();
    std::filesystem::copy_file(from / "model.safetensors", to / "model.safetensors");
    auto text = palimpsest::base::readFile(from / "config.json", 1 << 20);
    VERIFY_RESULT(text);
    QString json = QString::fromStdString(text.value());
    const QString key = addition.section(QLatin1Char(':'), 0, 0);
    json.replace(key + QLatin1Char(':'), QStringLiteral("\"unused\":"));
    json.replace(0, 1, QStringLiteral("{") + addition + QStringLiteral(", "));
    VERIFY_RESULT(palimpsest::base::writeFileAtomically(to / "config.json", json.toStdString()));
    const auto model = palimpsest::model::Model::open(to);
    QVERIFY(!model);
    QVERIFY2(QString::fromStdString(model.error().message).contains(words), model.error().message.c_str());
}

QTEST_GUILESS_MAIN(tst_Llama)
#include "tst_llama.moc"
