// ELECTRA against transformers (see reference_model.h).

#include <QtTest/QtTest>

#include "reference_model.h"
#include "support/reference.h"

using palimpsest::testing::ReferenceModel;

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
    // Float32 rounding; the reference itself differs from float64 by 2e-6.
    constexpr double kTolerance = 2e-5;
    REQUIRE_REFERENCE("models/electra/config.json");
    QFETCH(int, states);
    QFETCH(bool, hasPooler);
    const auto reference = ReferenceModel::open(QTest::currentDataTag());
    VERIFY_RESULT(reference);
    QCOMPARE(reference.value().statesCompared(true), static_cast<std::size_t>(states));
    for (const bool together : {true, false}) {
        QCOMPARE_LE(reference.value().stateDifference(together), kTolerance);
        if (hasPooler)
            QCOMPARE_LE(reference.value().poolerDifference(together), kTolerance);
    }
}

QTEST_GUILESS_MAIN(tst_Electra)
#include "tst_electra.moc"
