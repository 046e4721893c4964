#pragma once
// All concepts of one layer, the base model's first, then the fine-tuned model's, each by id.
// Thread: GUI. Shows a snapshot; never computes one.

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include "bridge/annotations.h"
#include "bridge/label_results.h"
#include "models/concept_access.h"

namespace palimpsest::app {

/// Resets only for other concepts; another θ over the same concepts is dataChanged, so that a view keeps its
/// place.
class ConceptListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by ConceptBrowser")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        SideRole = Qt::UserRole + 1, ///< Selection::Side
        SideTextRole, ///< "Base", "Fine-tuned"
        ConceptIdRole,
        TitleRole, ///< its name, else "Concept 17"
        SizeTextRole, ///< "1,234 occurrences"
        WordsRole, ///< three most frequent words
        StatusRole, ///< align::Status as a number
        StatusTextRole, ///< "Kept"
        StatusLetterRole, ///< "K"
        OverlapTextRole, ///< share that lies in the best counterpart
        TaskClassRole, ///< class of a task concept, -1 when it is none
        TaskClassTextRole, ///< name of that class, empty when it is none
        ClassSharesRole, ///< shares of the classes, in order of the corpus; for the polarity bar
        PolarityTextRole, ///< "93 % positive"; empty when the corpus has no classes
        NumberTextRole, ///< "Concept 17" where the title is a name; else empty
        TagsTextRole, ///< tags, separated by commas
        RatingRole, ///< 1..5; 0: none
        LabelTextRole, ///< best label of the shown set: "NOUN 93 %"; empty where nothing is known of it
        LabelAlignedRole, ///< the concept carries this label
    };
    Q_ENUM(Role)

    /// What filters and sorting need of a row, ready to compare.
    struct Row {
        ConceptRef ref;
        std::uint32_t size = 0;
        align::Status status = align::Status::Vanished;
        double overlap = 0.0; ///< share that lies in the best counterpart
        double polarity = 0.0; ///< largest class share of all members; 0 without classes
        int largestClass = -1;
        int taskClass = -1;
        int label = -1; ///< best label of the shown set
        double labelShare = 0.0; ///< of all members
        bool labelAligned = false;
    };

    using QAbstractListModel::QAbstractListModel;

    /// Where names and tags come from; null: from nowhere.
    void setAnnotations(Annotations* annotations);
    const Annotations* annotations() const { return m_annotations; }
    void showWordsAgain(); ///< they are masked, or no longer
    void setSnapshot(Comparison comparison); ///< null clears the list
    /// The label set whose best label rows show; ignored while it is about other concepts than the snapshot.
    /// Null: none.
    void setLabels(std::shared_ptr<const LayerLabels> labels, std::size_t set);
    /// The table of the shown set; null where rows show no labels.
    std::shared_ptr<const label::LabelTable> labelTable() const;
    const Comparison& snapshot() const { return m_comparison; }
    const std::vector<Row>& rows() const { return m_rows; }
    /// Row of a concept, -1 when the snapshot has none such.
    int rowOf(ConceptRef ref) const;

    int count() const { return static_cast<int>(m_rows.size()); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();
    void annotationsChanged(); ///< names, tags or ratings of rows
    void labelsChanged();

private:
    static std::vector<Row> makeRows(const align::LayerComparison& comparison);
    bool labelsFit() const;
    void labelRows();
    QString labelText(const Row& row) const;
    QVariant polarityText(const Row& row) const;
    QVariant classShares(const Row& row) const;

    QVariant annotationData(const Row& row, int role) const;

    QPointer<Annotations> m_annotations;
    Comparison m_comparison;
    std::vector<Row> m_rows;
    std::shared_ptr<const LayerLabels> m_labels;
    std::size_t m_labelSet = 0;
};

} // namespace palimpsest::app
