// ALBERT against transformers (see encoder_check.h).

#include <QtTest/QtTest>

#include "encoder_check.h"

class tst_Albert : public QObject {
    Q_OBJECT

private slots:
    void everyHiddenStateEqualsTransformers_data();
    void everyHiddenStateEqualsTransformers();
};

void tst_Albert::everyHiddenStateEqualsTransformers_data()
{
    QTest::addColumn<int>("states");
    QTest::addColumn<bool>("hasPooler");
    QTest::newRow("albert") << 13 << true;
}

void tst_Albert::everyHiddenStateEqualsTransformers()
{
    REQUIRE_REFERENCE("models/albert/config.json");
    QFETCH(int, states);
    QFETCH(bool, hasPooler);
    palimpsest::testing::compareWithTransformers(QTest::currentDataTag(), states, hasPooler);
}

QTEST_GUILESS_MAIN(tst_Albert)
#include "tst_albert.moc"
