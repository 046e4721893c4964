// GPT-2 against transformers (see encoder_check.h; goldens/README.md says what each folder shows).

#include <QtTest/QtTest>

#include "encoder_check.h"

class tst_Gpt2 : public QObject {
    Q_OBJECT

private slots:
    void statesAndLogitsEqualTransformers_data();
    void statesAndLogitsEqualTransformers();
};

void tst_Gpt2::statesAndLogitsEqualTransformers_data()
{
    QTest::addColumn<QString>("shows");
    QTest::newRow("gpt2") << "saved with a language model head, prefix";
    QTest::newRow("gpt2-scaled") << "scores divided by depth, no prefix, inner size left out";
    QTest::newRow("gpt2-classifier") << "padding named";
    QTest::newRow("gpt2-token-classifier") << "scores not scaled";
}

void tst_Gpt2::statesAndLogitsEqualTransformers()
{
    palimpsest::testing::compareWithGolden(QTest::currentDataTag());
}

QTEST_GUILESS_MAIN(tst_Gpt2)
#include "tst_gpt2.moc"
