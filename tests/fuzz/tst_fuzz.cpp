// A bounded number of the inputs that tests/fuzz/run.sh tries by the million.

#include <QtTest/QtTest>

#include <QTemporaryDir>

#include "fuzz_targets.h"

using palimpsest::testing::FuzzTarget;
using palimpsest::testing::fuzzTargets;

class tst_Fuzz : public QObject {
    Q_OBJECT

private slots:
    void seedsAreTakenAndDamageIsRefused_data();
    void seedsAreTakenAndDamageIsRefused();
};

void tst_Fuzz::seedsAreTakenAndDamageIsRefused_data()
{
    QTest::addColumn<int>("index");
    for (int index = 0; index < static_cast<int>(fuzzTargets().size()); ++index)
        QTest::newRow(std::string(fuzzTargets()[static_cast<std::size_t>(index)].name).c_str()) << index;
}

void tst_Fuzz::seedsAreTakenAndDamageIsRefused()
{
    QFETCH(int, index);
    const FuzzTarget& target = fuzzTargets()[static_cast<std::size_t>(index)];
    const QTemporaryDir folder;
    const std::filesystem::path scratch = folder.path().toStdString();
    for (const std::string& seed : target.seeds())
        QVERIFY(target.read(seed, scratch));
    const auto outcome = palimpsest::testing::fuzz(target, 0, 2000, scratch);
    QCOMPARE(outcome.taken + outcome.refused, 2000U);
    QVERIFY(outcome.refused > 200);
}

QTEST_GUILESS_MAIN(tst_Fuzz)
#include "tst_fuzz.moc"
