#pragma once
// Runs work of the core on worker threads for the window and brings the results back to the GUI thread.
// Thread: GUI for all members; the work runs on a worker and touches nothing of the window.

#include <QObject>
#include <QPointer>
#include <QString>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "base/job_context.h"
#include "bridge/job_list_model.h"
#include "jobs/job_queue.h"

namespace palimpsest::app {

class JobController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(palimpsest::app::JobListModel* list READ list CONSTANT FINAL)
    Q_PROPERTY(int activeCount READ activeCount NOTIFY activeChanged FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY activeChanged FINAL)
    Q_PROPERTY(QString statusText READ statusText NOTIFY statusChanged FINAL)
    Q_PROPERTY(double statusFraction READ statusFraction NOTIFY statusChanged FINAL)
    Q_PROPERTY(int statusJob READ statusJob NOTIFY statusChanged FINAL)
    Q_PROPERTY(QString error READ error NOTIFY errorChanged FINAL)

public:
    struct Request {
        QString title; ///< empty: not listed (an answer to a slider)
        jobs::Weight weight = jobs::Weight::Light;
        bool announceFailure = true; ///< false: the caller shows the failure itself, beside its entry
    };

    explicit JobController(QObject* parent = nullptr);
    /// Stops all jobs and waits for them; their results are dropped.
    ~JobController() override;

    /// Runs `work` on a worker; then, on the GUI thread, `done` with its result, unless `context` was deleted
    /// meanwhile. A cancelled job delivers the Cancelled error. Returns the job's id.
    template <typename T>
    int start(const Request& request, QObject* context,
        std::function<base::Result<T>(const base::JobContext&)> work,
        std::function<void(base::Result<T>)> done);

    JobListModel* list() const { return m_list; }
    int activeCount() const { return static_cast<int>(m_active.size()); } ///< listed or not
    bool isBusy() const { return statusJob() >= 0; } ///< a listed job waits or runs
    /// One line about the oldest listed job that runs: what it does and how long it still takes.
    QString statusText() const;
    double statusFraction() const;
    int statusJob() const; ///< its id, or -1
    /// The sentence of the last failure, until it is dismissed.
    QString error() const { return m_error; }

    /// Asks a job to stop; ended and unknown ids are ignored.
    Q_INVOKABLE void cancel(int id);
    Q_INVOKABLE void clearError();
    /// Shows a sentence where failures are shown.
    void showError(const QString& sentence);
    bool isActive(int id) const { return m_active.contains(id); }

Q_SIGNALS:
    void activeChanged();
    void statusChanged();
    void errorChanged();

private:
    using Work = std::function<std::optional<base::Error>(const base::JobContext&)>;
    struct Active {
        jobs::JobId queueId{};
        bool listed = false;
        bool announceFailure = true;
        bool cancelled = false;
    };
    int submit(const Request& request, Work work, std::function<void()> deliver);
    void progressed(int id, double fraction, const QString& activity, double secondsLeft);
    void warned(int id, const QString& warning);
    void ended(int id, const std::optional<base::Error>& error);

    JobListModel* m_list = nullptr;
    std::map<int, Active> m_active;
    QString m_error;
    int m_lastId = 0;
    std::unique_ptr<jobs::JobQueue> m_queue; ///< destroyed first: its workers post to this object
};

template <typename T>
int JobController::start(const Request& request, QObject* context,
    std::function<base::Result<T>(const base::JobContext&)> work, std::function<void(base::Result<T>)> done)
{
    auto result = std::make_shared<std::optional<base::Result<T>>>();
    auto run = [result, work = std::move(work)](const base::JobContext& ctx) -> std::optional<base::Error> {
        *result = ctx.stopRequested() ? base::Result<T>(base::cancelled()) : work(ctx);
        if (**result)
            return std::nullopt;
        return (*result)->error();
    };
    auto deliver = [result, done = std::move(done), guard = QPointer<QObject>(context)] {
        if (!guard)
            return;
        // No value: the work ran out of memory; submit() has said so already.
        done(result->has_value() ? std::move(**result) : base::Result<T>(base::Error{}));
    };
    return submit(request, std::move(run), std::move(deliver));
}

} // namespace palimpsest::app
