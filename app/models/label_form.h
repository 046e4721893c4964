#pragma once
// Attaches label sets to the open project, changes and removes them: the dialog behind "Add labels…".
// Thread: GUI; what is attached is tried on a worker first, so that the dialog says what it would give.

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <optional>

#include "bridge/label_session.h"
#include "models/label_draft.h"
#include "models/label_option_model.h"
#include "models/label_share_model.h"

namespace palimpsest::app {

class JobController;

class LabelForm : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(QStringList sources READ sources CONSTANT FINAL)
    Q_PROPERTY(int source READ source WRITE setSource NOTIFY sourceChanged FINAL)
    Q_PROPERTY(palimpsest::app::LabelOptionModel* options READ options CONSTANT FINAL)
    Q_PROPERTY(bool asConceptX READ isAsConceptX WRITE setAsConceptX NOTIFY changed FINAL)
    Q_PROPERTY(bool hasConceptX READ hasConceptX NOTIFY sourceChanged FINAL)
    Q_PROPERTY(bool hasList READ hasList NOTIFY sourceChanged FINAL)
    Q_PROPERTY(QString list READ list WRITE setList NOTIFY changed FINAL)
    Q_PROPERTY(QString listHint READ listHint NOTIFY sourceChanged FINAL)
    Q_PROPERTY(bool checking READ isChecking NOTIFY checked FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY checked FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY checked FINAL)
    Q_PROPERTY(QString notice READ notice NOTIFY checked FINAL)
    Q_PROPERTY(QString fileStart READ fileStart NOTIFY checked FINAL)
    Q_PROPERTY(palimpsest::app::LabelShareModel* frequent READ frequent CONSTANT FINAL)
    Q_PROPERTY(bool ready READ isReady NOTIFY checked FINAL)
    Q_PROPERTY(bool running READ isRunning NOTIFY runningChanged FINAL)
    Q_PROPERTY(QString undoText READ undoText NOTIFY undoChanged FINAL)

public:
    LabelForm(JobController& jobs, LabelSession& labels, QObject* parent = nullptr);

    QStringList sources() const; ///< titles, in the order of the registry; the tagger is the last one
    int source() const { return m_source; }
    void setSource(int source);
    LabelOptionModel* options() { return &m_options; }
    bool isAsConceptX() const { return m_asConceptX; }
    void setAsConceptX(bool asConceptX);
    bool hasConceptX() const; ///< ConceptX's scripts have a generator of this kind
    /// The source takes lines that a person writes here, in place of a file.
    bool hasList() const;
    QString list() const { return m_list; }
    void setList(const QString& list);
    QString listHint() const; ///< what a line looks like

    bool isChecking() const { return m_checkJob != 0 || m_timer.isActive(); }
    QString problem() const { return m_problem; } ///< why it cannot be attached; names file and line
    QString summary() const { return m_summary; } ///< what would be attached
    QString notice() const { return m_notice; } ///< that a set is replaced, or that it takes long
    QString fileStart() const { return m_fileStart; } ///< first lines of the file
    LabelShareModel* frequent() { return &m_frequent; } ///< most frequent labels of it
    bool isReady() const { return m_ready && !isChecking(); }
    bool isRunning() const { return m_attachJob != 0; }
    QString undoText() const; ///< what undo() would bring back; empty: nothing

    /// Empties the form.
    Q_INVOKABLE void startNew();
    /// Tries again what is given: the project may be another one.
    Q_INVOKABLE void recheck() { touch(); }
    /// Fills it with how a set of the project was made; its file comes out of the project.
    Q_INVOKABLE void startFrom(int set);
    Q_INVOKABLE void setOption(const QString& name, const QString& value);
    /// Attaches as a job; one at a time. A set that it replaces can be brought back by undo().
    Q_INVOKABLE void attach();
    /// Removes a set of the project; undo() brings it back.
    Q_INVOKABLE void removeSet(int set);
    Q_INVOKABLE void undo();
    Q_INVOKABLE void dismissUndo();

Q_SIGNALS:
    void sourceChanged();
    void changed();
    void checked();
    void runningChanged();
    void undoChanged();
    void started();
    void attached(const QString& name);

private:
    /// A set as it was before it was replaced or removed.
    struct Kept {
        std::shared_ptr<const label::LabelTable> table;
        project::LabelOrigin origin;
        bool replaced = false;
    };
    struct Attached {
        pipeline::AttachedLabels summary;
        std::shared_ptr<const Kept> replaced;
    };
    static base::Result<std::shared_ptr<const Kept>> keep(
        const project::ProjectFile& file, const std::string& name, bool replaced);
    static base::Result<Attached> attachDraft(
        const std::filesystem::path& project, const LabelDraft& draft, const base::JobContext& ctx);
    std::string sourceId() const;
    bool isTagger() const { return sourceId() == "tagger"; }
    void touch();
    void check();
    void say(const QString& notice); ///< why nothing is checked
    void checkTagger(const QString& folder);
    void showPreview(const pipeline::LabelPreview& preview);
    std::optional<LabelDraft> draft() const; ///< nothing while something needed is not given
    void adoptOrigin(const project::LabelOrigin& origin, const QString& name);
    void setUndo(std::shared_ptr<const Kept> kept);
    QString projectPath() const;

    JobController& m_jobs;
    LabelSession& m_labels;
    int m_source = 0;
    LabelOptionModel m_options;
    LabelShareModel m_frequent;
    bool m_asConceptX = false;
    QString m_list;
    std::string m_content; ///< of the project's own file, while a set is changed
    QString m_contentName;
    QString m_problem, m_summary, m_notice, m_fileStart;
    bool m_ready = false;
    QTimer m_timer;
    int m_checkJob = 0;
    int m_attachJob = 0;
    std::uint64_t m_version = 0; ///< counts changes; answers to older ones are dropped
    std::shared_ptr<const Kept> m_undo;
};

} // namespace palimpsest::app
