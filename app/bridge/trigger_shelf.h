#pragma once
// The trigger searches of the open project: read when it is opened, written behind the window. Thread: GUI;
// the file is read and written by light jobs.

#include <QObject>
#include <QPointer>
#include <QString>
#include <QUndoStack>

#include <memory>
#include <vector>

#include "bridge/outbox.h"
#include "bridge/study_session.h"
#include "pipeline/kept_triggers.h"

namespace palimpsest::app {

using SearchResult = std::shared_ptr<const pipeline::KeptTriggers>;

/// One for each layer and target class, the newest last.
class TriggerShelf : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// Writes what is still to be written.
    ~TriggerShelf() override;

    void setSession(StudySession* session);
    /// Removals become steps of it; null: they cannot be taken back.
    void setHistory(QUndoStack* history) { m_history = history; }

    const std::vector<SearchResult>& searches() const { return m_searches; }
    SearchResult of(int layer, std::size_t target) const; ///< null: none
    bool isLoading() const { return m_loadJob != 0; }
    bool isSaved() const; ///< nothing is waiting to be written

    void put(const SearchResult& search); ///< replaces the one of its layer and target
    void remove(const SearchResult& search, const QString& text); ///< `text` is the name of the step

Q_SIGNALS:
    void loaded(); ///< of a project that was just opened
    void changed();

private:
    /// A search that comes into the file, or goes.
    struct Change {
        SearchResult search;
        bool put = true;
    };
    static base::Status writeChanges(project::ProjectFile& file, const std::vector<Change>& changes);
    class Removal;

    void openProject();
    void take(const SearchResult& search); ///< out of the list and the file
    void write(Change change);
    void save();

    QPointer<StudySession> m_session;
    QPointer<QUndoStack> m_history;
    std::vector<SearchResult> m_searches;
    std::shared_ptr<Outbox<Change>> m_outbox;
    int m_loadJob = 0;
    int m_saveJob = 0;
    std::uint64_t m_project = 0; ///< counts projects, so that late answers are dropped
};

} // namespace palimpsest::app
