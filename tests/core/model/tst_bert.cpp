// BERT in all the ways it is stored, against transformers (see reference_model.h).

#include <QtTest/QtTest>

#include "reference_model.h"
#include "support/reference.h"

using palimpsest::testing::ReferenceModel;

namespace {

// Float32 rounding; the reference itself differs from float64 by 2e-6.
constexpr double kTolerance = 2e-5;

} // namespace

class tst_Bert : public QObject {
    Q_OBJECT

private slots:
    void everyHiddenStateEqualsTransformers_data();
    void everyHiddenStateEqualsTransformers();
    void logitsEqualTransformers_data();
    void logitsEqualTransformers();
};

void tst_Bert::everyHiddenStateEqualsTransformers_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("states");
    QTest::addColumn<bool>("hasPooler");
    QTest::newRow("saved with other heads") << "bert" << 5 << true;
    QTest::newRow("names without prefix") << "bert-noprefix" << 1 << true;
    QTest::newRow("pytorch_model.bin") << "bert-pytorch-bin" << 1 << true;
    QTest::newRow("three shards") << "bert-sharded" << 1 << true;
    QTest::newRow("gamma and beta") << "bert-legacy-names" << 1 << true;
    QTest::newRow("half precision") << "bert-fp16" << 5 << true;
    QTest::newRow("brain floats") << "bert-bf16" << 5 << true;
    QTest::newRow("sequence classifier") << "bert-uncased-classifier" << 5 << true;
    QTest::newRow("token classifier") << "bert-token-classifier" << 5 << false;
}

void tst_Bert::everyHiddenStateEqualsTransformers()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    QFETCH(QString, folder);
    QFETCH(int, states);
    QFETCH(bool, hasPooler);
    const auto reference = ReferenceModel::open(folder.toStdString());
    VERIFY_RESULT(reference);
    QCOMPARE(reference.value().sentenceCount(), 24U);
    QCOMPARE(reference.value().statesCompared(true), static_cast<std::size_t>(states));
    QCOMPARE_LE(reference.value().stateDifference(true), kTolerance);
    QCOMPARE_LE(reference.value().stateDifference(false), kTolerance);
    if (hasPooler) {
        QCOMPARE_LE(reference.value().poolerDifference(true), kTolerance);
        QCOMPARE_LE(reference.value().poolerDifference(false), kTolerance);
    }
}

void tst_Bert::logitsEqualTransformers_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("sentences") << "bert-uncased-classifier";
    QTest::newRow("words") << "bert-token-classifier";
}

void tst_Bert::logitsEqualTransformers()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    QFETCH(QString, folder);
    const auto reference = ReferenceModel::open(folder.toStdString());
    VERIFY_RESULT(reference);
    QCOMPARE_LE(reference.value().logitDifference(true), kTolerance);
    QCOMPARE_LE(reference.value().logitDifference(false), kTolerance);
}

QTEST_GUILESS_MAIN(tst_Bert)
#include "tst_bert.moc"
