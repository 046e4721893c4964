#pragma once
// A word's concepts in all layers of both models, found while it is typed.
// Thread: GUI; the search itself runs in a light job.

#include <QPointer>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

#include "bridge/annotations.h"
#include "bridge/job_controller.h"
#include "bridge/turn.h"
#include "concepts/word_index.h"
#include "models/concept_access.h"
#include "models/rows_model.h"

namespace palimpsest::app {

/// Rows: concepts that hold occurrences of the words found, by layer, base before fine-tuned, most
/// occurrences first.
class SearchModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        palimpsest::app::StudySession* session READ session WRITE setSession NOTIFY servicesChanged FINAL)
    Q_PROPERTY(palimpsest::app::JobController* jobs READ jobs WRITE setJobs NOTIFY servicesChanged FINAL)
    Q_PROPERTY(palimpsest::app::Annotations* annotations READ annotations WRITE setAnnotations NOTIFY
            servicesChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged FINAL)
    Q_PROPERTY(QStringList words READ words NOTIFY resultsChanged FINAL)
    Q_PROPERTY(QString word READ word NOTIFY resultsChanged FINAL)
    Q_PROPERTY(QString wordTitle READ wordTitle NOTIFY resultsChanged FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY resultsChanged FINAL)
    Q_PROPERTY(bool searching READ isSearching NOTIFY searchingChanged FINAL)

public:
    enum Role {
        LayerRole = Qt::UserRole + 1,
        LayerTextRole, ///< "Layer 3"
        SideRole, ///< Selection::Side
        SideTextRole,
        ConceptIdRole,
        TitleRole, ///< its name, else "Concept 17"
        WordsRole, ///< three most frequent words
        CountTextRole, ///< "12 of 34": occurrences found, members
        ShareRole, ///< of the occurrences found, 0..1
    };
    Q_ENUM(Role)

    static constexpr std::size_t kMostWords = 12; ///< that begin with the text
    static constexpr std::size_t kMostConcepts = 5; ///< per layer and model

    explicit SearchModel(QObject* parent = nullptr);

    StudySession* session() const { return m_session; }
    void setSession(StudySession* session);
    JobController* jobs() const { return m_jobs; }
    void setJobs(JobController* jobs);
    Annotations* annotations() const { return m_annotations; }
    void setAnnotations(Annotations* annotations);

    bool isActive() const { return m_turn.isActive(); } ///< false: another K is searched when somebody looks
    void setActive(bool active);

    /// What is typed; "=film" means exactly that word.
    QString text() const { return m_text; }
    void setText(const QString& text);
    QStringList words() const; ///< words found, best first, with their counts: "film (212)"
    QString word() const; ///< the best word found; empty: none
    QString wordTitle() const; ///< the same as it may be shown
    QString summary() const; ///< "34 occurrences of 3 words", or why there is nothing
    bool isSearching() const { return m_job != 0; }
    /// Searches exactly for one of `words`.
    Q_INVOKABLE void chooseWord(int at);

    Q_INVOKABLE int layerAt(int row) const; ///< -1 outside of the list
    Q_INVOKABLE palimpsest::app::Selection::Side sideAt(int row) const;
    Q_INVOKABLE int conceptAt(int row) const;

    int count() const override { return static_cast<int>(m_found.rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    struct Row {
        Comparison comparison;
        ConceptRef ref;
        std::uint32_t hits = 0;
    };
    struct Found {
        std::vector<base::WordId> words;
        std::size_t occurrences = 0;
        std::vector<Row> rows;
    };
    /// The search itself. Thread: any.
    static Found search(
        const concepts::WordIndex& index, const std::vector<Comparison>& layers, const std::string& text);

Q_SIGNALS:
    void servicesChanged();
    void activeChanged();
    void textChanged();
    void resultsChanged();
    void searchingChanged();

private:
    void openProject();
    void start();
    void show(Found found);

    QPointer<StudySession> m_session;
    Turn m_turn;
    QPointer<JobController> m_jobs;
    QPointer<Annotations> m_annotations;
    std::shared_ptr<const concepts::WordIndex> m_index;
    QString m_text;
    Found m_found;
    int m_job = 0;
    bool m_again = false; ///< text or layers changed while the job ran
};

} // namespace palimpsest::app
