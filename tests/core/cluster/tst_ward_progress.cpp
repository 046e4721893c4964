#include <QtTest/QtTest>

#include <cmath>
#include <vector>

#include "cluster/ward_progress.h"

using palimpsest::cluster::WardProgress;

namespace {

struct Point {
    double alive = 0.0;
    double left = 0.0;
};

/// Seconds of the first search and of merging, and the share of the latter that was left with a share of the
/// clusters left: runs of 25,000 rows of MiniLM-L6 on SST-2, two cores.
struct MeasuredRun {
    double search = 0.0;
    double merging = 0.0;
    std::vector<Point> curve;
};

const MeasuredRun kLayer3{2.5, 1.75,
    {{0, 0}, {0.02, 0.02}, {0.05, 0.05}, {0.1, 0.13}, {0.15, 0.23}, {0.25, 0.56}, {0.34, 0.7}, {0.47, 0.75},
        {0.74, 0.86}, {1, 1}}};
const MeasuredRun kLayer6{1.9, 3.0,
    {{0, 0}, {0.02, 0.02}, {0.05, 0.03}, {0.1, 0.06}, {0.15, 0.11}, {0.25, 0.25}, {0.35, 0.41}, {0.5, 0.64},
        {0.74, 0.93}, {1, 1}}};

double leftAt(const MeasuredRun& run, double alive)
{
    std::size_t i = 1;
    while (run.curve[i].alive < alive)
        ++i;
    const Point& low = run.curve[i - 1];
    const Point& high = run.curve[i];
    return run.merging * std::lerp(low.left, high.left, (alive - low.alive) / (high.alive - low.alive));
}

/// Plays `run`; the largest error of the expected end, as a share of the whole time, from a third of it on.
double worstError(const MeasuredRun& run)
{
    constexpr std::size_t kPoints = 25000;
    const double start = 100.0;
    const double whole = run.search + run.merging;
    double time = start;
    WardProgress progress(kPoints, [&] { return time; });
    double worst = 0.0;
    const auto check = [&](double fraction) {
        if (time - start >= whole / 3)
            worst = std::max(worst, std::abs((time - start) / fraction / whole - 1.0));
    };
    progress.startSearching(0.0);
    for (int step = 1; step <= 100; ++step) {
        time = start + run.search * step / 100;
        check(progress.searched(step / 100.0));
    }
    progress.startMerging(kPoints);
    for (std::size_t alive = kPoints - 200; alive > 1; alive -= alive / 50 + 1) {
        time = start + whole - leftAt(run, static_cast<double>(alive) / kPoints);
        check(progress.merged(alive));
    }
    return worst;
}

} // namespace

class TestWardProgress : public QObject {
    Q_OBJECT

private slots:
    void tellsTheTimeLeft()
    {
        QVERIFY2(worstError(kLayer3) < 0.3, qPrintable(QString::number(worstError(kLayer3))));
        QVERIFY2(worstError(kLayer6) < 0.3, qPrintable(QString::number(worstError(kLayer6))));
    }

    void neverFallsAndEndsAtOne()
    {
        double time = 0.0;
        WardProgress progress(1000, [&] { return time; });
        progress.startSearching(0.0);
        double last = 0.0;
        const auto rises = [&](double fraction) {
            const bool good = fraction >= last && fraction <= 1.0;
            last = fraction;
            return good;
        };
        for (const double share : {0.1, 0.2, 0.9}) {
            time += share; // slower and slower
            QVERIFY(rises(progress.searched(share)));
        }
        progress.startMerging(1000);
        for (const std::size_t alive : {1000, 999, 700, 699, 100, 2}) {
            time += 5.0;
            QVERIFY(rises(progress.merged(alive)));
        }
        QVERIFY(last < 1.0);
        QCOMPARE(progress.merged(1), 1.0);
    }

    void countsOnlyItsOwnTimeWhereARunGoesOn()
    {
        double time = 50.0;
        WardProgress progress(1000, [&] { return time; });
        progress.startMerging(500);
        time = 60.0;
        const double fraction = progress.merged(250);
        // From 0.7 to 0.38 of the merging's time in ten seconds.
        QVERIFY(std::abs(10.0 * (1 - fraction) / fraction - 10.0 / 0.32 * 0.38) < 0.01);
    }
};

QTEST_APPLESS_MAIN(TestWardProgress)
#include "tst_ward_progress.moc"
