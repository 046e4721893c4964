// DeBERTa v2 and v3 against transformers (see encoder_check.h; goldens/README.md says what each folder
// shows).

#include <QtTest/QtTest>

#include "encoder_check.h"

class tst_DebertaV2 : public QObject {
    Q_OBJECT

private slots:
    void statesAndLogitsEqualTransformers_data();
    void statesAndLogitsEqualTransformers();
};

void tst_DebertaV2::statesAndLogitsEqualTransformers_data()
{
    QTest::addColumn<QString>("shows");
    QTest::newRow("deberta-v3-classifier")
        << "logarithmic buckets, shared keys, normalised positions, none in the input";
    QTest::newRow("deberta-v2-conv") << "convolution, own projections, positions in the input too";
    QTest::newRow("deberta-v2-absolute") << "positions in the input only";
    QTest::newRow("deberta-v2-token-classifier")
        << "only p2c, distances beyond the farthest, narrow embeddings";
}

void tst_DebertaV2::statesAndLogitsEqualTransformers()
{
    palimpsest::testing::compareWithGolden(QTest::currentDataTag());
}

QTEST_GUILESS_MAIN(tst_DebertaV2)
#include "tst_deberta_v2.moc"
