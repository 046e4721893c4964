// ALBERT against transformers (see reference_model.h).

#include <QtTest/QtTest>

#include "reference_model.h"
#include "support/reference.h"

using palimpsest::testing::ReferenceModel;

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
    // Float32 rounding; the reference itself differs from float64 by 2e-6.
    constexpr double kTolerance = 2e-5;
    REQUIRE_REFERENCE("models/albert/config.json");
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

QTEST_GUILESS_MAIN(tst_Albert)
#include "tst_albert.moc"
