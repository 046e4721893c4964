// Linear probes: read what is linear, cannot read what is not there, and are selective only for the former.

#include <QtTest/QtTest>

#include "cluster/random_draws.h"
#include "probe/linear_probe.h"
#include "support/reference.h"

using namespace palimpsest;

namespace {

struct Data {
    std::vector<float> rows;
    std::vector<std::int32_t> classes;
    std::vector<base::SentenceId> sentences;
    std::vector<base::WordId> words;
    [[nodiscard]] base::MatrixView view() const { return {rows.data(), classes.size(), 6}; }
};

/// 300 sentences of two words out of 20; the class is the sign of column 3 or nothing to do with the rows.
Data make(bool readable)
{
    cluster::RandomDraws draws(7);
    Data data;
    for (std::uint32_t row = 0; row < 600; ++row) {
        for (int column = 0; column < 6; ++column)
            data.rows.push_back(static_cast<float>(draws.unit() * 2.0 - 1.0));
        const bool positive = readable ? data.rows[row * 6 + 3] > 0.0F : draws.below(2) == 1;
        data.classes.push_back(positive ? 1 : 0);
        data.sentences.push_back(base::SentenceId{row / 2});
        data.words.push_back(base::WordId{static_cast<std::uint32_t>(draws.below(20))});
    }
    return data;
}

} // namespace

class tst_LinearProbe : public QObject {
    Q_OBJECT

private slots:
    void readsWhatIsLinear();
    void cannotReadWhatIsNotThere();
    void leavesOutRowsWithoutClass();
    void sameSeedGivesSameNumbers();
    void refusesOneClass();
};

void tst_LinearProbe::readsWhatIsLinear()
{
    const Data data = make(true);
    const auto probe
        = probe::trainLinearProbe(data.view(), data.classes, 2, data.sentences, data.words, {}, {});
    VERIFY_RESULT(probe);
    QCOMPARE(probe.value().trainingRows + probe.value().testRows, 600U);
    QVERIFY(probe.value().accuracy > 0.95);
    QVERIFY(probe.value().majority < 0.65);
    QVERIFY(probe.value().selectivity() > 0.2);
    QVERIFY(probe.value().interval.low < probe.value().accuracy);
}

void tst_LinearProbe::cannotReadWhatIsNotThere()
{
    const Data data = make(false);
    const auto probe
        = probe::trainLinearProbe(data.view(), data.classes, 2, data.sentences, data.words, {}, {});
    VERIFY_RESULT(probe);
    QVERIFY(probe.value().accuracy < 0.65);
}

void tst_LinearProbe::leavesOutRowsWithoutClass()
{
    Data data = make(true);
    for (std::size_t row = 0; row < 100; ++row)
        data.classes[row] = -1;
    const auto probe
        = probe::trainLinearProbe(data.view(), data.classes, 2, data.sentences, data.words, {}, {});
    VERIFY_RESULT(probe);
    QCOMPARE(probe.value().trainingRows + probe.value().testRows, 500U);
}

void tst_LinearProbe::sameSeedGivesSameNumbers()
{
    const Data data = make(false);
    const auto one
        = probe::trainLinearProbe(data.view(), data.classes, 2, data.sentences, data.words, {}, {});
    const auto two
        = probe::trainLinearProbe(data.view(), data.classes, 2, data.sentences, data.words, {}, {});
    VERIFY_RESULT(one);
    VERIFY_RESULT(two);
    QCOMPARE(one.value().accuracy, two.value().accuracy);
    QCOMPARE(one.value().controlAccuracy, two.value().controlAccuracy);
}

void tst_LinearProbe::refusesOneClass()
{
    Data data = make(true);
    std::fill(data.classes.begin(), data.classes.end(), 0);
    const auto probe
        = probe::trainLinearProbe(data.view(), data.classes, 2, data.sentences, data.words, {}, {});
    QVERIFY(!probe);
    QCOMPARE(probe.error().code, base::ErrorCode::TooFewRows);
}

QTEST_GUILESS_MAIN(tst_LinearProbe)
#include "tst_linear_probe.moc"
