#pragma once
// What the Labels view looks at: the sets, one set's labels by layer, and the concepts behind a cell.
// Thread: GUI. Follows LabelSession and Selection; the matrix is made by light jobs, the newest one wins.

#include <QObject>
#include <QPointer>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include "bridge/label_session.h"
#include "bridge/turn.h"
#include "models/label_concept_list_model.h"
#include "models/label_curve_list_model.h"
#include "models/label_matrix_builder.h"
#include "models/label_set_list_model.h"
#include "models/label_share_model.h"

namespace palimpsest::app {

class JobController;

class LabelBrowser : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(palimpsest::app::LabelSession* labels READ labels WRITE setLabels NOTIFY labelsChanged FINAL)
    Q_PROPERTY(
        palimpsest::app::Selection* selection READ selection WRITE setSelection NOTIFY selectionChanged FINAL)
    Q_PROPERTY(palimpsest::app::Annotations* annotations READ annotations WRITE setAnnotations NOTIFY
            annotationsChanged FINAL)
    Q_PROPERTY(palimpsest::app::JobController* jobs READ jobs WRITE setJobs NOTIFY jobsChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(QVariant matrix READ matrixValue NOTIFY matrixChanged FINAL)
    Q_PROPERTY(int rowCount READ rowCount NOTIFY matrixChanged FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY matrixChanged FINAL)
    Q_PROPERTY(QString chanceText READ chanceText NOTIFY chanceTextChanged FINAL)
    Q_PROPERTY(Rows rows READ rows WRITE setRows NOTIFY optionsChanged FINAL)
    Q_PROPERTY(Sort sort READ sort WRITE setSort NOTIFY optionsChanged FINAL)
    Q_PROPERTY(int sortedLayer READ sortedLayer NOTIFY optionsChanged FINAL)
    Q_PROPERTY(int sortedSide READ sortedSide NOTIFY optionsChanged FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY optionsChanged FINAL)
    Q_PROPERTY(QString sortedColumn READ sortedColumn WRITE setSortedColumn NOTIFY optionsChanged FINAL)
    Q_PROPERTY(int pickedLabel READ pickedLabel WRITE setPickedLabel NOTIFY pickedChanged FINAL)
    Q_PROPERTY(int pickedLayer READ pickedLayer NOTIFY pickedChanged FINAL)
    Q_PROPERTY(int pickedSide READ pickedSide WRITE setPickedSide NOTIFY pickedChanged FINAL)
    Q_PROPERTY(int listKind READ listKind WRITE setListKind NOTIFY pickedChanged FINAL)
    Q_PROPERTY(QString listTitle READ listTitle NOTIFY listChanged FINAL)
    Q_PROPERTY(QString listNote READ listNote NOTIFY listChanged FINAL)
    Q_PROPERTY(int currentRow READ currentRow NOTIFY listChanged FINAL)
    Q_PROPERTY(QString shareTitle READ shareTitle NOTIFY listChanged FINAL)
    Q_PROPERTY(QString shareNote READ shareNote NOTIFY listChanged FINAL)
    Q_PROPERTY(palimpsest::app::LabelSetListModel* sets READ sets CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::LabelConceptListModel* concepts READ concepts CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::LabelShareModel* shares READ shares CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::LabelCurveListModel* curves READ curves CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::ChartModel* currentCurve READ currentCurve CONSTANT FINAL)

public:
    enum State {
        NothingOpen, ///< no project
        Computing, ///< nothing to show yet
        NoSets, ///< the project has no labels
        Ready,
    };
    Q_ENUM(State)
    enum Rows { AllLabels, CarriedLabels, BareLabels };
    Q_ENUM(Rows)
    enum Sort { ByConcepts, ByFrequency, ByName, ByChange, ByColumn };
    Q_ENUM(Sort)

    explicit LabelBrowser(QObject* parent = nullptr);

    LabelSession* labels() const { return m_labels; }
    void setLabels(LabelSession* labels);
    Selection* selection() const { return m_selection; }
    void setSelection(Selection* selection);
    Annotations* annotations() const { return m_annotations; }
    void setAnnotations(Annotations* annotations);
    JobController* jobs() const { return m_jobs; }
    void setJobs(JobController* jobs);
    bool isActive() const { return m_numbersTurn.isActive(); } ///< false: other numbers wait
    void setActive(bool active);

    State state() const;
    const std::shared_ptr<const LabelMatrix>& matrix() const { return m_matrix; }
    QVariant matrixValue() const { return QVariant::fromValue(m_matrix); }
    int rowCount() const { return m_matrix ? static_cast<int>(m_matrix->rows.size()) : 0; }
    QString summary() const; ///< "12 labels with concepts"
    QString chanceText() const; ///< "Chance levels 3 of 14"; empty when all are there
    Rows rows() const { return static_cast<Rows>(m_options.rows); }
    void setRows(Rows rows);
    Sort sort() const { return static_cast<Sort>(m_options.sort); }
    void setSort(Sort sort);
    int sortedLayer() const; ///< -1: not sorted by a column
    int sortedSide() const { return m_options.sortedSide; }
    QString text() const { return QString::fromStdString(m_options.text); } ///< labels that contain it
    void setText(const QString& text);

    QString sortedColumn() const; ///< layer and side as a place keeps them; empty: not sorted by a column
    void setSortedColumn(const QString& column); ///< any other text is ignored
    int pickedLabel() const { return m_pickedLabel; } ///< -1: all labels
    void setPickedLabel(int label); ///< one that there is not is ignored
    int pickedLayer() const; ///< the shown layer
    int pickedSide() const { return m_pickedSide; }
    void setPickedSide(int side);
    int listKind() const { return m_listKind; } ///< LabelConceptListModel::Kind
    void setListKind(int kind);
    QString listTitle() const;
    QString listNote() const; ///< how many are listed, and what they are
    int currentRow() const; ///< of the selected concept in `concepts`, -1 when it is not listed
    QString shareTitle() const; ///< whose distribution `shares` is
    QString shareNote() const;

    LabelSetListModel* sets() { return &m_sets; }
    LabelConceptListModel* concepts() { return &m_concepts; }
    LabelShareModel* shares() { return &m_shares; }
    LabelCurveListModel* curves() { return &m_curves; }
    ChartModel* currentCurve() { return &m_currentCurve; } ///< of the current set

    /// Goes to a layer and lists the concepts that carry the label there; label -1: any.
    Q_INVOKABLE void pickCell(int label, int layer, int side);
    Q_INVOKABLE void sortByColumn(int layer, int side);
    /// Selects a listed concept everywhere; rows outside the list are ignored.
    Q_INVOKABLE void selectRow(int row);
    /// Selects the row `steps` further down (negative: up), stopping at the ends.
    Q_INVOKABLE void step(int steps);

Q_SIGNALS:
    void labelsChanged();
    void selectionChanged();
    void annotationsChanged();
    void jobsChanged();
    void activeChanged();
    void stateChanged();
    void matrixChanged();
    void chanceTextChanged();
    void optionsChanged();
    void pickedChanged();
    void listChanged();

private:
    void setsChanged();
    void layersChanged();
    void currentChanged();
    void chanceChanged(int set);
    void changeOptions(const LabelMatrixOptions& options);
    void requestMatrix();
    std::vector<LabelMatrixLayer> matrixLayers() const;
    void refreshList();
    void refreshShares();
    QString labelText(int label) const;

    Turn m_numbersTurn, m_listTurn;
    QPointer<LabelSession> m_labels;
    QPointer<Selection> m_selection;
    QPointer<Annotations> m_annotations;
    QPointer<JobController> m_jobs;
    LabelMatrixOptions m_options;
    std::shared_ptr<const LabelMatrix> m_matrix;
    int m_pickedLabel = -1;
    int m_pickedSide = Selection::FineTuned;
    int m_listKind = LabelConceptListModel::Carriers;
    int m_matrixJob = 0;
    bool m_matrixStale = false; ///< asked for again while a job runs
    LabelSetListModel m_sets;
    LabelConceptListModel m_concepts;
    LabelShareModel m_shares;
    LabelCurveListModel m_curves;
    ChartModel m_currentCurve{ChartModel::Lines};
};

} // namespace palimpsest::app
