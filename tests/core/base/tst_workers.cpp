// Threads that wait asleep: every task once, errors carried over, a setup on each thread.

#include <QtTest/QtTest>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/workers.h"

using palimpsest::base::Workers;

class WorkersTest : public QObject {
    Q_OBJECT

private slots:
    void runsEveryTaskOnce();
    void startsTasksInOrder();
    void splitsAllItemsIntoRanges();
    void keepsSmallWorkOnTheCallingThread();
    void setsUpEachThreadBeforeItWorks();
    void carriesAnExceptionOver();
    void carriesAnExceptionOfTheSetupOver();
    void countsProcessorsUpToALimit();
};

void WorkersTest::runsEveryTaskOnce()
{
    for (const std::size_t count : {1U, 2U, 5U}) {
        Workers workers(count);
        QCOMPARE(workers.count(), count);
        for (const std::size_t tasks : {0U, 1U, 3U, 1000U}) {
            std::vector<std::atomic<int>> calls(tasks);
            std::atomic<bool> inRange = true;
            workers.run(tasks, [&](std::size_t index, std::size_t worker) {
                ++calls[index];
                if (worker >= count)
                    inRange = false;
            });
            for (const auto& number : calls)
                QCOMPARE(number.load(), 1);
            QVERIFY(inRange);
        }
    }
}

void WorkersTest::startsTasksInOrder()
{
    Workers workers(1);
    std::vector<std::size_t> order;
    workers.run(50, [&](std::size_t index, std::size_t) { order.push_back(index); });
    QCOMPARE(order.size(), 50U);
    QVERIFY(std::ranges::is_sorted(order));
}

void WorkersTest::splitsAllItemsIntoRanges()
{
    Workers workers(3);
    for (const std::size_t items : {0U, 9U, 10U, 11U, 997U}) {
        std::vector<std::atomic<int>> calls(items);
        workers.forRanges(items, 10, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i)
                ++calls[i];
        });
        for (const auto& number : calls)
            QCOMPARE(number.load(), 1);
    }
}

void WorkersTest::keepsSmallWorkOnTheCallingThread()
{
    Workers workers(2);
    std::thread::id where;
    workers.forRanges(10, 10, [&](std::size_t, std::size_t) { where = std::this_thread::get_id(); });
    QVERIFY(where == std::this_thread::get_id());
    workers.run(1, [&](std::size_t, std::size_t) { where = std::this_thread::get_id(); });
    QVERIFY(where != std::this_thread::get_id());
}

void WorkersTest::setsUpEachThreadBeforeItWorks()
{
    std::mutex mutex;
    std::set<std::thread::id> ready;
    Workers workers(4, [&] {
        const std::lock_guard lock(mutex);
        ready.insert(std::this_thread::get_id());
    });
    QCOMPARE(ready.size(), 4U);
    QVERIFY(!ready.contains(std::this_thread::get_id()));
    std::atomic<bool> known = true;
    workers.run(100, [&](std::size_t, std::size_t) {
        if (!ready.contains(std::this_thread::get_id()))
            known = false;
    });
    QVERIFY(known);
}

void WorkersTest::carriesAnExceptionOver()
{
    std::atomic<int> calls = 0;
    const auto failing = [&](std::size_t index, std::size_t) {
        ++calls;
        if (index == 3)
            throw std::runtime_error("three");
    };
    Workers one(1);
    QVERIFY_EXCEPTION_THROWN(one.run(1000, failing), std::runtime_error);
    QCOMPARE(calls.load(), 4);
    Workers several(3);
    QVERIFY_EXCEPTION_THROWN(several.run(1000, failing), std::runtime_error);
    // The threads are whole.
    calls = 0;
    several.run(3, failing);
    QCOMPARE(calls.load(), 3);
}

void WorkersTest::carriesAnExceptionOfTheSetupOver()
{
    QVERIFY_EXCEPTION_THROWN(Workers(3, [] { throw std::runtime_error("no setup"); }), std::runtime_error);
}

void WorkersTest::countsProcessorsUpToALimit()
{
    QCOMPARE(Workers::countFor(3), 3U);
    QCOMPARE(Workers::countFor(100000), Workers::kMost);
    QVERIFY(Workers::countFor(0) >= 1);
    QVERIFY(Workers::countFor(0) <= Workers::kMost);
}

QTEST_APPLESS_MAIN(WorkersTest)
#include "tst_workers.moc"
