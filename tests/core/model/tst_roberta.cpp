// RoBERTa and XLM-RoBERTa against transformers (see encoder_check.h).

#include <QtTest/QtTest>

#include "encoder_check.h"

class tst_Roberta : public QObject {
    Q_OBJECT

private slots:
    void everyHiddenStateEqualsTransformers_data();
    void everyHiddenStateEqualsTransformers();
    void camembertIsARoberta();
};

void tst_Roberta::everyHiddenStateEqualsTransformers_data()
{
    QTest::addColumn<int>("states");
    QTest::addColumn<bool>("hasPooler");
    QTest::newRow("roberta") << 5 << true;
    QTest::newRow("xlm-roberta") << 5 << true;
}

void tst_Roberta::everyHiddenStateEqualsTransformers()
{
    REQUIRE_REFERENCE("models/roberta/config.json");
    QFETCH(int, states);
    QFETCH(bool, hasPooler);
    palimpsest::testing::compareWithTransformers(QTest::currentDataTag(), states, hasPooler);
}

void tst_Roberta::camembertIsARoberta()
{
    palimpsest::testing::compareWithGolden("camembert-classifier");
}

QTEST_GUILESS_MAIN(tst_Roberta)
#include "tst_roberta.moc"
