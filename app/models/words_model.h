#pragma once
// The Words view: the way of one word, or of two, through the layers of both models.
// Thread: GUI; everything is computed by light jobs.

#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <optional>
#include <vector>

#include "align/word_path.h"
#include "bridge/annotations.h"
#include "bridge/job_controller.h"
#include "figures/word_path_painter.h"
#include "models/concept_access.h"
#include "models/rows_model.h"
#include "models/sentence_list_model.h"

namespace palimpsest::app {

/// One row a layer.
class WordPathModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by WordsModel")

public:
    enum Role {
        LayerRole = Qt::UserRole + 1,
        BaseIdRole, ///< concept with most of the occurrences
        BaseTitleRole,
        BaseWordsRole, ///< its three most frequent words
        BaseShareRole, ///< of the occurrences in it, 0..1
        BaseTextRole, ///< "12 of 14, 3 concepts"
        FineTunedIdRole,
        FineTunedTitleRole,
        FineTunedWordsRole,
        FineTunedShareRole,
        FineTunedTextRole,
        StayedRole, ///< share of occurrences that stayed together, 0..1
        StayedTextRole,
        LeftRole, ///< the word has left the base model's concepts from here on
        SecondBaseRole, ///< Similarity to the second word in the base model, 0..1; -1 without one
        SecondFineTunedRole,
        DescriptionRole, ///< the row as a sentence
    };
    Q_ENUM(Role)

    struct Row {
        Comparison layer;
        align::WordStep step;
        double secondBase = -1.0;
        double secondFineTuned = -1.0;
        bool left = false;
    };

    using RowsModel::RowsModel;
    void setRows(std::vector<Row> rows);
    const std::vector<Row>& rows() const { return m_rows; }
    WordPathLayer layerOf(const Row& row) const; ///< the row as a figure shows it
    /// Where names come from; null: from nowhere.
    void setAnnotations(Annotations* annotations);

    int count() const override { return static_cast<int>(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    QString titleOf(const Row& row, ConceptRef ref) const;
    QVariant standData(const Row& row, Selection::Side side, int role) const;
    QString descriptionOf(const Row& row) const;

    QPointer<Annotations> m_annotations;
    std::vector<Row> m_rows;
};

/// Words that are near another one.
class NearWordModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by WordsModel")

public:
    enum Role {
        WordRole = Qt::UserRole + 1, ///< as it may be shown; wordAt() gives the word itself
        SimilarityRole,
        SimilarityTextRole,
        CountTextRole
    };
    Q_ENUM(Role)
    struct Row {
        QString word;
        double similarity = 0.0;
        std::size_t occurrences = 0;
    };

    using RowsModel::RowsModel;
    void setRows(std::vector<Row> rows);
    Q_INVOKABLE QString wordAt(int row) const; ///< empty outside of the list

    int count() const override { return static_cast<int>(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<Row> m_rows;
};

class WordsModel : public QObject, public FigureProvider {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        palimpsest::app::StudySession* session READ session WRITE setSession NOTIFY servicesChanged FINAL)
    Q_PROPERTY(palimpsest::app::JobController* jobs READ jobs WRITE setJobs NOTIFY servicesChanged FINAL)
    Q_PROPERTY(palimpsest::app::Annotations* annotations READ annotations WRITE setAnnotations NOTIFY
            servicesChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(QString word READ word WRITE setWord NOTIFY wordChanged FINAL)
    Q_PROPERTY(QString second READ second WRITE setSecond NOTIFY wordChanged FINAL)
    Q_PROPERTY(bool found READ isFound NOTIFY resultsChanged FINAL)
    Q_PROPERTY(bool secondFound READ isSecondFound NOTIFY resultsChanged FINAL)
    Q_PROPERTY(bool computing READ isComputing NOTIFY computingChanged FINAL)
    Q_PROPERTY(QString headline READ headline NOTIFY resultsChanged FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY resultsChanged FINAL)
    Q_PROPERTY(palimpsest::app::WordPathModel* path READ path CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::NearWordModel* near READ near CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::SentenceListModel* sentences READ sentences CONSTANT FINAL)

public:
    using QObject::QObject;

    StudySession* session() const { return m_session; }
    void setSession(StudySession* session);
    JobController* jobs() const { return m_jobs; }
    void setJobs(JobController* jobs);
    Annotations* annotations() const { return m_annotations; }
    void setAnnotations(Annotations* annotations);

    /// As it stands in the corpus, else the most frequent one that begins so, letter case ignored. Empty at
    /// first: the most frequent word with letters that has left the base model takes its place.
    bool isActive() const { return m_active; } ///< false: nothing is computed while nobody looks
    void setActive(bool active);
    QString word() const { return m_word; }
    void setWord(const QString& word);
    QString second() const { return m_second; } ///< empty: none
    void setSecond(const QString& second);
    bool isFound() const { return m_found; }
    bool isSecondFound() const { return m_secondFound; }
    bool isComputing() const { return m_job != 0; }
    QString headline() const { return m_headline; } ///< what happened to the word, in a sentence
    QString problem() const; ///< why nothing is shown; empty: something is

    WordPathModel* path() { return &m_path; }
    /// The path, with texts as they may be shown; empty while there is no word.
    Figure figure() const override;
    bool isComplete() const override { return m_job == 0 && !m_again; }
    NearWordModel* near() { return &m_near; }
    SentenceListModel* sentences() { return &m_sentences; }

    struct Answer {
        std::shared_ptr<const concepts::WordIndex> index;
        std::optional<base::WordId> word, second;
        std::vector<WordPathModel::Row> path;
        std::vector<NearWordModel::Row> near;
    };
    /// Thread: any.
    static Answer compute(std::shared_ptr<const concepts::WordIndex> index,
        const std::vector<Comparison>& layers, const std::string& word, const std::string& second);

Q_SIGNALS:
    void servicesChanged();
    void activeChanged();
    void wordChanged();
    void resultsChanged();
    void computingChanged();

private:
    void openProject();
    void showWordsAgain();
    void start();
    void show(const Answer& answer);
    QString headlineOf(const Answer& answer) const;

    QPointer<StudySession> m_session;
    QPointer<JobController> m_jobs;
    QPointer<Annotations> m_annotations;
    QString m_word, m_second, m_headline;
    std::shared_ptr<const concepts::WordIndex> m_index;
    WordPathModel m_path;
    NearWordModel m_near;
    SentenceListModel m_sentences;
    bool m_found = false, m_secondFound = false;
    int m_job = 0;
    bool m_active = true;
    bool m_again = false; ///< start once more: when the job is done, or when somebody looks
};

} // namespace palimpsest::app
