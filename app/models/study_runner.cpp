#include "models/study_runner.h"

#include <QFileInfo>

#include <utility>

#include "bridge/job_controller.h"
#include "bridge/paths.h"
#include "bridge/unfinished_study.h"
#include "pipeline/demo.h"
#include "pipeline/run_study.h"
#include "project/study_results.h"

namespace palimpsest::app {

StudyRunner::StudyRunner(JobController& jobs, QObject* parent)
    : QObject(parent)
    , m_jobs(jobs)
{
}

QString StudyRunner::resumableText() const
{
    if (m_resumable.isEmpty())
        return {};
    return tr("The run of %1 was stopped before its end; what is finished is kept.")
        .arg(QFileInfo(m_resumable).completeBaseName());
}

void StudyRunner::run(const pipeline::Study& study, const QString& path)
{
    if (isRunning())
        return;
    m_stopped = study;
    start(tr("Analysing %1").arg(QFileInfo(path).completeBaseName()), path,
        [study, path](const base::JobContext& ctx) -> base::Status {
            PALIMPSEST_CHECK(pipeline::runStudy(study, toPath(path), ctx));
            return {};
        });
}

void StudyRunner::offerResume(const QString& path)
{
    if (isRunning() || path == m_resumable)
        return;
    m_stopped.reset();
    setResumable(path);
}

void StudyRunner::runDemo()
{
    if (isRunning())
        return;
    m_stopped.reset();
    const pipeline::DemoFolders folders = pipeline::demoFolders();
    start(tr("Making the demo"), toText(folders.project),
        [folders](const base::JobContext& ctx) { return pipeline::makeDemo(folders, folders.project, ctx); });
}

void StudyRunner::resume()
{
    const QString path = m_resumable;
    if (path.isEmpty())
        return;
    if (path == toText(pipeline::demoFolders().project)) {
        runDemo();
        return;
    }
    const auto known = m_stopped;
    start(tr("Analysing %1").arg(QFileInfo(path).completeBaseName()), path,
        [path, known](const base::JobContext& ctx) -> base::Status {
            // What was stopped here is known even if it was stopped before the file said what it was.
            const auto study = known ? known : unfinishedStudy(toPath(path));
            if (!study) {
                // Finished by another window meanwhile, or the sentence says what the file lacks.
                PALIMPSEST_CHECK(project::StudyResults::open(toPath(path)));
                return {};
            }
            PALIMPSEST_CHECK(pipeline::runStudy(*study, toPath(path), ctx));
            return {};
        });
}

void StudyRunner::dismissResume()
{
    setResumable({});
}

void StudyRunner::cancel()
{
    m_jobs.cancel(m_job);
}

void StudyRunner::start(const QString& title, const QString& path, Work work)
{
    if (isRunning())
        return;
    setResumable({});
    // JobController delivers values: a Status is success or its error.
    auto valued = [work = std::move(work)](const base::JobContext& ctx) -> base::Result<bool> {
        PALIMPSEST_CHECK(work(ctx));
        return true;
    };
    auto done = [this, path](const base::Result<bool>& result) {
        m_job = 0;
        Q_EMIT runningChanged();
        if (result) {
            m_stopped.reset();
            Q_EMIT finished(path);
            return;
        }
        if (QFileInfo::exists(path))
            setResumable(path);
        Q_EMIT stopped(path);
    };
    m_job = m_jobs.start<bool>({title, jobs::Weight::Heavy}, this, std::move(valued), std::move(done));
    Q_EMIT runningChanged();
}

void StudyRunner::setResumable(const QString& path)
{
    if (m_resumable == path)
        return;
    m_resumable = path;
    Q_EMIT resumableChanged();
}

} // namespace palimpsest::app
