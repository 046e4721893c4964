// One heavy job at a time, light ones beside it; every job hears of cancelling and is waited for.

#include <QtTest/QtTest>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "jobs/job_queue.h"

using namespace palimpsest;
using base::JobContext;
using jobs::JobId;
using jobs::JobQueue;
using jobs::Weight;

namespace {

constexpr std::chrono::seconds kPatience(10);

/// Something that one thread opens and others wait for, with an end to their patience.
class Gate {
public:
    void open() { m_promise.set_value(); }
    [[nodiscard]] bool wait() const { return m_future.wait_for(kPatience) == std::future_status::ready; }

private:
    std::promise<void> m_promise;
    std::shared_future<void> m_future = m_promise.get_future().share();
};

/// Names in the order in which jobs came by.
class Log {
public:
    void add(const std::string& name)
    {
        const std::lock_guard lock(m_mutex);
        m_names.push_back(name);
    }
    [[nodiscard]] std::vector<std::string> names() const
    {
        const std::lock_guard lock(m_mutex);
        return m_names;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<std::string> m_names;
};

using Names = std::vector<std::string>;

/// Writes its name, with "!" where it was told to stop before it began.
JobQueue::Work logging(Log& log, const std::string& name)
{
    return [&log, name](const JobContext& ctx) { log.add(name + (ctx.stopRequested() ? "!" : "")); };
}

/// Opens `begun`, then works until it is told to stop; false where nobody ever did.
JobQueue::Work endless(Gate& begun, std::atomic<bool>& stopped)
{
    return [&begun, &stopped](const JobContext& ctx) {
        begun.open();
        const auto end = std::chrono::steady_clock::now() + kPatience;
        while (!ctx.stopRequested() && std::chrono::steady_clock::now() < end)
            std::this_thread::yield();
        stopped = ctx.stopRequested();
    };
}

} // namespace

class JobQueueTest : public QObject {
    Q_OBJECT

private slots:
    void runsOnAnotherThread();
    void runsHeavyJobsOneAfterTheOther();
    void runsLightJobsBesideAHeavyOne();
    void runsTheNewestLightJobFirst();
    void runsAsManyLightJobsAsAsked();
    void cancelsARunningJob();
    void cancelledWaitingJobHearsOfIt();
    void cancellingAnEndedJobDoesNothing();
    void stopCallbackMayUseTheQueue();
    void jobMaySubmitAnother();
    void destructionStopsRunningAndWaitingJobs();
    void jobSubmittedWhileTheQueueEndsIsStopped();
    void releasesWhatAJobHeldBeforeItIsIdle();
    void passesEveryWarningAndTheLastProgress();
};

void JobQueueTest::runsOnAnotherThread()
{
    JobQueue queue;
    std::atomic<std::thread::id> heavy;
    std::atomic<std::thread::id> light;
    const JobId first
        = queue.submit(Weight::Heavy, [&](const JobContext&) { heavy = std::this_thread::get_id(); }, {}, {});
    const JobId second
        = queue.submit(Weight::Light, [&](const JobContext&) { light = std::this_thread::get_id(); }, {}, {});
    queue.waitUntilIdle();
    QVERIFY(first != second);
    QVERIFY(heavy.load() != std::thread::id() && heavy.load() != std::this_thread::get_id());
    QVERIFY(light.load() != std::thread::id() && light.load() != heavy.load());
}

void JobQueueTest::runsHeavyJobsOneAfterTheOther()
{
    JobQueue queue(4);
    Log log;
    std::atomic<int> running = 0;
    std::atomic<bool> overlapped = false;
    Names expected;
    for (int i = 0; i < 20; ++i) {
        expected.push_back(std::to_string(i));
        queue.submit(Weight::Heavy,
            [&, name = expected.back()](const JobContext&) {
                overlapped = overlapped || ++running > 1;
                log.add(name);
                std::this_thread::sleep_for(std::chrono::microseconds(200));
                --running;
            },
            {}, {});
    }
    queue.waitUntilIdle();
    QVERIFY(!overlapped);
    QCOMPARE(log.names(), expected);
}

void JobQueueTest::runsLightJobsBesideAHeavyOne()
{
    JobQueue queue;
    Gate gate;
    std::atomic<bool> metLight = false;
    queue.submit(Weight::Heavy, [&](const JobContext&) { metLight = gate.wait(); }, {}, {});
    queue.submit(Weight::Light, [&](const JobContext&) { gate.open(); }, {}, {});
    queue.waitUntilIdle();
    QVERIFY(metLight);
}

void JobQueueTest::runsTheNewestLightJobFirst()
{
    JobQueue queue;
    Gate begun;
    Gate gate;
    Log log;
    queue.submit(Weight::Light,
        [&](const JobContext&) {
            begun.open();
            QVERIFY(gate.wait());
        },
        {}, {});
    QVERIFY(begun.wait());
    for (const char* name : {"oldest", "older", "newest"})
        queue.submit(Weight::Light, logging(log, name), {}, {});
    gate.open();
    queue.waitUntilIdle();
    QCOMPARE(log.names(), (Names{"newest", "older", "oldest"}));
}

void JobQueueTest::runsAsManyLightJobsAsAsked()
{
    JobQueue queue(2);
    Gate first;
    Gate second;
    std::atomic<int> met = 0;
    queue.submit(Weight::Light,
        [&](const JobContext&) {
            first.open();
            met += second.wait() ? 1 : 0;
        },
        {}, {});
    queue.submit(Weight::Light,
        [&](const JobContext&) {
            second.open();
            met += first.wait() ? 1 : 0;
        },
        {}, {});
    queue.waitUntilIdle();
    QCOMPARE(met.load(), 2);
}

void JobQueueTest::cancelsARunningJob()
{
    JobQueue queue;
    for (const Weight weight : {Weight::Heavy, Weight::Light}) {
        Gate begun;
        std::atomic<bool> stopped = false;
        const JobId id = queue.submit(weight, endless(begun, stopped), {}, {});
        QVERIFY(begun.wait());
        queue.cancel(id);
        queue.waitUntilIdle();
        QVERIFY(stopped);
    }
}

void JobQueueTest::cancelledWaitingJobHearsOfIt()
{
    JobQueue queue;
    Gate begun;
    Gate gate;
    Log log;
    queue.submit(Weight::Heavy,
        [&](const JobContext& ctx) {
            begun.open();
            log.add(gate.wait() && !ctx.stopRequested() ? "running" : "disturbed");
        },
        {}, {});
    QVERIFY(begun.wait());
    queue.submit(Weight::Heavy, logging(log, "a"), {}, {});
    const JobId b = queue.submit(Weight::Heavy, logging(log, "b"), {}, {});
    queue.submit(Weight::Heavy, logging(log, "c"), {}, {});
    queue.cancel(b);
    QVERIFY(log.names().empty());
    gate.open();
    queue.waitUntilIdle();
    QCOMPARE(log.names(), (Names{"running", "b!", "a", "c"}));
}

void JobQueueTest::cancellingAnEndedJobDoesNothing()
{
    JobQueue queue;
    Log log;
    const JobId ended = queue.submit(Weight::Heavy, logging(log, "ended"), {}, {});
    queue.waitUntilIdle();
    queue.cancel(ended);
    queue.cancel(JobId{12345});
    queue.submit(Weight::Heavy, logging(log, "next"), {}, {});
    queue.waitUntilIdle();
    QCOMPARE(log.names(), (Names{"ended", "next"}));
}

void JobQueueTest::stopCallbackMayUseTheQueue()
{
    JobQueue queue;
    Gate begun;
    Gate called;
    Log log;
    std::atomic<bool> heard = false;
    const JobId id = queue.submit(Weight::Heavy,
        [&](const JobContext& ctx) {
            const std::stop_callback callback(ctx.stopToken(), [&] {
                queue.submit(Weight::Light, logging(log, "from the callback"), {}, {});
                called.open();
            });
            begun.open();
            heard = called.wait();
        },
        {}, {});
    QVERIFY(begun.wait());
    queue.cancel(id);
    queue.waitUntilIdle();
    QVERIFY(heard);
    QCOMPARE(log.names(), (Names{"from the callback"}));
}

void JobQueueTest::jobMaySubmitAnother()
{
    JobQueue queue;
    Log log;
    queue.submit(Weight::Heavy,
        [&](const JobContext&) {
            log.add("first");
            queue.submit(Weight::Heavy, logging(log, "second"), {}, {});
        },
        {}, {});
    queue.waitUntilIdle();
    QCOMPARE(log.names(), (Names{"first", "second"}));
}

void JobQueueTest::destructionStopsRunningAndWaitingJobs()
{
    Log log;
    Gate heavyBegun;
    Gate lightBegun;
    std::atomic<bool> heavyStopped = false;
    std::atomic<bool> lightStopped = false;
    {
        JobQueue queue;
        queue.submit(Weight::Heavy, endless(heavyBegun, heavyStopped), {}, {});
        queue.submit(Weight::Light, endless(lightBegun, lightStopped), {}, {});
        QVERIFY(heavyBegun.wait());
        QVERIFY(lightBegun.wait());
        queue.submit(Weight::Heavy, logging(log, "waiting"), {}, {});
    }
    QVERIFY(heavyStopped);
    QVERIFY(lightStopped);
    QCOMPARE(log.names(), (Names{"waiting!"}));
}

void JobQueueTest::jobSubmittedWhileTheQueueEndsIsStopped()
{
    Log log;
    Gate begun;
    {
        JobQueue queue;
        queue.submit(Weight::Heavy,
            [&](const JobContext& ctx) {
                begun.open();
                const auto end = std::chrono::steady_clock::now() + kPatience;
                while (!ctx.stopRequested() && std::chrono::steady_clock::now() < end)
                    std::this_thread::yield();
                queue.submit(Weight::Heavy, logging(log, "late"), {}, {});
            },
            {}, {});
        QVERIFY(begun.wait());
    }
    QCOMPARE(log.names(), (Names{"late!"}));
}

void JobQueueTest::releasesWhatAJobHeldBeforeItIsIdle()
{
    JobQueue queue;
    auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> watched = held;
    queue.submit(
        Weight::Light, [held](const JobContext&) {}, [held](double, std::string_view) {},
        [held](std::string) {});
    held.reset();
    queue.waitUntilIdle();
    QVERIFY(watched.expired());
}

void JobQueueTest::passesEveryWarningAndTheLastProgress()
{
    JobQueue queue;
    std::vector<std::string> warnings;
    std::vector<std::string> activities;
    std::optional<std::thread::id> worker;
    bool sameThread = true;
    queue.submit(
        Weight::Heavy,
        [&](const JobContext& ctx) {
            worker = std::this_thread::get_id();
            for (int i = 0; i <= 1000; ++i) {
                ctx.progress(0.0005 * i, std::to_string(i));
                ctx.warn(std::to_string(i));
            }
        },
        [&](double, std::string_view activity) {
            sameThread = sameThread && worker == std::this_thread::get_id();
            activities.emplace_back(activity);
        },
        [&](std::string warning) { warnings.push_back(std::move(warning)); });
    queue.waitUntilIdle();
    QVERIFY(sameThread);
    QCOMPARE(warnings.size(), std::size_t{1001});
    QCOMPARE(activities.front(), std::string("0"));
    QCOMPARE(activities.back(), std::string("1000"));
    QCOMPARE(std::count(activities.begin(), activities.end(), "1000"), std::ptrdiff_t{1});
}

QTEST_GUILESS_MAIN(JobQueueTest)
#include "tst_job_queue.moc"
