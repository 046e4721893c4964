// DistilBERT against transformers (see encoder_check.h).

#include <QtTest/QtTest>

#include "encoder_check.h"

class tst_DistilBert : public QObject {
    Q_OBJECT

private slots:
    void everyHiddenStateEqualsTransformers_data();
    void everyHiddenStateEqualsTransformers();
};

void tst_DistilBert::everyHiddenStateEqualsTransformers_data()
{
    QTest::addColumn<int>("states");
    QTest::addColumn<bool>("hasPooler");
    QTest::newRow("distilbert") << 5 << false;
}

void tst_DistilBert::everyHiddenStateEqualsTransformers()
{
    REQUIRE_REFERENCE("models/distilbert/config.json");
    QFETCH(int, states);
    QFETCH(bool, hasPooler);
    palimpsest::testing::compareWithTransformers(QTest::currentDataTag(), states, hasPooler);
}

QTEST_GUILESS_MAIN(tst_DistilBert)
#include "tst_distilbert.moc"
