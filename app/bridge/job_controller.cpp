#include "bridge/job_controller.h"

#include <QMetaObject>

#include <exception>
#include <new>

namespace palimpsest::app {

namespace {

// A worker of its own for answers to sliders while another one reads a preview or an estimate.
constexpr std::size_t kLightWorkers = 2;

} // namespace

JobController::JobController(QObject* parent)
    : QObject(parent)
    , m_list(new JobListModel(this))
    , m_queue(std::make_unique<jobs::JobQueue>(kLightWorkers))
{
}

JobController::~JobController()
{
    m_queue.reset();
}

int JobController::submit(const Request& request, Work work, std::function<void()> deliver)
{
    const int id = ++m_lastId;
    const bool listed = !request.title.isEmpty();
    if (listed)
        m_list->insert({.id = id, .title = request.title});

    auto run = [this, id, work = std::move(work), deliver = std::move(deliver)](const base::JobContext& ctx) {
        std::optional<base::Error> error;
        // The core throws nothing, but memory may end anywhere and a window must survive it.
        try {
            error = work(ctx);
        } catch (const std::bad_alloc&) {
            error = base::Error{base::ErrorCode::TooLarge, tr("There is not enough memory.").toStdString()};
        } catch (const std::exception& failure) {
            error = base::Error{base::ErrorCode::Internal, failure.what()};
        }
        auto finish = [this, id, error, deliver] {
            ended(id, error);
            deliver();
        };
        QMetaObject::invokeMethod(this, std::move(finish), Qt::QueuedConnection);
    };
    auto clock = std::make_shared<jobs::ProgressClock>();
    auto progress = [this, id, listed, clock](double fraction, std::string_view activity) {
        if (!listed)
            return;
        const double secondsLeft = clock->secondsLeft(fraction);
        const QString text = QString::fromUtf8(activity.data(), static_cast<qsizetype>(activity.size()));
        QMetaObject::invokeMethod(
            this, [=, this] { progressed(id, fraction, text, secondsLeft); }, Qt::QueuedConnection);
    };
    auto warning = [this, id](const std::string& sentence) {
        const QString text = QString::fromStdString(sentence);
        QMetaObject::invokeMethod(
            this, [=, this] { warned(id, text); }, Qt::QueuedConnection);
    };
    // What the worker posts is handled after this function, so the entry is there in time.
    const jobs::JobId queueId = m_queue->submit(request.weight, std::move(run), progress, warning);
    m_active.emplace(id, Active{queueId, listed, request.announceFailure, false});
    Q_EMIT activeChanged();
    Q_EMIT statusChanged();
    return id;
}

void JobController::cancel(int id)
{
    const auto found = m_active.find(id);
    if (found == m_active.end() || found->second.cancelled)
        return;
    found->second.cancelled = true;
    m_queue->cancel(found->second.queueId);
    if (const auto* row = m_list->find(id)) {
        auto changed = *row;
        changed.message = tr("Stopping…");
        changed.secondsLeft = -1.0;
        m_list->update(changed);
        Q_EMIT statusChanged();
    }
}

void JobController::clearError()
{
    if (m_error.isEmpty())
        return;
    m_error.clear();
    Q_EMIT errorChanged();
}

void JobController::showError(const QString& sentence)
{
    if (m_error == sentence)
        return;
    m_error = sentence;
    Q_EMIT errorChanged();
}

void JobController::progressed(int id, double fraction, const QString& activity, double secondsLeft)
{
    const auto found = m_active.find(id);
    const auto* row = m_list->find(id);
    if (!row || found == m_active.end() || found->second.cancelled)
        return;
    auto changed = *row;
    changed.state = JobListModel::Running;
    changed.fraction = fraction;
    changed.message = activity;
    changed.secondsLeft = secondsLeft;
    m_list->update(changed);
    Q_EMIT statusChanged();
}

void JobController::warned(int id, const QString& warning)
{
    if (const auto* row = m_list->find(id)) {
        auto changed = *row;
        changed.warnings.append(warning);
        m_list->update(changed);
    }
}

void JobController::ended(int id, const std::optional<base::Error>& error)
{
    const auto found = m_active.find(id);
    if (found == m_active.end())
        return;
    const Active job = found->second;
    m_active.erase(found);
    const bool cancelled = error && error->code == base::ErrorCode::Cancelled;
    if (const auto* row = m_list->find(id)) {
        auto changed = *row;
        changed.secondsLeft = -1.0;
        if (!error) {
            changed.state = JobListModel::Done;
            changed.fraction = 1.0;
            changed.message.clear();
        } else if (cancelled) {
            changed.state = JobListModel::Cancelled;
            changed.message = tr("What was finished is kept");
        } else {
            changed.state = JobListModel::Failed;
            changed.message = QString::fromStdString(error->message);
        }
        m_list->update(changed);
    }
    Q_EMIT activeChanged();
    Q_EMIT statusChanged();
    if (error && !cancelled && job.announceFailure)
        showError(QString::fromStdString(error->message));
}

int JobController::statusJob() const
{
    for (const auto& [id, job] : m_active) {
        if (job.listed)
            return id;
    }
    return -1;
}

QString JobController::statusText() const
{
    const auto* row = m_list->find(statusJob());
    if (!row)
        return {};
    QStringList parts{row->title};
    if (!row->message.isEmpty())
        parts.append(row->message);
    if (const QString left = timeLeftText(row->secondsLeft); !left.isEmpty())
        parts.append(left);
    return parts.join(QStringLiteral(" · "));
}

double JobController::statusFraction() const
{
    const auto* row = m_list->find(statusJob());
    return row ? row->fraction : 0.0;
}

} // namespace palimpsest::app
