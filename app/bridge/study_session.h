#pragma once
// The open project as the window sees it: which layer, K and θ are looked at, and the results that belong to
// them. Thread: GUI. Results are computed by light jobs and swapped in here; they are shared and immutable.

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <cstdint>
#include <functional>
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
    Q_PROPERTY(bool opening READ isOpening NOTIFY openingChanged FINAL)
    Q_PROPERTY(QString projectName READ projectName NOTIFY resultsChanged FINAL)
    Q_PROPERTY(QString projectPath READ projectPath NOTIFY resultsChanged FINAL)
    Q_PROPERTY(int sentenceCount READ sentenceCount NOTIFY resultsChanged FINAL)
    Q_PROPERTY(int occurrenceCount READ occurrenceCount NOTIFY resultsChanged FINAL)
    Q_PROPERTY(QList<int> layers READ layers NOTIFY resultsChanged FINAL)
    Q_PROPERTY(QStringList classNames READ classNames NOTIFY resultsChanged FINAL)
    Q_PROPERTY(QStringList warnings READ warnings NOTIFY resultsChanged FINAL)
    Q_PROPERTY(int layer READ layer WRITE setLayer NOTIFY layerChanged FINAL)
    Q_PROPERTY(int k READ k WRITE setK NOTIFY kChanged FINAL)
    Q_PROPERTY(int kMaximum READ kMaximum NOTIFY resultsChanged FINAL)
    Q_PROPERTY(double theta READ theta WRITE setTheta NOTIFY thetaChanged FINAL)
    Q_PROPERTY(bool comparing READ isComparing NOTIFY comparingChanged FINAL)
    Q_PROPERTY(bool summarizing READ isSummarizing NOTIFY summarizingChanged FINAL)
    Q_PROPERTY(QString error READ error NOTIFY errorChanged FINAL)

public:
    explicit StudySession(JobController& jobs, QObject* parent = nullptr);
    ~StudySession() override;

    /// Opens in a light job; the old project stays until the new one is there. On failure `error` says why
    /// and nothing else changes.
    Q_INVOKABLE void openProject(const QString& path);
    Q_INVOKABLE void closeProject();
    Q_INVOKABLE void clearError();
    /// Goes `steps` layers up, or down when negative; stays at the first and the last one.
    Q_INVOKABLE void stepLayer(int steps);

    bool isOpen() const { return m_results != nullptr; }
    bool isOpening() const { return m_openJob != 0; }
    /// A value that the project keeps, such as "k" or "mask_words"; empty when absent.
    QString parameter(const QString& name) const;
    /// Writes such a value in a light job; a failure is shown.
    void keepParameter(const QString& name, const QString& value);
    QString projectName() const;
    QString projectPath() const;
    int sentenceCount() const;
    int occurrenceCount() const;
    QList<int> layers() const; ///< ascending; empty while nothing is open
    QStringList classNames() const; ///< classes of the corpus, in their order
    QStringList warnings() const; ///< what the run left out, one sentence each
    int layer() const { return m_layer; } ///< -1 while nothing is open
    void setLayer(int layer); ///< ignored when the project has no such layer
    int k() const { return m_k; }
    void setK(int k); ///< clamped to 2..kMaximum
    int kMaximum() const; ///< of the slider: occurrences, but no more than 2,000 or twice the run's K
    double theta() const { return m_theta; }
    /// θ of concepts and of labels; below it nearly everything is aligned to everything.
    static constexpr double kMinimumTheta = 0.05;
    void setTheta(double theta); ///< clamped to kMinimumTheta..1
    bool isComparing() const { return m_compareJob != 0; }
    bool isSummarizing() const { return m_summaryJob != 0; }
    /// The shown layer is compared, and nothing at all is being computed.
    bool isSettled() const;
    QString error() const { return m_error; }

    /// Compares a layer at one K and θ. Called by workers; shares what the session has compared already.
    using LayerSource = std::function<base::Result<std::shared_ptr<const align::LayerComparison>>(int layer)>;
    LayerSource layerSource() const; ///< for the present K and θ; empty while nothing is open
    JobController& jobs() const { return m_jobs; } ///< for models that compute from the open project
    /// Null while nothing is open or the first comparison is not there yet.
    std::shared_ptr<const project::StudyResults> results() const { return m_results; }
    /// Of the shown layer. While `comparing` it may still be of the K and θ before (its own fields say
    /// which), so that a view follows a dragged slider; null right after another project was opened.
    std::shared_ptr<const align::LayerComparison> comparison() const { return m_comparison; }
    /// Comparisons at the present K that are there already, by layer ascending, each at the θ it was last
    /// asked for; all layers once summariesChanged was sent.
    std::vector<std::shared_ptr<const align::LayerComparison>> comparisons() const;
    /// One per layer, ascending; empty until first computed, and of the K and θ before while `summarizing`.
    const std::vector<align::LayerSummary>& summaries() const { return m_summaries; }

Q_SIGNALS:
    void resultsChanged(); ///< another project, or none
    void openingChanged();
    void layerChanged();
    void kChanged();
    void thetaChanged();
    void comparingChanged();
    void summarizingChanged();
    void comparisonChanged();
    void summariesChanged();
    void errorChanged();
    /// The project at `path` was found with some or all of its layers not computed yet.
    void unfinishedFound(const QString& path);

private:
    struct LayerCache;
    struct Opened;
    /// What a job was asked for.
    struct Wanted {
        std::uint64_t project = 0; ///< counts projects; results of an earlier one are dropped
        int layer = -1;
        int k = 0;
        double theta = 0.0;
        bool operator==(const Wanted&) const = default;
        bool sameNumbers(const Wanted& other) const ///< whatever the layer
        {
            return project == other.project && k == other.k && theta == other.theta;
        }
    };
    void adopt(const Opened& opened);
    void show(std::shared_ptr<const project::StudyResults> results);
    void resetCache();
    /// Compares the shown layer at K and θ, then summarises all layers.
    void request();
    void requestSummaries();
    void setError(const QString& error);
    Wanted wanted() const;

    JobController& m_jobs;
    std::shared_ptr<const project::StudyResults> m_results;
    std::shared_ptr<const align::LayerComparison> m_comparison;
    std::shared_ptr<LayerCache> m_cache; ///< comparisons at m_k, filled by workers
    std::vector<align::LayerSummary> m_summaries;
    Wanted m_summariesFor;
    QString m_error;
    double m_theta = 0.9;
    int m_layer = -1;
    int m_k = 0;
    int m_openJob = 0;
    int m_compareJob = 0;
    int m_summaryJob = 0;
    std::uint64_t m_project = 0;
    std::uint64_t m_attempt = 0; ///< counts attempts to open; the last one wins
};

} // namespace palimpsest::app
