#pragma once
// The trigger lab: choices of a search, the search as a job, and what it found.
// Thread: GUI.

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

#include "bridge/selection.h"
#include "bridge/study_session.h"
#include "bridge/trigger_shelf.h"
#include "figures/figure.h"
#include "models/trigger_list_model.h"

namespace palimpsest::app {

class TriggerLabModel : public QObject, public FigureProvider {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TaskModel")
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString error READ error NOTIFY stateChanged FINAL)
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged FINAL)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged FINAL)
    Q_PROPERTY(int target READ target WRITE setTarget NOTIFY optionsChanged FINAL)
    Q_PROPERTY(int layer READ layer NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool onlyPicked READ isOnlyPicked WRITE setOnlyPicked NOTIFY optionsChanged FINAL)
    Q_PROPERTY(QStringList picked READ picked NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool canPick READ canPick NOTIFY optionsChanged FINAL)
    Q_PROPERTY(int position READ position WRITE setPosition NOTIFY optionsChanged FINAL)
    Q_PROPERTY(int mostWords READ mostWords WRITE setMostWords NOTIFY optionsChanged FINAL)
    Q_PROPERTY(int candidates READ candidates WRITE setCandidates NOTIFY optionsChanged FINAL)
    Q_PROPERTY(int sentences READ sentences WRITE setSentences NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool canStart READ canStart NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool outdated READ isOutdated NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool stale READ isStale NOTIFY resultChanged FINAL)
    Q_PROPERTY(QString madeWith READ madeWith NOTIFY resultChanged FINAL)
    Q_PROPERTY(int shownTarget READ shownTarget NOTIFY resultChanged FINAL)
    Q_PROPERTY(QString shownTargetName READ shownTargetName NOTIFY resultChanged FINAL)
    Q_PROPERTY(QString headline READ headline NOTIFY resultChanged FINAL)
    Q_PROPERTY(QString comparisonText READ comparisonText NOTIFY resultChanged FINAL)
    Q_PROPERTY(palimpsest::app::TriggerListModel* triggers READ triggers CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::TriggerListModel* kinds READ kinds CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::TriggerListModel* composed READ composed CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::FlippedSentenceModel* flipped READ flipped CONSTANT FINAL)
    Q_PROPERTY(int composedIndex READ composedIndex WRITE setComposedIndex NOTIFY composedIndexChanged FINAL)

public:
    enum State {
        Unavailable, ///< no classifier, and nothing that was found before
        Idle, ///< start() searches
        Running,
        Ready,
        Failed, ///< `error` says why
    };
    Q_ENUM(State)

    explicit TriggerLabModel(QObject* parent = nullptr);

    void setSession(StudySession* session);
    void setSelection(Selection* selection);
    void setStudy(std::shared_ptr<const pipeline::TaskStudy> study);
    void setHistory(QUndoStack* history) { m_shelf.setHistory(history); }

    State state() const;
    QString error() const { return m_error; }
    double progress() const;
    QString progressText() const;
    int target() const { return m_target; } ///< class that sentences shall flip to
    void setTarget(int target);
    int layer() const; ///< the shown one: concepts are picked there
    bool isOnlyPicked() const { return m_onlyPicked; } ///< else all task concepts of the target
    void setOnlyPicked(bool only);
    QStringList picked() const; ///< titles of the picked concepts
    bool canPick() const; ///< a fine-tuned concept is selected that is not picked yet
    int position() const { return m_position; } ///< probe::TriggerPosition; 3: all of them
    void setPosition(int position);
    int mostWords() const { return m_mostWords; }
    void setMostWords(int words);
    int candidates() const { return m_candidates; }
    void setCandidates(int candidates);
    int sentences() const { return m_sentences; } ///< 0: all
    void setSentences(int sentences);
    bool canStart() const;
    bool isOutdated() const; ///< choices, K, θ or layer are not those of the results
    bool isStale() const { return m_search && !m_search->current; } ///< of an earlier run of the study
    QString madeWith() const; ///< what the results were computed with
    int shownTarget() const; ///< of the results; -1: there are none
    QString shownTargetName() const;
    QString headline() const; ///< what was searched, in a sentence
    QString comparisonText() const; ///< polar beside random words, in a sentence
    Figure figure() const override; ///< name and title are the results' own

    TriggerListModel* triggers() { return &m_triggers; }
    TriggerListModel* kinds() { return &m_kinds; }
    TriggerListModel* composed() { return &m_composed; }
    FlippedSentenceModel* flipped() { return &m_flipped; }
    int composedIndex() const { return m_composedIndex; } ///< row of `composed` whose sentences are shown
    void setComposedIndex(int index);
    SearchResult search() const { return m_search; } ///< null: none yet

    Q_INVOKABLE void pickSelected();
    Q_INVOKABLE void unpick(int index);
    Q_INVOKABLE void start();
    Q_INVOKABLE void cancel();
    /// Removes the results that are shown, of the project too; a step that can be taken back.
    Q_INVOKABLE void remove();
    bool isSaved() const { return m_shelf.isSaved(); } ///< nothing is waiting to be written
    /// Writes a table of all triggers, or of the sentences that flipped.
    Q_INVOKABLE void exportTriggers(const QString& pathOrUrl);
    Q_INVOKABLE void exportSentences(const QString& pathOrUrl);

Q_SIGNALS:
    void stateChanged();
    void progressChanged();
    void optionsChanged();
    void resultChanged();
    void composedIndexChanged();

private:
    pipeline::TriggerOptions options() const;
    bool hasClassifier() const;
    void layerOrCutChanged();
    void showKept(); ///< the kept results of layer and target, where there are some
    void openShelf(); ///< the newest results of the project, with their choices
    void adopt(const pipeline::TriggerOptions& options);
    void shelfChanged();
    void show(SearchResult search);
    void changed(); ///< an option
    void write(const QString& pathOrUrl, std::string text);

    QPointer<StudySession> m_session;
    QPointer<Selection> m_selection;
    std::shared_ptr<const pipeline::TaskStudy> m_study;
    TriggerShelf m_shelf;
    SearchResult m_search;
    QString m_error;
    int m_target = 0;
    bool m_onlyPicked = false;
    std::vector<base::ClusterId> m_picked; ///< of the shown layer at the present K
    int m_position = 0;
    int m_mostWords = 3;
    int m_candidates = 40;
    int m_sentences = 100;
    TriggerListModel m_triggers, m_kinds, m_composed;
    std::vector<std::size_t> m_composedAt; ///< rows of m_composed in TriggerSearch::composed
    FlippedSentenceModel m_flipped;
    int m_composedIndex = 0;
    int m_job = 0;
};

} // namespace palimpsest::app
