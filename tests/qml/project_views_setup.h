#pragma once
// What the tests of the Dendrogram, Layers, Flow and Map views are given: a session over the sample project.
// Thread: GUI.

#include <QDir>
#include <QFile>
#include <QObject>
#include <QTemporaryDir>

#include "bridge/job_controller.h"
#include "bridge/navigator.h"
#include "bridge/selection.h"
#include "bridge/study_session.h"
#include "support/sample_project.h"
#include "view_setup.h"

namespace palimpsest::testing {

/// The QML singleton Palimpsest.Testing/Fixture.
class ProjectFixture : public QObject {
    Q_OBJECT
    Q_PROPERTY(palimpsest::app::StudySession* session READ session CONSTANT)
    Q_PROPERTY(palimpsest::app::Selection* selection READ selection CONSTANT)
    Q_PROPERTY(palimpsest::app::Navigator* navigator READ navigator CONSTANT)

public:
    ProjectFixture()
        : m_session(m_jobs)
    {
        m_written = static_cast<bool>(writeSampleProject(path().toStdString()));
        m_navigator.setSession(&m_session);
        m_navigator.setSelection(&m_selection);
        connect(&m_session, &app::StudySession::resultsChanged, &m_selection, &app::Selection::clear);
    }

    app::StudySession* session() { return &m_session; }
    app::Selection* selection() { return &m_selection; }
    app::Navigator* navigator() { return &m_navigator; }

    /// False: the sample could not be written.
    Q_INVOKABLE bool open()
    {
        m_session.openProject(path());
        return m_written;
    }

    /// Opens the sample as it was written, with its activations beside it or without.
    Q_INVOKABLE bool openFresh(bool withActivations)
    {
        m_session.closeProject();
        QFile::remove(path());
        QDir(path() + QStringLiteral(".cache")).removeRecursively();
        m_written = writeSampleProject(path().toStdString())
            && (!withActivations || writeSampleActivations(path().toStdString()));
        return open();
    }

private:
    QString path() const { return m_folder.filePath(QStringLiteral("reviews.palimpsest")); }

    QTemporaryDir m_folder;
    bool m_written = false;
    app::JobController m_jobs;
    app::Selection m_selection;
    app::StudySession m_session;
    app::Navigator m_navigator;
};

} // namespace palimpsest::testing
