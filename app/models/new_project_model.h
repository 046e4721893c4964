#pragma once
// What the new-project dialog asks for, checked while it is filled in.
// Thread: GUI; files are read and checked by light jobs.

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <cstdint>
#include <optional>

#include "models/model_choice.h"
#include "models/preview_table_model.h"
#include "pipeline/run_study.h"

namespace palimpsest::app {

class JobController;
class StudyRunner;

class NewProjectModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(palimpsest::app::ModelChoice* baseModel READ baseModel CONSTANT FINAL)
    Q_PROPERTY(palimpsest::app::ModelChoice* fineTunedModel READ fineTunedModel CONSTANT FINAL)
    Q_PROPERTY(QString corpusPath READ corpusPath WRITE setCorpusPath NOTIFY formChanged FINAL)
    Q_PROPERTY(QString projectPath READ projectPath WRITE setProjectPath NOTIFY formChanged FINAL)
    Q_PROPERTY(QString textColumn READ textColumn WRITE setTextColumn NOTIFY formChanged FINAL)
    Q_PROPERTY(QString labelColumn READ labelColumn WRITE setLabelColumn NOTIFY formChanged FINAL)
    Q_PROPERTY(QString pairColumn READ pairColumn WRITE setPairColumn NOTIFY formChanged FINAL)
    Q_PROPERTY(QString layers READ layers WRITE setLayers NOTIFY formChanged FINAL)
    Q_PROPERTY(int pooling READ pooling WRITE setPooling NOTIFY formChanged FINAL)
    Q_PROPERTY(QString device READ device WRITE setDevice NOTIFY formChanged FINAL)
    Q_PROPERTY(int maxWords READ maxWords WRITE setMaxWords NOTIFY formChanged FINAL)
    Q_PROPERTY(int minFrequency READ minFrequency WRITE setMinFrequency NOTIFY formChanged FINAL)
    Q_PROPERTY(int maxFrequency READ maxFrequency WRITE setMaxFrequency NOTIFY formChanged FINAL)
    Q_PROPERTY(int maxOccurrences READ maxOccurrences WRITE setMaxOccurrences NOTIFY formChanged FINAL)
    Q_PROPERTY(int k READ k WRITE setK NOTIFY formChanged FINAL)
    Q_PROPERTY(double theta READ theta WRITE setTheta NOTIFY formChanged FINAL)

    Q_PROPERTY(palimpsest::app::PreviewTableModel* preview READ preview CONSTANT FINAL)
    Q_PROPERTY(QStringList textColumns READ textColumns NOTIFY previewChanged FINAL)
    Q_PROPERTY(QStringList labelColumns READ labelColumns NOTIFY previewChanged FINAL)
    Q_PROPERTY(QStringList pairColumns READ labelColumns NOTIFY previewChanged FINAL)
    Q_PROPERTY(QString corpusProblem READ corpusProblem NOTIFY previewChanged FINAL)
    Q_PROPERTY(bool checking READ isChecking NOTIFY checkChanged FINAL)
    Q_PROPERTY(bool ready READ isReady NOTIFY checkChanged FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY checkChanged FINAL)
    Q_PROPERTY(QString estimate READ estimate NOTIFY checkChanged FINAL)
    Q_PROPERTY(QString notice READ notice NOTIFY checkChanged FINAL)

public:
    NewProjectModel(JobController& jobs, StudyRunner& runner, QObject* parent = nullptr);

    /// Paths may be typed, "~/…" or file URLs. Choosing a corpus reads its first rows and suggests columns
    /// and, while none was chosen, a project file.
    /// A checkpoint dropped on the window: the base model while there is none, else the fine-tuned one.
    Q_INVOKABLE void takeCheckpoint(const QString& folder);
    ModelChoice* baseModel() const { return m_base; }
    ModelChoice* fineTunedModel() const { return m_fineTuned; }
    QString corpusPath() const { return m_corpusPath; }
    void setCorpusPath(const QString& path);
    QString projectPath() const { return m_projectPath; }
    void setProjectPath(const QString& path);
    QString textColumn() const { return m_textColumn; }
    void setTextColumn(const QString& column);
    QString labelColumn() const { return m_labelColumn; } ///< empty: sentences have no class
    void setLabelColumn(const QString& column);
    QString pairColumn() const { return m_pairColumn; } ///< second text of sentence pairs; empty: no pairs
    void setPairColumn(const QString& column);
    QString layers() const { return m_layers; } ///< "0,3,5-6"; empty: all
    void setLayers(const QString& layers);
    int pooling() const { return m_pooling; } ///< activation::Pooling
    void setPooling(int pooling);
    QString device() const { return m_device; }
    void setDevice(const QString& device);
    int maxWords() const { return m_maxWords; }
    void setMaxWords(int words);
    int minFrequency() const { return m_minFrequency; }
    void setMinFrequency(int frequency);
    int maxFrequency() const { return m_maxFrequency; } ///< 0: no limit
    void setMaxFrequency(int frequency);
    int maxOccurrences() const { return m_maxOccurrences; } ///< 0: no limit
    void setMaxOccurrences(int occurrences);
    int k() const { return m_k; }
    void setK(int k);
    double theta() const { return m_theta; }
    void setTheta(double theta);

    /// Takes all entries from a study, for example one that was written by hand.
    void setStudy(const pipeline::Study& study);

    PreviewTableModel* preview() const { return m_preview; }
    QStringList textColumns() const; ///< to choose from; empty for plain text
    QStringList labelColumns() const; ///< the first entry is empty: no class, or no pairs
    QString corpusProblem() const { return m_corpusProblem; } ///< why the file has no preview
    bool isChecking() const { return m_checkJob != 0 || m_checkTimer.isActive(); }
    bool isReady() const { return m_estimate.has_value() && !isChecking(); }
    /// What still has to be given or put right, one sentence; empty while checking and when ready.
    QString problem() const { return m_problem; }
    /// Sizes and costs of the run, one a line; empty until the choices are valid.
    QString estimate() const;
    /// What will happen to a project file that is there already.
    QString notice() const { return m_notice; }

    /// Starts the run; ignored unless ready. The entries stay as they are.
    Q_INVOKABLE void run();

Q_SIGNALS:
    void formChanged();
    void previewChanged();
    void checkChanged();
    void started();

private:
    struct Checked;
    template <typename T>
    void change(T& member, const T& value);
    void readPreview();
    void adoptPreview(corpus::Preview preview);
    void suggestProjectPath();
    void scheduleCheck();
    void check();
    QString missing() const; ///< the first entry that is not given yet, as a request
    base::Result<pipeline::Study> study() const;

    JobController& m_jobs;
    StudyRunner& m_runner;
    PreviewTableModel* m_preview = nullptr;
    ModelChoice* m_base = nullptr;
    ModelChoice* m_fineTuned = nullptr;
    QTimer m_checkTimer;
    QString m_corpusPath, m_projectPath;
    QString m_textColumn, m_labelColumn, m_pairColumn, m_layers, m_corpusProblem, m_problem, m_notice;
    QString m_device = QStringLiteral("auto");
    std::optional<pipeline::StudyEstimate> m_estimate;
    double m_theta = 0.9;
    int m_pooling = 0;
    int m_maxWords = 300;
    int m_minFrequency = 0;
    int m_maxFrequency = 0;
    int m_maxOccurrences = 0;
    int m_k = 600;
    int m_previewJob = 0;
    int m_checkJob = 0;
    bool m_projectChosen = false; ///< by the user, not by us
    std::uint64_t m_generation = 0; ///< of the entries; checks of earlier ones are dropped
};

} // namespace palimpsest::app
