#pragma once
// What people say about concepts: names, tags, notes and ratings of the open project, each step of which can
// be taken back. Thread: GUI; files are read and written by light jobs.

#include <QObject>
#include <QString>
#include <QStringList>
#include <QUndoStack>
#include <QtQml/qqmlregistration.h>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "bridge/outbox.h"
#include "bridge/selection.h"
#include "bridge/study_session.h"
#include "project/annotation_store.h"

namespace palimpsest::app {

class JobController;

/// An annotation belongs to a node of a merge tree (project::AnnotationKey). At another K it is shown on the
/// concept that matches best (concepts::kSameConceptJaccard) and is called carried over; editing it there
/// makes an annotation of that concept's own.
class Annotations : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(QString annotator READ annotator WRITE setAnnotator NOTIFY annotatorChanged FINAL)
    Q_PROPERTY(QStringList annotators READ annotators NOTIFY changed FINAL)
    Q_PROPERTY(QStringList others READ others NOTIFY changed FINAL)
    Q_PROPERTY(QStringList tags READ tags NOTIFY changed FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY changed FINAL)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY historyChanged FINAL)
    Q_PROPERTY(bool canRedo READ canRedo NOTIFY historyChanged FINAL)
    Q_PROPERTY(QString undoText READ undoText NOTIFY historyChanged FINAL)
    Q_PROPERTY(QString redoText READ redoText NOTIFY historyChanged FINAL)
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged FINAL)

public:
    /// An annotation as it is shown on a concept.
    struct Shown {
        const project::Annotation* annotation = nullptr; ///< never null; valid until the next change
        double jaccard = 1.0;
        bool exact = true; ///< else carried over
    };

    Annotations(StudySession& session, JobController& jobs, QObject* parent = nullptr);
    /// Writes what is still to be written.
    ~Annotations() override;

    /// Who speaks; kept in the user's settings.
    QString annotator() const { return m_annotator; }
    void setAnnotator(const QString& annotator);
    QStringList annotators() const; ///< all of the project, with the present one
    QStringList others() const; ///< annotators but for the present one
    QStringList tags() const; ///< that the present annotator uses, sorted
    QString summary() const; ///< "12 names, 3 tags, by Annotator 1"

    /// What the present annotator says of a concept of the shown layer at the shown K.
    std::optional<Shown> on(Selection::Side side, int conceptId) const;
    QString nameOn(Selection::Side side, int conceptId) const; ///< empty: none
    QString titleOf(Selection::Side side, int conceptId) const; ///< the name, else "Concept 17"
    /// The same for a concept of any layer and cut. Where the layer's tree has to be read first, `changed`
    /// says when it is there.
    QString titleOf(int layer, Selection::Side side,
        const std::shared_ptr<const concepts::ConceptSet>& concepts, int conceptId) const;
    /// What others say of the very same concept, one line each.
    QStringList othersOn(Selection::Side side, int conceptId) const;
    /// Largest concept of the shown layer without a name, after the given one in that order; -1: none left.
    int nextUnnamed(Selection::Side side, int after) const;

    Q_INVOKABLE void rename(palimpsest::app::Selection::Side side, int conceptId, const QString& name);
    Q_INVOKABLE void setTags(palimpsest::app::Selection::Side side, int conceptId, const QString& tags);
    Q_INVOKABLE void setNote(palimpsest::app::Selection::Side side, int conceptId, const QString& note);
    Q_INVOKABLE void rate(palimpsest::app::Selection::Side side, int conceptId, int rating);

    bool canUndo() const { return m_history.canUndo(); }
    bool canRedo() const { return m_history.canRedo(); }
    QString undoText() const { return m_history.undoText(); } ///< what would be taken back
    QString redoText() const { return m_history.redoText(); }
    /// Of all edits of the open project: other services put their steps here too.
    QUndoStack& history() { return m_history; }
    Q_INVOKABLE void undo() { m_history.undo(); }
    Q_INVOKABLE void redo() { m_history.redo(); }

    /// All annotators' annotations; by the ending .json, else as a table. Paths or file URLs.
    Q_INVOKABLE void exportTo(const QString& path);
    /// Adds those that were made on this project's trees, in one step that can be taken back.
    Q_INVOKABLE void importFrom(const QString& path);
    QString notice() const { return m_notice; } ///< how an export or import went; empty: nothing to say
    Q_INVOKABLE void clearNotice();
    /// Cohen's κ with another annotator, one sentence for names, ratings and tags.
    Q_INVOKABLE QStringList agreementWith(const QString& other) const;

    /// Nothing is waiting to be written.
    bool isSaved() const;

Q_SIGNALS:
    void changed(); ///< annotations, or where they are shown
    void annotatorChanged();
    void historyChanged();
    void noticeChanged();

private:
    /// One model's layer: what annotations are anchored to.
    struct Tree {
        std::shared_ptr<const cluster::Linkage> linkage;
        base::Fingerprint key;
    };
    using Trees = std::array<Tree, 2>;
    using Edit = std::function<void(project::Annotation&)>;
    class Step;

    /// Annotations on a cut that is not, or not only, the shown one.
    struct OtherPlaces {
        std::shared_ptr<const concepts::ConceptSet> concepts;
        std::vector<std::optional<project::PlacedAnnotation>> places;
    };
    static QString titleFrom(const std::optional<Shown>& shown, int conceptId);
    bool speaksOf(int layer, Selection::Side side) const;
    void readTrees(int layer);
    void openProject();
    void followComparison();
    enum class Say { Always, WhereAny };
    void place(Say say);
    void edit(Selection::Side side, int conceptId, const QString& text, const Edit& change);
    void push(const QString& text, std::vector<project::AnnotationChange> changes);
    void apply(const std::vector<project::AnnotationChange>& changes);
    void save();
    void adoptImport(const std::vector<project::Annotation>& read,
        const std::map<std::pair<int, int>, base::Fingerprint>& trees);
    void setNotice(const QString& notice);

    StudySession& m_session;
    JobController& m_jobs;
    QUndoStack m_history;
    QString m_annotator;
    QString m_notice;
    std::vector<project::Annotation> m_all; ///< sorted by key
    std::map<int, Trees> m_trees; ///< by layer, as far as visited
    std::shared_ptr<const align::LayerComparison> m_placedFor; ///< what m_cuts belong to
    std::array<std::optional<concepts::CutNodes>, 2> m_cuts;
    std::array<std::vector<std::optional<project::PlacedAnnotation>>, 2> m_places;
    mutable std::map<std::pair<int, Selection::Side>, OtherPlaces>
        m_others; ///< by layer, made when asked for
    std::set<int> m_reading; ///< layers whose trees are on their way
    std::shared_ptr<Outbox<project::AnnotationChange>> m_outbox;
    int m_saveJob = 0;
    std::uint64_t m_project = 0; ///< counts projects, so that late answers are dropped
};

/// "noun, size word".
[[nodiscard]] QString tagsText(const project::Annotation& annotation);

} // namespace palimpsest::app
