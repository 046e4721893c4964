// Batches side by side: each once, on one LibTorch thread, the same error every time, progress one at a time.

#include <QtTest/QtTest>

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "model/batch_runner.h"
#include "support/reference.h"

using namespace palimpsest;
using base::Error;
using base::ErrorCode;

class tst_BatchRunner : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void runsEachBatchOnceAndReportsEach();
    void batchesHaveOneThreadOfLibTorch();
    void theLowestFailureWins();
    void exceptionsBecomeErrors();
    void nothingStartsAfterAStopRequest();

private:
    base::Status run(std::size_t count, std::size_t workers, const model::BatchCalls& calls,
        const base::JobContext& ctx = {}) const
    {
        return model::runBatches(*m_model, count, workers, ctx, calls);
    }

    std::shared_ptr<const model::Model> m_model;
};

void tst_BatchRunner::initTestCase()
{
    REQUIRE_REFERENCE("models/bert/config.json");
    auto model = model::Model::open(testing::referenceDir() / "models/bert");
    VERIFY_RESULT(model);
    m_model = model.value();
}

void tst_BatchRunner::runsEachBatchOnceAndReportsEach()
{
    for (const std::size_t workers : {0U, 1U, 2U, 3U}) {
        std::vector<std::atomic<int>> calls(40);
        std::atomic<int> reporting = 0;
        bool alone = true;
        std::vector<std::size_t> finished;
        const auto status = run(40, workers,
            {[&](std::size_t index) {
                 ++calls[index];
                 return base::Status();
             },
                [&](std::size_t index) {
                    alone = alone && ++reporting == 1;
                    finished.push_back(index);
                    --reporting;
                }});
        VERIFY_RESULT(status);
        for (const auto& number : calls)
            QCOMPARE(number.load(), 1);
        QVERIFY(alone);
        std::ranges::sort(finished);
        QCOMPARE(finished.size(), 40U);
        QVERIFY(std::ranges::adjacent_find(finished) == finished.end());
    }
    VERIFY_RESULT(run(0, 2, {}));
}

void tst_BatchRunner::batchesHaveOneThreadOfLibTorch()
{
    const int before = at::get_num_threads();
    at::set_num_threads(3);
    std::atomic<bool> single = true;
    const auto status = run(20, 2,
        {[&](std::size_t) {
             // What a thread gets that uses LibTorch for the first time must not undo it.
             at::parallel_for(0, 1 << 20, 1, [](std::int64_t, std::int64_t) {});
             single = single && at::get_num_threads() == 1;
             return base::Status();
         },
            [](std::size_t) {}});
    VERIFY_RESULT(status);
    QVERIFY(single);
    QCOMPARE(at::get_num_threads(), 3);
    int other = 0;
    std::thread([&] { other = at::get_num_threads(); }).join();
    QCOMPARE(other, 3);
    at::set_num_threads(before);
}

void tst_BatchRunner::theLowestFailureWins()
{
    for (const std::size_t workers : {1U, 2U, 4U}) {
        for (int repeat = 0; repeat < 10; ++repeat) {
            std::atomic<std::size_t> highest = 0;
            std::atomic<bool> late = false;
            const auto status = run(500, workers,
                {[&](std::size_t index) -> base::Status {
                     highest = std::max(highest.load(), index);
                     // The lowest failure comes last of all that run at the time.
                     if (index == 5)
                         std::this_thread::sleep_for(std::chrono::milliseconds(2));
                     if (index >= 5)
                         return Error{ErrorCode::NotFinite, "batch " + std::to_string(index)};
                     return {};
                 },
                    [&](std::size_t index) { late = late || index >= 5; }});
            QVERIFY(!status);
            QCOMPARE(status.error().message, std::string("batch 5"));
            QVERIFY(!late);
            QVERIFY(highest < 20);
        }
    }
}

void tst_BatchRunner::exceptionsBecomeErrors()
{
    const auto status = run(10, 2,
        {[](std::size_t index) -> base::Status {
             if (index == 4)
                 throw std::bad_alloc();
             return {};
         },
            [](std::size_t) {}});
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::TooLarge);
    const auto report = run(10, 2,
        {[](std::size_t) { return base::Status(); }, [](std::size_t) { throw std::runtime_error("sink"); }});
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::Internal);
}

void tst_BatchRunner::nothingStartsAfterAStopRequest()
{
    for (const std::size_t workers : {1U, 2U, 3U}) {
        std::stop_source stop;
        std::atomic<std::size_t> started = 0;
        int reports = 0;
        const auto status = run(100, workers,
            {[&](std::size_t) {
                 ++started;
                 return base::Status();
             },
                [&](std::size_t) {
                    ++reports;
                    stop.request_stop();
                }},
            {stop.get_token(), {}, {}});
        QVERIFY(!status);
        QCOMPARE(status.error().code, ErrorCode::Cancelled);
        QCOMPARE(reports, 1);
        QVERIFY(started <= workers);
    }
}

QTEST_GUILESS_MAIN(tst_BatchRunner)
#include "tst_batch_runner.moc"
