#pragma once
// The Task view: what the fine-tuned model says about the corpus, and the three parts that build on it.
// Thread: GUI; models of the pair run in jobs.

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <filesystem>
#include <memory>

#include "bridge/annotations.h"
#include "bridge/selection.h"
#include "bridge/study_session.h"
#include "models/task_polarity_model.h"
#include "models/task_sentence_model.h"
#include "models/trigger_lab_model.h"
#include "pipeline/task_study.h"

namespace palimpsest::app {

class TaskModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        palimpsest::app::StudySession* session READ session WRITE setSession NOTIFY servicesChanged FINAL)
    Q_PROPERTY(
        palimpsest::app::Selection* selection READ selection WRITE setSelection NOTIFY servicesChanged FINAL)
    Q_PROPERTY(palimpsest::app::Annotations* annotations READ annotations WRITE setAnnotations NOTIFY
            servicesChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool folderMissing READ isFolderMissing NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool hasClassifier READ hasClassifier NOTIFY stateChanged FINAL)
    Q_PROPERTY(QStringList classNames READ classNames NOTIFY stateChanged FINAL)
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged FINAL)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged FINAL)
    Q_PROPERTY(palimpsest::app::TaskPolarityModel* polarity READ polarity CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::TriggerLabModel* lab READ lab CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::TaskSentenceModel* sentence READ sentence CONSTANT FINAL)

public:
    enum State {
        NothingOpen,
        Predicting, ///< `progress` says how far; gold classes are there already
        Ready, ///< `problem` says why there is no classifier, where there is none
    };
    Q_ENUM(State)

    explicit TaskModel(QObject* parent = nullptr);

    StudySession* session() const { return m_session; }
    void setSession(StudySession* session);
    Selection* selection() const { return m_selection; }
    void setSelection(Selection* selection);
    Annotations* annotations() const { return m_annotations; }
    void setAnnotations(Annotations* annotations);
    bool isActive() const { return m_active; } ///< false: no model is opened while nobody looks
    void setActive(bool active);

    State state() const;
    QString problem() const { return m_problem; } ///< why nothing is predicted; empty: it is
    bool isFolderMissing() const { return m_folderMissing; } ///< chooseFolder() may help
    bool hasClassifier() const { return m_hasClassifier; }
    QStringList classNames() const; ///< empty: neither corpus nor model has classes
    double progress() const;
    QString progressText() const;
    TaskPolarityModel* polarity() { return &m_polarity; }
    TriggerLabModel* lab() { return &m_lab; }
    TaskSentenceModel* sentence() { return &m_sentence; }
    std::shared_ptr<const pipeline::TaskStudy> study() const { return m_study; }

    /// Where the fine-tuned checkpoint lies now; kept in the project once it proved to be the same model.
    Q_INVOKABLE void chooseFolder(const QString& pathOrUrl);
    Q_INVOKABLE void retry();
    Q_INVOKABLE void cancel();

Q_SIGNALS:
    void servicesChanged();
    void activeChanged();
    void stateChanged();
    void progressChanged();

private:
    using Study = std::shared_ptr<const pipeline::TaskStudy>;
    void openProject();
    void start();
    void adopt(Study study);
    void fail(const base::Error& error);

    QPointer<StudySession> m_session;
    QPointer<Selection> m_selection;
    QPointer<Annotations> m_annotations;
    Study m_study;
    QString m_problem;
    std::filesystem::path m_folder; ///< chosen; empty: as the project says
    TaskPolarityModel m_polarity;
    TriggerLabModel m_lab;
    TaskSentenceModel m_sentence;
    int m_job = 0;
    bool m_asked = false; ///< the open project's model was opened, or that failed
    bool m_active = true;
    bool m_folderMissing = false;
    bool m_hasClassifier = false;
};

/// A class by its name; one that is a bare number by the label where there is one, else "class 0".
[[nodiscard]] QString namedClassText(const std::string& name, const std::string& label);
/// A class by its name; one that is a bare number by the model's label for it, else "class 0".
[[nodiscard]] QString taskClassText(const pipeline::TaskStudy& study, std::size_t classIndex);

} // namespace palimpsest::app
