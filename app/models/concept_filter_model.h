#pragma once
// Which concepts of a layer are listed, and in which order.
// Thread: GUI.

#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include "models/concept_list_model.h"
#include "models/rows_model.h"

namespace palimpsest::app {

/// Filter and sorting over a ConceptListModel. Rows that tie keep the order of the source: base first, by id.
class ConceptFilterModel : public RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by ConceptBrowser")
    Q_PROPERTY(palimpsest::app::Selection::Shown shown READ shown WRITE setShown NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY filterChanged FINAL)
    Q_PROPERTY(int status READ status WRITE setStatus NOTIFY filterChanged FINAL)
    Q_PROPERTY(int taskClass READ taskClass WRITE setTaskClass NOTIFY filterChanged FINAL)
    Q_PROPERTY(QStringList taskClassChoices READ taskClassChoices NOTIFY choicesChanged FINAL)
    Q_PROPERTY(int taskClassChoice READ taskClassChoice WRITE setTaskClassChoice NOTIFY filterChanged FINAL)
    Q_PROPERTY(QStringList annotationChoices READ annotationChoices NOTIFY choicesChanged FINAL)
    Q_PROPERTY(int annotationChoice READ annotationChoice WRITE setAnnotationChoice NOTIFY filterChanged FINAL)
    Q_PROPERTY(QStringList labelChoices READ labelChoices NOTIFY labelChoicesChanged FINAL)
    Q_PROPERTY(int label READ label WRITE setLabel NOTIFY filterChanged FINAL)
    Q_PROPERTY(int labelChoice READ labelChoice WRITE setLabelChoice NOTIFY filterChanged FINAL)
    Q_PROPERTY(int minimumSize READ minimumSize WRITE setMinimumSize NOTIFY filterChanged FINAL)
    Q_PROPERTY(bool filtered READ isFiltered NOTIFY filterChanged FINAL)
    Q_PROPERTY(SortKey sortKey READ sortKey WRITE setSortKey NOTIFY sortingChanged FINAL)
    Q_PROPERTY(bool descending READ isDescending WRITE setDescending NOTIFY sortingChanged FINAL)
    Q_PROPERTY(int total READ total NOTIFY countChanged FINAL)
    Q_PROPERTY(QString countText READ summary NOTIFY countChanged FINAL)

public:
    enum SortKey { BySize, ById, ByOverlap, ByPolarity, ByLabelShare };
    Q_ENUM(SortKey)
    /// Values of taskClass beside the classes' indices.
    enum TaskClassFilter { AnyClass = -1, TaskConcepts = -2, NoTaskConcepts = -3 };
    Q_ENUM(TaskClassFilter)

    enum Named { AnyName, NotNamed, OnlyNamed };
    Q_ENUM(Named)
    /// Values of label beside the ids of labels.
    enum LabelFilter { AnyLabel = -1, Labelled = -2, NotLabelled = -3 };
    Q_ENUM(LabelFilter)

    /// `source` must outlive this model.
    explicit ConceptFilterModel(ConceptListModel& source, QObject* parent = nullptr);

    /// Whose concepts are listed.
    Selection::Shown shown() const { return m_shown; }
    void setShown(Selection::Shown shown);
    /// Concepts that hold a word with this text in it, letter case ignored; empty: all.
    QString text() const { return m_text; }
    void setText(const QString& text);
    /// align::Status as a number; -1: all.
    int status() const { return m_status; }
    void setStatus(int status);
    /// Index of a class, or a TaskClassFilter.
    int taskClass() const { return m_taskClass; }
    void setTaskClass(int taskClass);
    /// The same for a list to choose from: any, all task concepts, those of each class, the others.
    QStringList taskClassChoices() const;
    int taskClassChoice() const;
    void setTaskClassChoice(int choice);
    /// What was said about concepts, for a list to choose from: anything, not yet named, named, each tag.
    QStringList annotationChoices() const;
    int annotationChoice() const;
    Q_INVOKABLE void setAnnotationChoice(int choice);
    /// Label of the shown set that a concept must carry, or a LabelFilter.
    int label() const { return m_label; }
    void setLabel(int label);
    /// The same for a list to choose from: any, with a label, without one, then each label that a concept of
    /// the layer carries, by name; empty where there are no labels.
    QStringList labelChoices() const;
    int labelChoice() const;
    void setLabelChoice(int choice);
    /// Occurrences, at least 1.
    int minimumSize() const { return m_minimumSize; }
    void setMinimumSize(int minimumSize);
    /// Something other than the choice of the model leaves concepts out.
    bool isFiltered() const;
    Q_INVOKABLE void clearFilter();

    SortKey sortKey() const { return m_sortKey; }
    void setSortKey(SortKey key);
    bool isDescending() const { return m_descending; }
    void setDescending(bool descending);

    int count() const override { return static_cast<int>(m_rows.size()); }
    int total() const; ///< concepts of the chosen models before filtering
    QString summary() const; ///< "23 of 600 concepts"

    /// Row here of a concept, -1 when it is not listed.
    int rowOf(ConceptRef ref) const;
    /// `row` must be in 0..count()-1.
    ConceptRef conceptAt(int row) const;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void filterChanged();
    void sortingChanged();
    void choicesChanged();
    void labelChoicesChanged();
    void listed(); ///< which concepts stand in which rows was decided anew

private:
    template <typename T>
    void change(T& member, T value);
    void list();
    void filterChangedBy();
    void sourceReset();
    void sourceChanged(const QList<int>& roles);
    bool accepts(int sourceRow) const;
    double sortValue(int sourceRow) const;
    void findLabels();
    std::size_t classCount() const;
    bool holdsText(ConceptRef ref) const;
    bool fitsAnnotation(ConceptRef ref) const;
    void annotationsChanged();
    const std::vector<bool>& fittingWords() const;

    ConceptListModel& m_source;
    std::vector<int> m_rows; ///< rows of the source that are listed, in order
    std::vector<int> m_rowOf; ///< by row of the source; -1: not listed
    Selection::Shown m_shown = Selection::ShowBoth;
    QString m_text;
    int m_status = -1;
    int m_taskClass = AnyClass;
    int m_label = AnyLabel;
    std::shared_ptr<const label::LabelTable> m_labelTable; ///< whose ids m_label and m_carried are
    std::vector<int> m_carried; ///< labels that some concept carries, by name
    int m_minimumSize = 1;
    Named m_named = AnyName;
    QString m_tag; ///< empty: any
    SortKey m_sortKey = BySize;
    bool m_descending = true;
    mutable bool m_wordsFound = false; ///< m_wordFits belongs to the present text and vocabulary
    mutable std::vector<bool> m_wordFits; ///< per word of the vocabulary: holds m_text
};

} // namespace palimpsest::app
