#pragma once
// Every layer against every layer: computed row by row beside the window, the shown layer's row first, and
// kept. Thread: GUI.

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include <deque>

#include "bridge/annotations.h"
#include "bridge/navigator.h"
#include "bridge/selection.h"
#include "bridge/study_session.h"
#include "models/layer_pair_list_model.h"
#include "project/layer_concepts.h"

namespace palimpsest::app {

/// Nothing is computed while the view is not looked at (`active`). θ costs nothing: cells know their shares
/// at every θ. Matrices of the last few K are kept.
class LayerMatrixModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        palimpsest::app::StudySession* session READ session WRITE setSession NOTIFY sessionChanged FINAL)
    Q_PROPERTY(
        palimpsest::app::Navigator* navigator READ navigator WRITE setNavigator NOTIFY navigatorChanged FINAL)
    Q_PROPERTY(palimpsest::app::Annotations* annotations READ annotations WRITE setAnnotations NOTIFY
            annotationsChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(Models models READ models WRITE setModels NOTIFY modelsChanged FINAL)
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool busy READ isBusy NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool stopped READ isStopped NOTIFY stateChanged FINAL)
    Q_PROPERTY(double progress READ progress NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString progressText READ progressText NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString error READ error NOTIFY stateChanged FINAL)
    Q_PROPERTY(QVariant snapshot READ snapshotValue NOTIFY snapshotChanged FINAL)
    Q_PROPERTY(double theta READ theta NOTIFY thetaChanged FINAL)
    Q_PROPERTY(int rowLayer READ rowLayer NOTIFY cellChanged FINAL)
    Q_PROPERTY(int columnLayer READ columnLayer NOTIFY cellChanged FINAL)
    Q_PROPERTY(QString rowTitle READ rowTitle NOTIFY modelsChanged FINAL)
    Q_PROPERTY(QString columnTitle READ columnTitle NOTIFY modelsChanged FINAL)
    Q_PROPERTY(QString cellTitle READ cellTitle NOTIFY cellChanged FINAL)
    Q_PROPERTY(QString cellText READ cellText NOTIFY cellTextChanged FINAL)
    Q_PROPERTY(palimpsest::app::LayerPairListModel* concepts READ concepts CONSTANT FINAL)

public:
    /// Whose layers stand in rows and columns.
    enum Models { BaseAndFineTuned, BaseAlone, FineTunedAlone };
    Q_ENUM(Models)
    enum State { NothingOpen, Computing, Ready, Failed };
    Q_ENUM(State)

    explicit LayerMatrixModel(QObject* parent = nullptr);

    StudySession* session() const { return m_session; }
    void setSession(StudySession* session);
    Navigator* navigator() const { return m_navigator; } ///< what goes to a listed concept
    void setNavigator(Navigator* navigator);
    /// Where names of concepts come from; null: from nowhere.
    Annotations* annotations() const { return m_annotations; }
    void setAnnotations(Annotations* annotations);
    bool isActive() const { return m_active; }
    void setActive(bool active);
    Models models() const { return m_models; }
    void setModels(palimpsest::app::LayerMatrixModel::Models models);

    State state() const;
    bool isBusy() const { return m_job != 0; }
    bool isStopped() const { return m_stopped; } ///< on request, before all cells were computed
    double progress() const; ///< of the shown matrix, 0..1
    QString progressText() const; ///< "12 of 49 pairs of layers"
    QString error() const { return m_error; }
    QVariant snapshotValue() const { return QVariant::fromValue(m_matrix); }
    const std::shared_ptr<const align::LayerMatrix>& snapshot() const { return m_matrix; }
    double theta() const { return m_session ? m_session->theta() : 0.9; }
    int rowLayer() const { return m_rowLayer; } ///< of the chosen cell; -1: none
    int columnLayer() const { return m_columnLayer; }
    QString rowTitle() const;
    QString columnTitle() const;
    QString cellTitle() const; ///< "Base layer 3 and fine-tuned layer 4"
    QString cellText() const; ///< its shares in one sentence
    LayerPairListModel* concepts() { return &m_concepts; } ///< of the chosen cell

    Q_INVOKABLE void pickCell(int rowLayer, int columnLayer);
    /// Goes to the row's layer and selects the concept of a listed row there, if there is a navigator.
    Q_INVOKABLE void goToConcept(int row);
    Q_INVOKABLE void stop();
    Q_INVOKABLE void resume(); ///< after stop() or a failure

Q_SIGNALS:
    void sessionChanged();
    void navigatorChanged();
    void annotationsChanged();
    void activeChanged();
    void modelsChanged();
    void stateChanged();
    void snapshotChanged();
    void thetaChanged();
    void cellChanged();
    void cellTextChanged();

private:
    struct Key {
        int k = 0;
        Models models = BaseAndFineTuned;
        bool operator==(const Key&) const = default;
    };
    struct Kept {
        Key key;
        std::shared_ptr<const align::LayerMatrix> matrix;
    };
    project::Side rowSide() const
    {
        return m_models == FineTunedAlone ? project::Side::FineTuned : project::Side::Base;
    }
    project::Side columnSide() const
    {
        return m_models == BaseAlone ? project::Side::Base : project::Side::FineTuned;
    }
    void reset();
    /// Shows the matrix of the present K, as far as it is known, and goes on with it.
    void show();
    void abandon(); ///< the row that is under way
    void computeNext();
    int nextRow() const; ///< index of the row to compute; -1: all are there
    void fill(std::size_t row, const std::vector<int>& columns,
        const std::vector<std::shared_ptr<const align::LayerPair>>& pairs);
    void requestList();

    QPointer<StudySession> m_session;
    QPointer<Annotations> m_annotations;
    bool m_active = false;
    Models m_models = BaseAndFineTuned;
    std::shared_ptr<project::LayerConcepts> m_layerConcepts; ///< of the K that is being computed
    std::shared_ptr<const align::LayerMatrix> m_matrix;
    std::deque<Kept> m_kept; ///< newest first
    QTimer m_restTimer; ///< a dragged K slider rests
    bool m_stopped = false;
    QString m_error;
    int m_job = 0;
    int m_generation = 0; ///< rows of an earlier request are dropped
    int m_rowLayer = -1;
    int m_columnLayer = -1;
    LayerPairListModel m_concepts;
    int m_listJob = 0;
    int m_listGeneration = 0;
    QPointer<Navigator> m_navigator;
};

} // namespace palimpsest::app
