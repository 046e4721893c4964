#pragma once
// "Look here": the concepts of all layers that surprise most, each with its reason.
// Thread: GUI; ranked by a light job.

#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include <vector>

#include "align/suggestions.h"
#include "bridge/annotations.h"
#include "bridge/job_controller.h"
#include "bridge/label_session.h"
#include "models/concept_access.h"
#include "models/rows_model.h"

namespace palimpsest::app {

class SuggestionListModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        palimpsest::app::StudySession* session READ session WRITE setSession NOTIFY servicesChanged FINAL)
    Q_PROPERTY(palimpsest::app::JobController* jobs READ jobs WRITE setJobs NOTIFY servicesChanged FINAL)
    Q_PROPERTY(palimpsest::app::Annotations* annotations READ annotations WRITE setAnnotations NOTIFY
            servicesChanged FINAL)
    Q_PROPERTY(palimpsest::app::LabelSession* labels READ labels WRITE setLabels NOTIFY servicesChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(bool onlyShownLayer READ isOnlyShownLayer WRITE setOnlyShownLayer NOTIFY filterChanged FINAL)

public:
    enum Role {
        LayerRole = Qt::UserRole + 1,
        SideRole, ///< Selection::Side
        ConceptIdRole,
        TitleRole, ///< "Layer 5, fine-tuned concept 17", or its name
        WordsRole, ///< three most frequent words
        ReasonRole, ///< why it is here, in one sentence with its numbers
        KindRole, ///< "Scattered", "More polar", "Label lost" …
        SurpriseTextRole, ///< "212 bits"
    };
    Q_ENUM(Role)

    static constexpr std::size_t kPerReason = 4; ///< and layer
    static constexpr std::size_t kMost = 60;

    using RowsModel::RowsModel;

    StudySession* session() const { return m_session; }
    void setSession(StudySession* session);
    JobController* jobs() const { return m_jobs; }
    void setJobs(JobController* jobs);
    Annotations* annotations() const { return m_annotations; }
    void setAnnotations(Annotations* annotations);
    /// Whose current set says which labels were lost or gained; null: none.
    LabelSession* labels() const { return m_labels; }
    void setLabels(LabelSession* labels);
    bool isActive() const { return m_active; } ///< false: nothing is ranked while nobody looks
    void setActive(bool active);
    bool isOnlyShownLayer() const { return m_onlyShownLayer; }
    void setOnlyShownLayer(bool only);

    int count() const override { return static_cast<int>(m_rows.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    struct Row {
        Comparison layer;
        align::Suggestion suggestion;
        std::shared_ptr<const label::LabelTable> labels; ///< of the suggestion's label
    };
    /// One label set of the project, by layer.
    struct Labels {
        std::vector<std::shared_ptr<const LayerLabels>> layers;
        std::size_t set;
    };
    /// Reasons by turns, of each the most surprising first. Labels of other concepts than the layers' are
    /// left out. Thread: any.
    static std::vector<Row> rank(const std::vector<Comparison>& layers, const Labels& labels);
    static std::vector<Row> rank(const std::vector<Comparison>& layers) { return rank(layers, {}); }
    static QString reasonText(const Row& row); ///< why it is here, in one sentence with its numbers
    static QString kindText(const Row& row); ///< "Scattered", "More polar", "Label lost" …

Q_SIGNALS:
    void servicesChanged();
    void activeChanged();
    void filterChanged();

private:
    Labels labelsNow() const;
    void labelsChanged();
    void start();
    void show();
    QString titleText(const Row& row) const;

    QPointer<StudySession> m_session;
    QPointer<JobController> m_jobs;
    QPointer<Annotations> m_annotations;
    QPointer<LabelSession> m_labels;
    std::vector<Row> m_all;
    std::vector<Row> m_rows;
    bool m_onlyShownLayer = false;
    int m_job = 0;
    bool m_active = true;
    bool m_again = false; ///< start once more: when the job is done, or when somebody looks
};

} // namespace palimpsest::app
