#pragma once
// What the Concepts and Alignment views look at: the compared layer, the selected concept and its
// counterpart. Thread: GUI. Follows StudySession and Selection; computes nothing that takes long.

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include "bridge/label_session.h"
#include "bridge/study_session.h"
#include "bridge/turn.h"
#include "models/concept_card_model.h"
#include "models/concept_filter_model.h"
#include "models/concept_pair.h"
#include "models/overlap_list_model.h"

namespace palimpsest::app {

/// The selection is kept when the snapshot changes: it goes to the concept of the new snapshot that holds
/// most of the selected one's members, at once, since other views share the selection. What is shown follows
/// in turns of its own: the list, its labels, then the cards. Each selected concept starts with its best
/// counterpart.
class ConceptBrowser : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        palimpsest::app::StudySession* session READ session WRITE setSession NOTIFY sessionChanged FINAL)
    Q_PROPERTY(
        palimpsest::app::Selection* selection READ selection WRITE setSelection NOTIFY selectionChanged FINAL)
    Q_PROPERTY(palimpsest::app::Annotations* annotations READ annotations WRITE setAnnotations NOTIFY
            annotationsChanged FINAL)
    Q_PROPERTY(palimpsest::app::LabelSession* labels READ labels WRITE setLabels NOTIFY labelsChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(int layer READ layer NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(double theta READ theta NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(QString thetaText READ thetaText NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(QStringList classNames READ classNames NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(QVariant snapshot READ snapshotValue NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(int currentRow READ currentRow NOTIFY currentRowChanged FINAL)
    Q_PROPERTY(palimpsest::app::ConceptFilterModel* concepts READ concepts CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::ConceptCardModel* card READ card CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::ConceptCardModel* counterpart READ counterpart CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::OverlapListModel* overlaps READ overlaps CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::ConceptPair* pair READ pair CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::ConceptPair* hoveredPair READ hoveredPair CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::WordTableModel* sharedWords READ sharedWords CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::WordTableModel* onlyBaseWords READ onlyBaseWords CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::WordTableModel* onlyFineTunedWords READ onlyFineTunedWords CONSTANT FINAL)

public:
    enum State {
        NothingOpen, ///< no project
        Computing, ///< a project, but nothing to show for this layer yet
        Ready,
    };
    Q_ENUM(State)

    explicit ConceptBrowser(QObject* parent = nullptr);

    StudySession* session() const { return m_session; }
    void setSession(StudySession* session);
    Selection* selection() const { return m_selection; }
    void setSelection(Selection* selection);

    /// Where names of concepts come from; null: they have none.
    Annotations* annotations() const { return m_annotations; }
    void setAnnotations(Annotations* annotations);
    /// Whose current set gives concepts their labels; null: none.
    LabelSession* labels() const { return m_labels; }
    void setLabels(LabelSession* labels);

    bool isActive() const { return m_listTurn.isActive(); } ///< false: lists and cards wait
    void setActive(bool active);
    /// Something is shown later, or when somebody looks.
    bool isWaiting() const
    {
        return m_listTurn.isWaiting() || m_labelsTurn.isWaiting() || m_cardTurn.isWaiting();
    }

    /// What `session` gives; a test without one gives it here. Null: nothing to show.
    void setSnapshot(Comparison comparison);
    const Comparison& snapshot() const { return m_comparison; }
    /// The same as a value that QML can hand to a figure.
    QVariant snapshotValue() const { return QVariant::fromValue(m_comparison); }

    State state() const;
    int layer() const { return m_comparison ? m_comparison->layerA : -1; }
    double theta() const { return m_comparison ? m_comparison->alignment.theta : 0.0; }
    QString thetaText() const; ///< "90 %"
    QStringList classNames() const;
    int currentRow() const; ///< row of the selected concept in `concepts`, -1 when it is not listed

    ConceptFilterModel* concepts() { return &m_filter; }
    ConceptCardModel* card() { return &m_card; } ///< the selected concept
    ConceptCardModel* counterpart() { return &m_counterpart; } ///< the concept of the other model beside it
    OverlapListModel* overlaps() { return &m_overlaps; } ///< of the selected concept
    ConceptPair* pair() { return &m_pair; } ///< selected concept and counterpart
    ConceptPair* hoveredPair() { return &m_hoveredPair; }
    WordTableModel* sharedWords() { return &m_sharedWords; } ///< of `pair`
    WordTableModel* onlyBaseWords() { return &m_onlyBaseWords; }
    WordTableModel* onlyFineTunedWords() { return &m_onlyFineTunedWords; }

    /// Selects the concept of a listed row; rows outside the list are ignored.
    Q_INVOKABLE void selectRow(int row);
    /// Selects the row `steps` further down (negative: up), stopping at the ends.
    Q_INVOKABLE void step(int steps);
    /// Page up and down move by `page` rows, Home and End to the first and last one. False: not such a key.
    Q_INVOKABLE bool stepByKey(int key, int page);
    /// Asks for a name for the selected concept.
    Q_INVOKABLE void requestRename();
    /// Selects the largest concept of the selected one's model that is not yet named, after the selected one.
    Q_INVOKABLE void goToNextUnnamed();
    /// Selects a base concept with this fine-tuned concept beside it.
    Q_INVOKABLE void selectPair(int baseId, int fineTunedId);
    /// Shows another concept of the other model beside the selected one.
    Q_INVOKABLE void showBeside(int otherId);
    /// The same for a row of `overlaps`.
    Q_INVOKABLE void showOverlap(int row);
    /// Selects the concept that is shown beside the selected one, and the reverse.
    Q_INVOKABLE void goToCounterpart();
    /// Puts numbers and words of a pair into `hoveredPair`; -1: none.
    Q_INVOKABLE void hoverPair(int baseId, int fineTunedId);

Q_SIGNALS:
    void sessionChanged();
    void selectionChanged();
    void annotationsChanged();
    void renameRequested(); ///< the view that shows the card opens the field for the name
    void labelsChanged();
    void activeChanged();
    void stateChanged();
    void snapshotChanged();
    void currentRowChanged();

private:
    void take(Comparison comparison);
    void moveSelection();
    void selectLargest();
    void selectionMoved();
    void list();
    void showLabels();
    std::optional<ConceptRef> selected() const;
    void showWordsAgain();
    void showSelected();
    void showPair(std::optional<base::ClusterId> other);
    void clearPair();

    QPointer<StudySession> m_session;
    QPointer<Selection> m_selection;
    QPointer<Annotations> m_annotations;
    QPointer<LabelSession> m_labels;
    Comparison m_next; ///< what the list is to show
    Comparison m_comparison; ///< what it shows
    Comparison m_last; ///< the last snapshot that was not null: what the selection's id is an id of
    std::optional<base::ClusterId> m_wantedBeside; ///< counterpart that the next selected concept starts with
    Turn m_listTurn, m_labelsTurn, m_cardTurn;
    Turn m_rowTurn;
    ConceptListModel m_list;
    ConceptFilterModel m_filter;
    ConceptCardModel m_card;
    ConceptCardModel m_counterpart;
    OverlapListModel m_overlaps;
    ConceptPair m_pair;
    ConceptPair m_hoveredPair;
    WordTableModel m_sharedWords;
    WordTableModel m_onlyBaseWords;
    WordTableModel m_onlyFineTunedWords;
};

} // namespace palimpsest::app
