#pragma once
// What the Dendrogram view looks at: the trees of the shown layer, laid out by a light job, and the current
// node, which follows the shared selection. Thread: GUI.

#include <QObject>
#include <QPointer>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include <map>

#include "align/label_categories.h"
#include "bridge/selection.h"
#include "bridge/study_session.h"
#include "models/tree_node_card.h"

namespace palimpsest::app {

/// The current node is the selected concept, a part of it, or a subtree that a person chose since; choosing a
/// concept or a part of it selects the concept everywhere.
class DendrogramModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        palimpsest::app::StudySession* session READ session WRITE setSession NOTIFY sessionChanged FINAL)
    Q_PROPERTY(
        palimpsest::app::Selection* selection READ selection WRITE setSelection NOTIFY selectionChanged FINAL)
    Q_PROPERTY(palimpsest::app::Annotations* annotations READ annotations WRITE setAnnotations NOTIFY
            annotationsChanged FINAL)
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString error READ error NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(QVariant snapshot READ snapshotValue NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(int layer READ layer NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(QString crossingsText READ crossingsText NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(bool hasCollapsed READ hasCollapsed NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(bool roomBySize READ roomBySize WRITE setRoomBySize NOTIFY roomChanged FINAL)
    Q_PROPERTY(QStringList labelSets READ labelSets NOTIFY labelSetsChanged FINAL)
    Q_PROPERTY(QString labelSet READ labelSet WRITE setLabelSet NOTIFY labelsChanged FINAL)
    Q_PROPERTY(QVariant labels READ labelsValue NOTIFY labelsChanged FINAL)
    Q_PROPERTY(bool currentFineTuned READ currentFineTuned NOTIFY currentChanged FINAL)
    Q_PROPERTY(int currentNode READ currentNode NOTIFY currentChanged FINAL)
    Q_PROPERTY(palimpsest::app::TreeNodeCard* current READ current CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::TreeNodeCard* hovered READ hovered CONSTANT FINAL)

public:
    enum State {
        NothingOpen,
        Computing, ///< nothing to show yet
        Ready,
        Failed, ///< `error` says why
    };
    Q_ENUM(State)
    using Snapshot = TreeNodeCard::Snapshot;

    using QObject::QObject;

    StudySession* session() const { return m_session; }
    void setSession(StudySession* session);
    Selection* selection() const { return m_selection; }
    void setSelection(Selection* selection);
    Annotations* annotations() const { return m_annotations; }
    void setAnnotations(Annotations* annotations); ///< null: concepts have no names
    bool isActive() const { return m_active; } ///< false: nothing is laid out while nobody looks
    void setActive(bool active);
    /// What the session's results give; a test without a session gives it here.
    void setSnapshot(Snapshot snapshot);
    const Snapshot& snapshot() const { return m_snapshot; }

    State state() const;
    bool isBusy() const { return m_job != 0; }
    QString error() const { return m_error; }
    QVariant snapshotValue() const { return QVariant::fromValue(m_snapshot); }
    int layer() const { return m_snapshot ? m_snapshot->comparison->layerA : -1; }
    QString crossingsText() const; ///< how much less the links cross than as the trees hang
    bool hasCollapsed() const;
    bool roomBySize() const { return m_roomBySize; }
    void setRoomBySize(bool bySize);
    QStringList labelSets() const { return m_labelSets; } ///< of the project, as attached
    QString labelSet() const { return m_labelSet; } ///< whose labels `labels` are; empty: none
    void setLabelSet(const QString& name);
    QVariant labelsValue() const { return QVariant::fromValue(m_labels); }
    bool currentFineTuned() const { return m_currentFineTuned; }
    int currentNode() const { return m_currentNode; } ///< -1: none
    TreeNodeCard* current() { return &m_current; }
    TreeNodeCard* hovered() { return &m_hovered; }

    /// Makes a node the current one; a concept or a part of one is selected everywhere.
    Q_INVOKABLE void pick(bool fineTuned, int node);
    /// Hides what is below the node, or shows it again.
    Q_INVOKABLE void toggleCollapsed(bool fineTuned, int node);
    Q_INVOKABLE void expandAll();
    Q_INVOKABLE void hover(bool fineTuned, int node);
    /// Concepts of a link of the snapshot; -1 outside.
    Q_INVOKABLE int baseOfLink(int link) const;
    Q_INVOKABLE int fineTunedOfLink(int link) const;
    /// Selects the best counterpart of the current concept.
    Q_INVOKABLE void goToCounterpart();
    Q_INVOKABLE void retry();
    /// Looks again which label sets the project has.
    Q_INVOKABLE void listLabelSets();

Q_SIGNALS:
    void sessionChanged();
    void selectionChanged();
    void annotationsChanged();
    void activeChanged();
    void stateChanged();
    void snapshotChanged();
    void roomChanged();
    void labelSetsChanged();
    void labelsChanged();
    void currentChanged();

private:
    const layout::TreeLayout& tree(bool fineTuned) const
    {
        return fineTuned ? *m_snapshot->b : *m_snapshot->a;
    }
    layout::TanglegramOptions options() const;
    /// One layout at a time; the newest comparison and options win.
    void request();
    void changeOptions();
    /// Labels of the present snapshot's concepts; the newest set wins.
    void requestLabels();
    void adopt(Snapshot snapshot);
    void followSelection();
    void setCurrent(bool fineTuned, layout::Node node);

    QPointer<StudySession> m_session;
    QPointer<Selection> m_selection;
    QPointer<Annotations> m_annotations;
    Snapshot m_snapshot;
    QString m_error;
    bool m_active = true;
    bool m_roomBySize = false;
    std::map<int, std::pair<std::vector<layout::Node>, std::vector<layout::Node>>> m_collapsed; ///< by layer
    bool m_currentFineTuned = false;
    layout::Node m_currentNode = -1;
    bool m_choseSubtree = false; ///< since the selection last changed
    TreeNodeCard m_current;
    TreeNodeCard m_hovered;
    int m_job = 0;
    QStringList m_labelSets;
    QString m_labelSet;
    std::shared_ptr<const label::LabelTable> m_labelTable; ///< of m_labelSet, once read
    std::shared_ptr<const align::LabelCategories> m_labels;
    int m_labelJob = 0;
    int m_labelGeneration = 0; ///< labels of an earlier request are dropped
};

} // namespace palimpsest::app
