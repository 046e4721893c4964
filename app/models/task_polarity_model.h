#pragma once
// Task concepts per layer, model and class under three definitions, and those of the shown layer.
// Thread: GUI; counted by light jobs.

#include <QObject>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

#include "bridge/study_session.h"
#include "models/chart_model.h"
#include "models/task_concept_list_model.h"
#include "pipeline/task_layers.h"

namespace palimpsest::app {

class TaskPolarityModel : public QObject, public FigureProvider {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by TaskModel")
    Q_PROPERTY(palimpsest::app::ChartModel* gold READ gold CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::ChartModel* predicted READ predicted CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::ChartModel* right READ right CONSTANT FINAL)
    Q_PROPERTY(QStringList definitionTitles READ definitionTitles CONSTANT FINAL)
    Q_PROPERTY(int layerIndex READ layerIndex NOTIFY layerIndexChanged FINAL)
    Q_PROPERTY(bool hasGold READ hasGold NOTIFY changed FINAL)
    Q_PROPERTY(bool hasPredictions READ hasPredictions NOTIFY changed FINAL)
    Q_PROPERTY(bool balanced READ isBalanced WRITE setBalanced NOTIFY optionsChanged FINAL)
    Q_PROPERTY(int definition READ definition WRITE setDefinition NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool fineTuned READ isFineTuned WRITE setFineTuned NOTIFY optionsChanged FINAL)
    Q_PROPERTY(int classIndex READ classIndex WRITE setClassIndex NOTIFY optionsChanged FINAL)
    Q_PROPERTY(palimpsest::app::TaskConceptListModel* concepts READ concepts CONSTANT FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY changed FINAL)
    Q_PROPERTY(bool computing READ isComputing NOTIFY changed FINAL)

public:
    explicit TaskPolarityModel(QObject* parent = nullptr);

    void setSession(StudySession* session);
    void setStudy(std::shared_ptr<const pipeline::TaskStudy> study); ///< null: nothing is open
    void setActive(bool active);

    ChartModel* gold() const { return m_charts[0]; }
    ChartModel* predicted() const { return m_charts[1]; }
    ChartModel* right() const { return m_charts[2]; }
    QStringList definitionTitles() const; ///< of the three charts
    /// The charts that there are beside each other, with one scale.
    Figure figure() const override;
    bool isComplete() const override { return !isComputing(); }
    int layerIndex() const;
    bool hasGold() const { return m_study && m_study->hasGold(); }
    bool hasPredictions() const { return m_study && !m_study->predicted.empty(); }
    bool isBalanced() const { return m_balanced; } ///< shares as if all classes were equally frequent
    void setBalanced(bool balanced);
    int definition() const { return m_definition; } ///< of the list: as in concepts::kClassDefinitions
    void setDefinition(int definition);
    bool isFineTuned() const { return m_side == Selection::FineTuned; } ///< whose concepts are listed
    void setFineTuned(bool fineTuned);
    int classIndex() const { return m_classIndex; } ///< listed; -1: all
    void setClassIndex(int classIndex);
    TaskConceptListModel* concepts() { return &m_concepts; }
    QString summary() const { return m_summary; } ///< of the list, in a sentence
    bool isComputing() const { return m_layersJob != 0 || m_listJob != 0; }

    Q_INVOKABLE void activateIndex(int index); ///< goes to a layer by its place

Q_SIGNALS:
    void changed();
    void optionsChanged();
    void layerIndexChanged();

private:
    using Layers = std::vector<pipeline::LayerPolarity>;
    using Rows = std::vector<TaskConceptListModel::Row>;
    void startLayers();
    void startList();
    void showLayers(const Layers& layers);
    void showList(const Comparison& comparison, Rows rows);
    QStringList classNames() const;

    QPointer<StudySession> m_session;
    std::shared_ptr<const pipeline::TaskStudy> m_study;
    std::array<ChartModel*, 3> m_charts{};
    TaskConceptListModel m_concepts;
    QString m_summary;
    int m_definition = 0;
    int m_classIndex = -1;
    Selection::Side m_side = Selection::FineTuned;
    bool m_balanced = false;
    bool m_active = true;
    int m_layersJob = 0, m_listJob = 0;
    bool m_layersAgain = false, m_listAgain = false;
};

} // namespace palimpsest::app
