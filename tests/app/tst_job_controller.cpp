// Work goes to a worker, its result comes back to the GUI thread, and each end is told as what it is.

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest/QtTest>

#include <atomic>
#include <memory>
#include <thread>

#include "bridge/job_controller.h"

using palimpsest::app::JobController;
using palimpsest::app::JobListModel;
namespace base = palimpsest::base;
namespace jobs = palimpsest::jobs;

namespace {

base::Result<int> untilStopped(const base::JobContext& ctx)
{
    while (!ctx.stopRequested())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return base::cancelled();
}

} // namespace

class TestJobController : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bringsTheResultToTheGuiThread()
    {
        JobController controller;
        QThread* doneThread = nullptr;
        std::thread::id worker;
        int value = 0;
        controller.start<int>(
            {}, this,
            [&](const base::JobContext&) -> base::Result<int> {
                worker = std::this_thread::get_id();
                return 42;
            },
            [&](const base::Result<int>& result) {
                doneThread = QThread::currentThread();
                value = result.value();
            });
        QTRY_COMPARE(value, 42);
        QCOMPARE(doneThread, thread());
        QVERIFY(worker != std::this_thread::get_id());
        QCOMPARE(controller.activeCount(), 0);
    }

    void listsOnlyJobsWithATitle()
    {
        JobController controller;
        const QAbstractItemModelTester tester(controller.list());
        controller.start<int>({}, this, untilStopped, [](const base::Result<int>&) {});
        QCOMPARE(controller.list()->count(), 0);
        QVERIFY(!controller.isBusy());
        const int id = controller.start<int>({QStringLiteral("Long work"), jobs::Weight::Heavy}, this,
            untilStopped, [](const base::Result<int>&) {});
        QCOMPARE(controller.list()->count(), 1);
        QCOMPARE(controller.statusJob(), id);
        QCOMPARE(controller.activeCount(), 2);
    }

    void showsProgressAndWarnings()
    {
        JobController controller;
        const QAbstractItemModelTester tester(controller.list());
        std::atomic<bool> go = false;
        const int id = controller.start<int>(
            {QStringLiteral("Work"), jobs::Weight::Heavy}, this,
            [&](const base::JobContext& ctx) -> base::Result<int> {
                ctx.progress(0.5, "layer 3 of 7");
                ctx.warn("2 words were left out");
                while (!go && !ctx.stopRequested())
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                return 1;
            },
            [](const base::Result<int>&) {});
        const QModelIndex row = controller.list()->index(0);
        QTRY_COMPARE(row.data(JobListModel::FractionRole).toDouble(), 0.5);
        QCOMPARE(row.data(JobListModel::MessageRole).toString(), QStringLiteral("layer 3 of 7"));
        QCOMPARE(row.data(JobListModel::StateRole).toInt(), int(JobListModel::Running));
        QVERIFY(controller.statusText().startsWith(QStringLiteral("Work · layer 3 of 7")));
        QTRY_COMPARE(
            row.data(JobListModel::WarningsRole).toString(), QStringLiteral("2 words were left out"));
        go = true;
        QTRY_COMPARE(row.data(JobListModel::StateRole).toInt(), int(JobListModel::Done));
        QVERIFY(!row.data(JobListModel::ActiveRole).toBool());
        QCOMPARE(row.data(JobListModel::JobIdRole).toInt(), id);
        controller.list()->removeEnded();
        QCOMPARE(controller.list()->count(), 0);
    }

    void tellsAFailureOnce()
    {
        JobController controller;
        QSignalSpy spy(&controller, &JobController::errorChanged);
        const auto fail = [](const base::JobContext&) -> base::Result<int> {
            return base::Error{base::ErrorCode::NotFound, "There is no folder x."};
        };
        bool ended = false;
        controller.start<int>(
            {QStringLiteral("Work")}, this, fail, [&](const base::Result<int>&) { ended = true; });
        QTRY_VERIFY(ended);
        QCOMPARE(controller.error(), QStringLiteral("There is no folder x."));
        QCOMPARE(spy.count(), 1);
        QCOMPARE(
            controller.list()->index(0).data(JobListModel::StateRole).toInt(), int(JobListModel::Failed));
        controller.clearError();
        QVERIFY(controller.error().isEmpty());

        ended = false;
        controller.start<int>({{}, jobs::Weight::Light, false}, this, fail,
            [&](const base::Result<int>& result) { ended = !result; });
        QTRY_VERIFY(ended);
        QVERIFY2(controller.error().isEmpty(), "a failure that its owner shows must not be shown twice");
    }

    void cancelsWithoutAnError()
    {
        JobController controller;
        base::ErrorCode code = base::ErrorCode::Internal;
        const int id = controller.start<int>({QStringLiteral("Work"), jobs::Weight::Heavy}, this,
            untilStopped, [&](const base::Result<int>& result) { code = result.error().code; });
        controller.cancel(id);
        QCOMPARE(controller.list()->index(0).data(JobListModel::MessageRole).toString(),
            QStringLiteral("Stopping…"));
        QTRY_COMPARE(code, base::ErrorCode::Cancelled);
        QVERIFY(controller.error().isEmpty());
        QCOMPARE(
            controller.list()->index(0).data(JobListModel::StateRole).toInt(), int(JobListModel::Cancelled));
        controller.cancel(id);
        controller.cancel(12345);
    }

    void survivesExhaustedMemory()
    {
        JobController controller;
        bool ended = false;
        controller.start<int>(
            {QStringLiteral("Work")}, this,
            [](const base::JobContext&) -> base::Result<int> { throw std::bad_alloc(); },
            [&](const base::Result<int>& result) { ended = !result; });
        QTRY_VERIFY(ended);
        QCOMPARE(controller.error(), QStringLiteral("There is not enough memory."));
    }

    void dropsResultsOfADeletedContext()
    {
        JobController controller;
        auto context = std::make_unique<QObject>();
        std::atomic<bool> go = false;
        bool delivered = false;
        controller.start<int>(
            {}, context.get(),
            [&](const base::JobContext&) -> base::Result<int> {
                while (!go)
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                return 1;
            },
            [&](const base::Result<int>&) { delivered = true; });
        context.reset();
        go = true;
        QTRY_COMPARE(controller.activeCount(), 0);
        QVERIFY(!delivered);
    }

    void stopsRunningJobsOnDestruction()
    {
        bool delivered = false;
        {
            JobController controller;
            controller.start<int>({QStringLiteral("Work"), jobs::Weight::Heavy}, this, untilStopped,
                [&](const base::Result<int>&) { delivered = true; });
        }
        QCoreApplication::processEvents();
        QVERIFY(!delivered);
    }

    void saysTimeLeftInWords()
    {
        QCOMPARE(palimpsest::app::timeLeftText(-1.0), QString());
        QCOMPARE(palimpsest::app::timeLeftText(4.0), QStringLiteral("a few seconds left"));
        QCOMPARE(palimpsest::app::timeLeftText(31.0), QStringLiteral("about 35 s left"));
        QCOMPARE(palimpsest::app::timeLeftText(61.0), QStringLiteral("about 2 min left"));
        QCOMPARE(palimpsest::app::timeLeftText(3700.0), QStringLiteral("about 1 h 2 min left"));
    }
};

QTEST_GUILESS_MAIN(TestJobController)
#include "tst_job_controller.moc"
