// Progress for people: not more often than they can read, and an estimate of the time left. Time is made up.

#include <QtTest/QtTest>

#include <chrono>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "jobs/job_queue.h"
#include "jobs/progress_throttle.h"

using namespace palimpsest;
using jobs::ProgressClock;
using jobs::ProgressThrottle;
using std::chrono::milliseconds;

namespace {

struct Passed {
    ProgressThrottle::Clock::time_point when;
    double fraction;
    std::string activity;
};

/// A throttle on a made-up clock that starts when it is made.
class Fixture {
public:
    void report(milliseconds at, double fraction, const std::string& activity = {})
    {
        m_now = m_start + at;
        m_throttle.report(fraction, activity, m_now);
    }
    void flush() { m_throttle.flush(); }
    [[nodiscard]] const std::vector<Passed>& passed() const { return m_passed; }

private:
    std::vector<Passed> m_passed;
    ProgressThrottle::Clock::time_point m_now;
    ProgressThrottle m_throttle{[this](double fraction, std::string_view activity) {
        m_passed.push_back({m_now, fraction, std::string(activity)});
    }};
    ProgressThrottle::Clock::time_point m_start = ProgressThrottle::Clock::now();
};

/// A clock of its own for ProgressClock.
struct FakeTime {
    double seconds = 1000.0;
    ProgressClock clock{[this] { return seconds; }};

    double secondsLeftAt(double elapsed, double fraction)
    {
        seconds = 1000.0 + elapsed;
        return clock.secondsLeft(fraction);
    }
};

} // namespace

class ProgressTest : public QObject {
    Q_OBJECT

private slots:
    void throttlePassesSlowCallsAll();
    void throttlePassesAtMostThirtyInAnySecond();
    void throttleShowsAStageThatBeginsRightAfterAnother();
    void throttlePassesTheLastCall();
    void throttlePassesCompletionAtOnce();
    void throttleNeedsNoListener();
    void clockIsSilentAtFirst();
    void clockKnowsTheEndOfSteadyWork();
    void clockSmoothsAJump();
    void clockCountsDownWhereNothingMoves();
    void clockRunsByItself();
};

void ProgressTest::throttlePassesSlowCallsAll()
{
    Fixture fixture;
    for (int i = 0; i < 100; ++i)
        fixture.report(milliseconds(i * 40), i / 200.0);
    QCOMPARE(fixture.passed().size(), std::size_t{100});
}

void ProgressTest::throttlePassesAtMostThirtyInAnySecond()
{
    Fixture fixture;
    // Fast, a pause in which credit gathers, fast again.
    for (int i = 0; i < 3000; ++i)
        fixture.report(milliseconds(i), 0.1);
    for (int i = 0; i < 3000; ++i)
        fixture.report(milliseconds(8000 + i), 0.2);
    const auto& passed = fixture.passed();
    for (std::size_t first = 0; first < passed.size(); ++first) {
        std::size_t end = first;
        while (end < passed.size() && passed[end].when - passed[first].when < milliseconds(1000))
            ++end;
        QVERIFY(end - first <= 30);
    }
    // And it does not starve the listener either.
    QVERIFY(passed.size() >= 6 * 24);
}

void ProgressTest::throttleShowsAStageThatBeginsRightAfterAnother()
{
    Fixture fixture;
    fixture.report(milliseconds(500), 0.3, "layer 3 is ready");
    fixture.report(milliseconds(501), 0.3, "layer 4, which takes a minute");
    QCOMPARE(fixture.passed().back().activity, std::string("layer 4, which takes a minute"));
}

void ProgressTest::throttlePassesTheLastCall()
{
    Fixture fixture;
    for (int i = 0; i < 100; ++i)
        fixture.report(milliseconds(0), i / 1000.0, std::to_string(i));
    QVERIFY(fixture.passed().size() < 10);
    fixture.flush();
    QCOMPARE(fixture.passed().back().activity, std::string("99"));
    const std::size_t count = fixture.passed().size();
    fixture.flush();
    QCOMPARE(fixture.passed().size(), count);
}

void ProgressTest::throttlePassesCompletionAtOnce()
{
    Fixture fixture;
    for (int i = 0; i < 100; ++i)
        fixture.report(milliseconds(0), 0.5);
    const std::size_t before = fixture.passed().size();
    fixture.report(milliseconds(0), 1.0, "ready");
    QCOMPARE(fixture.passed().back().activity, std::string("ready"));
    // Only once: completion that is reported again and again is held back like anything else.
    for (int i = 0; i < 100; ++i)
        fixture.report(milliseconds(0), 1.0, "again");
    QCOMPARE(fixture.passed().size(), before + 1);
    fixture.flush();
    QCOMPARE(fixture.passed().back().activity, std::string("again"));
}

void ProgressTest::throttleNeedsNoListener()
{
    ProgressThrottle throttle(nullptr);
    for (int i = 0; i < 100; ++i)
        throttle.report(0.5, "nobody listens", ProgressThrottle::Clock::now());
    throttle.flush();
}

void ProgressTest::clockIsSilentAtFirst()
{
    FakeTime time;
    QVERIFY(time.secondsLeftAt(0.0, 0.0) < 0.0);
    QVERIFY(time.secondsLeftAt(1.9, 0.5) < 0.0);
    QVERIFY(time.secondsLeftAt(60.0, 0.0) < 0.0);
    QCOMPARE(time.secondsLeftAt(60.0, 0.5), 60.0);
}

void ProgressTest::clockKnowsTheEndOfSteadyWork()
{
    FakeTime time;
    for (int second = 2; second < 100; ++second) {
        const double left = time.secondsLeftAt(second, second / 100.0);
        QVERIFY2(std::abs(left - (100 - second)) < 1e-6, qPrintable(QString::number(left)));
    }
    QCOMPARE(time.secondsLeftAt(100.0, 1.0), 0.0);
}

void ProgressTest::clockSmoothsAJump()
{
    FakeTime time;
    QCOMPARE(time.secondsLeftAt(100.0, 0.5), 100.0);
    // The plain estimate falls from 100 to 25 seconds within a tenth of a second: it is believed by and by.
    const double end = 125.0;
    const double once = time.secondsLeftAt(100.1, 100.1 / end);
    QVERIFY(once > 90.0 && once < 99.9);
    double left = once;
    for (double elapsed = 100.2; elapsed < 118.0; elapsed += 0.1)
        left = time.secondsLeftAt(elapsed, elapsed / end);
    QVERIFY(std::abs(left - (end - 118.0)) < 0.5);
}

void ProgressTest::clockCountsDownWhereNothingMoves()
{
    FakeTime time;
    QCOMPARE(time.secondsLeftAt(10.0, 0.5), 10.0);
    const double left = time.secondsLeftAt(10.5, 0.5);
    QVERIFY(left < 10.0);
    QVERIFY(left >= 9.5);
}

void ProgressTest::clockRunsByItself()
{
    ProgressClock clock;
    QVERIFY(clock.secondsLeft(0.5) < 0.0);
}

QTEST_APPLESS_MAIN(ProgressTest)
#include "tst_progress.moc"
