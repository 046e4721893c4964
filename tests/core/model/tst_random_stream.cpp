// Random numbers by position. The outputs of SplitMix64 from seed 1234567 are those that Rosetta Code's task
// "Pseudo-random numbers/Splitmix64" lists; the moments of the normal distribution are known.

#include <QtTest/QtTest>

#include <cmath>

#include "model/random_stream.h"

using palimpsest::model::randomBits;
using palimpsest::model::randomNormal;

class tst_RandomStream : public QObject {
    Q_OBJECT

private slots:
    void givesTheKnownOutputsOfSplitMix64();
    void normalNumbersHaveTheMomentsOfTheNormalDistribution();
};

void tst_RandomStream::givesTheKnownOutputsOfSplitMix64()
{
    const std::vector<std::uint64_t> expected = {6457827717110365317U, 3203168211198807973U,
        9817491932198370423U, 4593380528125082431U, 16408922859458223821U};
    for (std::size_t i = 0; i < expected.size(); ++i)
        QCOMPARE(randomBits(1234567, i), expected[i]);
}

void tst_RandomStream::normalNumbersHaveTheMomentsOfTheNormalDistribution()
{
    constexpr int kCount = 100000;
    double sum = 0.0;
    double squares = 0.0;
    double fourths = 0.0;
    int beyondTwo = 0;
    for (std::uint64_t i = 0; i < kCount; ++i) {
        const double value = randomNormal(5, i);
        QVERIFY(std::isfinite(value));
        sum += value;
        squares += value * value;
        fourths += value * value * value * value;
        beyondTwo += std::abs(value) > 2.0 ? 1 : 0;
    }
    // Four standard errors each.
    QCOMPARE_LE(std::abs(sum / kCount), 0.013);
    QCOMPARE_LE(std::abs(squares / kCount - 1.0), 0.018);
    QCOMPARE_LE(std::abs(fourths / kCount - 3.0), 0.13);
    QCOMPARE_LE(std::abs(beyondTwo / static_cast<double>(kCount) - 0.0455), 0.003);
}

QTEST_GUILESS_MAIN(tst_RandomStream)
#include "tst_random_stream.moc"
