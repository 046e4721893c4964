#pragma once
// The open project as the window sees it: which layer, K and θ are looked at, and the results that belong to them.
// Thread: GUI. Results are computed by light jobs and swapped in here; they are shared and immutable.

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "align/layer_comparison.h"
#include "project/study_results.h"

namespace palimpsest::app {

class JobController;

class StudySession : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(bool open READ isOpen NOTIFY resultsChanged FINAL)
    Q_PROPERTY(QString projectName READ projectName NOTIFY resultsChanged FINAL)
    Q_PROPERTY(QString projectPath READ projectPath NOTIFY resultsChanged FINAL)
    Q_PROPERTY(int sentenceCount READ sentenceCount NOTIFY resultsChanged FINAL)
    Q_PROPERTY(int occurrenceCount READ occurrenceCount NOTIFY resultsChanged FINAL)
    Q_PROPERTY(int layer READ layer WRITE setLayer NOTIFY layerChanged FINAL)
    Q_PROPERTY(int k READ k WRITE setK NOTIFY kChanged FINAL)
    Q_PROPERTY(int kMaximum READ kMaximum NOTIFY resultsChanged FINAL)
    Q_PROPERTY(double theta READ theta WRITE setTheta NOTIFY thetaChanged FINAL)
    Q_PROPERTY(bool comparing READ isComparing NOTIFY comparingChanged FINAL)
    Q_PROPERTY(QString error READ error NOTIFY errorChanged FINAL)

public:
    explicit StudySession(JobController& jobs, QObject* parent = nullptr);
    ~StudySession() override;

    /// Opens in a light job; the old project stays until the new one is there. On failure `error` says why and
    /// nothing else changes.
    Q_INVOKABLE void openProject(const QString& path);
    Q_INVOKABLE void closeProject();
    Q_INVOKABLE void clearError();

    bool isOpen() const { return m_results != nullptr; }
    QString projectName() const;
    QString projectPath() const;
    int sentenceCount() const;
    int occurrenceCount() const;
    int layer() const { return m_layer; }           ///< -1 while nothing is open
    void setLayer(int layer);                       ///< ignored when the project has no such layer
    int k() const { return m_k; }
    void setK(int k);                               ///< clamped to 2..kMaximum
    int kMaximum() const;
    double theta() const { return m_theta; }
    void setTheta(double theta);                    ///< clamped to 0.05..1
    bool isComparing() const { return m_comparing; }
    QString error() const { return m_error; }

    /// Null while nothing is open or the first comparison is not there yet.
    std::shared_ptr<const project::StudyResults> results() const { return m_results; }
    std::shared_ptr<const align::LayerComparison> comparison() const { return m_comparison; }
    /// One per layer, ascending; empty until computed for the present K and θ.
    const std::vector<align::LayerSummary>& summaries() const { return m_summaries; }

signals:
    void resultsChanged();    ///< another project, or none
    void layerChanged();
    void kChanged();
    void thetaChanged();
    void comparingChanged();
    void comparisonChanged(); ///< comparison() fits layer, k and θ again
    void summariesChanged();
    void errorChanged();

private:
    void adopt(std::shared_ptr<const project::StudyResults> results);
    void requestComparison();
    void requestSummaries();
    void setError(const QString& error);
    void setComparing(bool comparing);

    JobController& m_jobs;
    std::shared_ptr<const project::StudyResults> m_results;
    std::shared_ptr<const align::LayerComparison> m_comparison;
    std::vector<align::LayerSummary> m_summaries;
    QString m_error;
    double m_theta = 0.9;
    int m_layer = -1;
    int m_k = 0;
    bool m_comparing = false;
    std::uint64_t m_generation = 0; ///< results of superseded requests are dropped
};

} // namespace palimpsest::app
