#pragma once
// What fine-tuning did, over all layers: a sentence, three charts and the numbers.
// Thread: GUI.

#include <QObject>
#include <QPointer>
#include <QString>
#include <QtQml/qqmlregistration.h>

#include "bridge/study_session.h"
#include "bridge/turn.h"
#include "models/chart_model.h"
#include "models/headline_model.h"
#include "models/layer_table_model.h"

namespace palimpsest::app {

class OverviewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        palimpsest::app::StudySession* session READ session WRITE setSession NOTIFY sessionChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(bool available READ isAvailable NOTIFY changed FINAL)
    Q_PROPERTY(QString headline READ headline NOTIFY changed FINAL)
    Q_PROPERTY(QString plainHeadline READ plainHeadline NOTIFY changed FINAL)
    Q_PROPERTY(palimpsest::app::HeadlineModel* headlineWords READ headlineWords CONSTANT FINAL)
    Q_PROPERTY(QString basis READ basis NOTIFY changed FINAL)
    Q_PROPERTY(int layerIndex READ layerIndex NOTIFY layerIndexChanged FINAL)
    Q_PROPERTY(palimpsest::app::ChartModel* keptChart READ keptChart CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::ChartModel* statusChart READ statusChart CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::ChartModel* taskChart READ taskChart CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::LayerTableModel* table READ table CONSTANT FINAL)

public:
    explicit OverviewModel(QObject* parent = nullptr);

    StudySession* session() const { return m_session; }
    void setSession(StudySession* session);
    bool isActive() const { return m_turn.isActive(); } ///< false: what is new waits until somebody looks
    void setActive(bool active);
    bool isAvailable() const { return !m_headline.isEmpty(); }
    /// Rich text; each number links to the layer it is about.
    QString headline() const { return m_headline; }
    QString plainHeadline() const; ///< without links, for screen readers and the clipboard
    HeadlineModel* headlineWords() const { return m_headlineWords; } ///< the headline to lay out
    /// What the numbers rest on: "2,000 sentences, 24,100 word occurrences, 600 concepts per layer, θ = 0.90"
    QString basis() const { return m_basis; }
    int layerIndex() const; ///< of the shown layer among the layers
    ChartModel* keptChart() const { return m_keptChart; }
    ChartModel* statusChart() const { return m_statusChart; }
    ChartModel* taskChart() const { return m_taskChart; }
    LayerTableModel* table() const { return m_table; }

    /// Goes where a link of the headline points.
    Q_INVOKABLE void activateLink(const QString& link);
    /// Goes to the layer at `index` of the charts.
    Q_INVOKABLE void activateIndex(int index);
    /// Copies the headline and the table to the clipboard.
    Q_INVOKABLE void copyTable() const;

Q_SIGNALS:
    void sessionChanged();
    void activeChanged();
    void changed();
    void layerIndexChanged();

private:
    void refresh();
    void refreshFocus();

    QPointer<StudySession> m_session;
    Turn m_turn;
    ChartModel* m_keptChart = nullptr;
    ChartModel* m_statusChart = nullptr;
    ChartModel* m_taskChart = nullptr;
    LayerTableModel* m_table = nullptr;
    HeadlineModel* m_headlineWords = nullptr;
    QString m_headline;
    QString m_basis;
};

/// The sentence that says what fine-tuning did; `layers` not empty. Rich text with links "layer:N".
[[nodiscard]] QString findingSentence(const std::vector<align::LayerSummary>& layers, bool hasClasses);

} // namespace palimpsest::app
