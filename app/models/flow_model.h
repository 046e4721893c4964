#pragma once
// What the Flow view looks at: occurrences going from base to fine-tuned, or from layer to layer of a model.
// Thread: GUI; flows, words and lineages are made by light jobs, the newest request wins.

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include "bridge/annotations.h"
#include "bridge/navigator.h"
#include "bridge/selection.h"
#include "bridge/study_session.h"
#include "models/lineage_list_model.h"
#include "models/word_table_model.h"

namespace palimpsest::app {

/// Nothing is computed while the view is not looked at (`active`). The selected concept is followed through
/// the columns where one of them is its layer's.
class FlowModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        palimpsest::app::StudySession* session READ session WRITE setSession NOTIFY sessionChanged FINAL)
    Q_PROPERTY(
        palimpsest::app::Selection* selection READ selection WRITE setSelection NOTIFY selectionChanged FINAL)
    Q_PROPERTY(
        palimpsest::app::Navigator* navigator READ navigator WRITE setNavigator NOTIFY navigatorChanged FINAL)
    Q_PROPERTY(palimpsest::app::Annotations* annotations READ annotations WRITE setAnnotations NOTIFY
            annotationsChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(Across across READ across WRITE setAcross NOTIFY optionsChanged FINAL)
    Q_PROPERTY(Grouping grouping READ grouping WRITE setGrouping NOTIFY optionsChanged FINAL)
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString error READ error NOTIFY stateChanged FINAL)
    Q_PROPERTY(QVariant snapshot READ snapshotValue NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(QVariant lineageSnapshot READ lineageValue NOTIFY lineageChanged FINAL)
    Q_PROPERTY(QString lineageTitle READ lineageTitle NOTIFY lineageChanged FINAL)
    Q_PROPERTY(QStringList groupNames READ groupNames NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(QStringList columnTitles READ columnTitles NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(int currentColumn READ currentColumn NOTIFY currentChanged FINAL)
    Q_PROPERTY(int currentFrom READ currentFrom NOTIFY currentChanged FINAL)
    Q_PROPERTY(int currentTo READ currentTo NOTIFY currentChanged FINAL)
    Q_PROPERTY(QString currentTitle READ currentTitle NOTIFY currentChanged FINAL)
    Q_PROPERTY(QString currentText READ currentText NOTIFY currentChanged FINAL)
    Q_PROPERTY(palimpsest::app::WordTableModel* words READ words CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::LineageListModel* lineage READ lineage CONSTANT FINAL)

public:
    enum Across {
        Models, ///< base to fine-tuned at the shown layer
        BaseLayers,
        FineTunedLayers,
    };
    Q_ENUM(Across)
    enum Grouping { ByStatus, ByClass };
    Q_ENUM(Grouping)
    enum State { NothingOpen, Computing, Ready, Failed };
    Q_ENUM(State)
    using Snapshot = std::shared_ptr<const align::Flow>;

    using QObject::QObject;

    StudySession* session() const { return m_session; }
    void setSession(StudySession* session);
    Selection* selection() const { return m_selection; }
    void setSelection(Selection* selection);
    Navigator* navigator() const { return m_navigator; } ///< what goes to a step of the lineage
    void setNavigator(Navigator* navigator);
    /// Where names of concepts come from; null: from nowhere.
    Annotations* annotations() const { return m_annotations; }
    void setAnnotations(Annotations* annotations);
    bool isActive() const { return m_active; }
    void setActive(bool active);
    Across across() const { return m_across; }
    void setAcross(palimpsest::app::FlowModel::Across across);
    Grouping grouping() const { return m_grouping; }
    void setGrouping(palimpsest::app::FlowModel::Grouping grouping);

    State state() const;
    bool isBusy() const { return m_job != 0; }
    QString error() const { return m_error; }
    const Snapshot& snapshot() const { return m_flow; }
    QVariant snapshotValue() const { return QVariant::fromValue(m_flow); }
    QVariant lineageValue() const { return QVariant::fromValue(m_lineage.lineage()); }
    QString lineageTitle() const; ///< "Base concept 17 of layer 3 followed"; empty when none is
    QStringList groupNames() const;
    QStringList columnTitles() const;
    int currentColumn() const { return m_column; } ///< of the chosen ribbon or block; -1: none
    int currentFrom() const { return m_from; }
    int currentTo() const { return m_to; } ///< -1: a block
    QString currentTitle() const { return titleOf(m_column, m_from, m_to); }
    QString currentText() const { return textOf(m_column, m_from, m_to); }
    WordTableModel* words() { return &m_words; } ///< of the chosen ribbon or block
    LineageListModel* lineage() { return &m_lineage; }

    /// Chooses a ribbon, or a block when `to` is -1.
    Q_INVOKABLE void pick(int column, int from, int to);
    /// "Kept to merged", "Kept"; empty for what the flow does not have.
    Q_INVOKABLE QString titleOf(int column, int from, int to) const;
    /// "1,234 occurrences, 14 % of all".
    Q_INVOKABLE QString textOf(int column, int from, int to) const;
    /// Goes to a concept of the lineage.
    Q_INVOKABLE void goToStep(int row);
    Q_INVOKABLE void retry();

Q_SIGNALS:
    void sessionChanged();
    void selectionChanged();
    void navigatorChanged();
    void annotationsChanged();
    void activeChanged();
    void optionsChanged();
    void stateChanged();
    void snapshotChanged();
    void lineageChanged();
    void currentChanged();

private:
    bool has(int column, int from, int to) const;
    std::uint32_t occurrencesOf(int column, int from, int to) const;
    void request();
    void adopt(Snapshot flow);
    void requestWords();
    void requestLineage();
    void clearLineage();

    QPointer<StudySession> m_session;
    QPointer<Annotations> m_annotations;
    QPointer<Selection> m_selection;
    bool m_active = false;
    Across m_across = Models;
    Grouping m_grouping = ByStatus;
    Snapshot m_flow;
    QString m_error;
    int m_column = -1, m_from = -1, m_to = -1;
    WordTableModel m_words;
    LineageListModel m_lineage;
    QPointer<Navigator> m_navigator;
    int m_job = 0, m_wordsJob = 0, m_lineageJob = 0;
    int m_generation = 0, m_wordsGeneration = 0, m_lineageGeneration = 0;
};

} // namespace palimpsest::app
