#pragma once
// Runs a study (or the demo) as the one heavy job of the window, and resumes one that was stopped.
// Thread: GUI.

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <optional>

#include "base/job_context.h"
#include "pipeline/study.h"

namespace palimpsest::app {

class JobController;

class StudyRunner : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(bool running READ isRunning NOTIFY runningChanged FINAL)
    Q_PROPERTY(QString resumablePath READ resumablePath NOTIFY resumableChanged FINAL)
    Q_PROPERTY(QString resumableText READ resumableText NOTIFY resumableChanged FINAL)

public:
    explicit StudyRunner(JobController& jobs, QObject* parent = nullptr);

    bool isRunning() const { return m_job != 0; }
    /// Project whose run was stopped before its end; empty when there is none.
    QString resumablePath() const { return m_resumable; }
    /// One sentence that offers to resume it.
    QString resumableText() const;

    /// Starts `study` into the project at `path`; ignored while another one runs.
    void run(const pipeline::Study& study, const QString& path);
    /// Offers to resume the project at `path`.
    void offerResume(const QString& path);
    /// Makes what the demo lacks, then hands over its project.
    Q_INVOKABLE void runDemo();
    /// Goes on with the study that the offered project was made by; what is finished is not computed again.
    Q_INVOKABLE void resume();
    Q_INVOKABLE void dismissResume();
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void runningChanged();
    void resumableChanged();
    void finished(const QString& path); ///< the project is complete
    void stopped(const QString& path); ///< cancelled or failed

private:
    using Work = std::function<base::Status(const base::JobContext&)>;
    void start(const QString& title, const QString& path, Work work);
    void setResumable(const QString& path);

    JobController& m_jobs;
    QString m_resumable;
    std::optional<pipeline::Study> m_stopped; ///< the study of m_resumable, when it was started here
    int m_job = 0;
};

} // namespace palimpsest::app
