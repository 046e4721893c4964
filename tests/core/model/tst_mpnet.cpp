// MPNet against transformers (see encoder_check.h; goldens/README.md says what each folder shows).

#include <QtTest/QtTest>

#include "encoder_check.h"

class tst_Mpnet : public QObject {
    Q_OBJECT

private slots:
    void statesAndLogitsEqualTransformers_data();
    void statesAndLogitsEqualTransformers();
};

void tst_Mpnet::statesAndLogitsEqualTransformers_data()
{
    QTest::addColumn<QString>("shows");
    QTest::newRow("mpnet") << "distances beyond the exact buckets";
    QTest::newRow("mpnet-classifier") << "sentences";
    QTest::newRow("mpnet-token-classifier") << "words";
}

void tst_Mpnet::statesAndLogitsEqualTransformers()
{
    palimpsest::testing::compareWithGolden(QTest::currentDataTag());
}

QTEST_GUILESS_MAIN(tst_Mpnet)
#include "tst_mpnet.moc"
