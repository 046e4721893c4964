// ELECTRA against transformers (see encoder_check.h).

#include <QtTest/QtTest>

#include "encoder_check.h"

class tst_Electra : public QObject {
    Q_OBJECT

private slots:
    void everyHiddenStateEqualsTransformers_data();
    void everyHiddenStateEqualsTransformers();
};

void tst_Electra::everyHiddenStateEqualsTransformers_data()
{
    QTest::addColumn<int>("states");
    QTest::addColumn<bool>("hasPooler");
    QTest::newRow("electra") << 5 << false;
}

void tst_Electra::everyHiddenStateEqualsTransformers()
{
    REQUIRE_REFERENCE("models/electra/config.json");
    QFETCH(int, states);
    QFETCH(bool, hasPooler);
    palimpsest::testing::compareWithTransformers(QTest::currentDataTag(), states, hasPooler);
}

QTEST_GUILESS_MAIN(tst_Electra)
#include "tst_electra.moc"
