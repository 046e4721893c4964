#pragma once
// What the test of the Task view is given: a session over a study of the reference pair. Thread: GUI.

#include <QDir>
#include <QFile>
#include <QObject>
#include <QTemporaryDir>

#include "bridge/annotations.h"
#include "bridge/job_controller.h"
#include "bridge/navigator.h"
#include "bridge/selection.h"
#include "bridge/study_session.h"
#include "project/project_file.h"
#include "project/trigger_store.h"
#include "support/reference_study.h"
#include "support/sample_project.h"
#include "view_setup.h"

namespace palimpsest::testing {

/// The QML singleton Palimpsest.Testing/Fixture.
class TaskFixture : public QObject {
    Q_OBJECT
    Q_PROPERTY(palimpsest::app::StudySession* session READ session CONSTANT)
    Q_PROPERTY(palimpsest::app::Selection* selection READ selection CONSTANT)
    Q_PROPERTY(palimpsest::app::Annotations* annotations READ annotations CONSTANT)
    Q_PROPERTY(palimpsest::app::Navigator* navigator READ navigator CONSTANT)
    Q_PROPERTY(bool hasPair READ hasPair CONSTANT)
    Q_PROPERTY(QString modelFolder READ modelFolder CONSTANT)

public:
    TaskFixture()
        : m_session(m_jobs)
        , m_annotations(m_session, m_jobs)
    {
        m_navigator.setSession(&m_session);
        m_navigator.setSelection(&m_selection);
        connect(&m_session, &app::StudySession::resultsChanged, &m_selection, &app::Selection::clear);
    }

    app::StudySession* session() { return &m_session; }
    app::Selection* selection() { return &m_selection; }
    app::Annotations* annotations() { return &m_annotations; }
    app::Navigator* navigator() { return &m_navigator; }
    bool hasPair() const { return hasReferencePair(); }
    QString modelFolder() const { return QString::fromStdString(referenceFineTuned().string()); }

    /// The pair's study, run when first asked for.
    Q_INVOKABLE bool open() { return openStudy(QStringLiteral("pair"), {}); }
    /// The base model in place of the fine-tuned one: no classification head.
    Q_INVOKABLE bool openHeadless()
    {
        ReferenceStudyOptions options;
        options.fineTuned = referenceBase();
        return openStudy(QStringLiteral("headless"), options);
    }
    /// No column of classes; the model has some.
    Q_INVOKABLE bool openWithoutClasses()
    {
        ReferenceStudyOptions options;
        options.classes = false;
        return openStudy(QStringLiteral("classless"), options);
    }
    /// Neither corpus nor model has classes.
    Q_INVOKABLE bool openWithoutAnything()
    {
        ReferenceStudyOptions options;
        options.fineTuned = referenceBase();
        options.classes = false;
        return openStudy(QStringLiteral("nothing"), options);
    }
    /// A project whose checkpoints are somewhere else now.
    Q_INVOKABLE bool openMoved()
    {
        if (!openStudy(QStringLiteral("moved"), {}))
            return false;
        m_session.closeProject();
        auto file = project::ProjectFile::open(
            project(QStringLiteral("moved")).toStdString(), project::ProjectFile::Mode::ReadWrite);
        if (!file || !file.value().setValue("finetuned", "/no/such/folder"))
            return false;
        m_session.openProject(project(QStringLiteral("moved")));
        return true;
    }
    /// The project keeps a search whose linkage is another one by now, with a sentence that it has not.
    Q_INVOKABLE bool openWithTriggersOfAnEarlierRun()
    {
        if (!openStudy(QStringLiteral("stale"), {}))
            return false;
        m_session.closeProject();
        project::TriggerRecord record;
        record.layer = 6;
        record.target = 1;
        record.k = 24;
        record.theta = 0.8;
        record.definition = "gold";
        record.positions = {"prepend"};
        record.classNames = {"negative", "positive"};
        record.labels = record.classNames;
        record.sentences = {4'000'000};
        const project::TriggerEntry entry{
            "polar", "prepend", {"superb"}, 2, 900, {1, 1}, {{1, 1}, {0, 0}}, 3.0};
        record.entries = record.composed = {entry};
        record.flips = {{4'000'000, 0, 0, "a dull film", "superb a dull film", 0, 0.1, 0.9}};
        auto file = project::ProjectFile::open(
            project(QStringLiteral("stale")).toStdString(), project::ProjectFile::Mode::ReadWrite);
        if (!file || !project::TriggerStore(file.value()).put(record))
            return false;
        m_session.openProject(project(QStringLiteral("stale")));
        return true;
    }
    Q_INVOKABLE bool deleteActivations()
    {
        return QDir(project(QStringLiteral("pair")) + QStringLiteral(".cache")).removeRecursively();
    }
    Q_INVOKABLE QString outputPath(const QString& name) const { return m_folder.filePath(name); }
    Q_INVOKABLE int lineCount(const QString& path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? static_cast<int>(file.readAll().count('\n')) : -1;
    }

private:
    QString project(const QString& name) const
    {
        return m_folder.filePath(name + QStringLiteral("/reviews.palimpsest"));
    }
    bool openStudy(const QString& name, const ReferenceStudyOptions& options)
    {
        if (!QFile::exists(project(name))
            && !runReferenceStudy(m_folder.filePath(name).toStdString(), options))
            return false;
        m_session.openProject(project(name));
        return true;
    }

    QTemporaryDir m_folder;
    app::JobController m_jobs;
    app::Selection m_selection;
    app::StudySession m_session;
    app::Annotations m_annotations;
    app::Navigator m_navigator;
};

} // namespace palimpsest::testing
