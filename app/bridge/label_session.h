#pragma once
// The label sets of the open project, and its concepts against them at the shown K. Thread: GUI. Follows
// StudySession; results are computed by light jobs, the shown layer first, then the others, then the chance
// levels, and swapped in here one by one.

#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#include <map>
#include <optional>

#include "bridge/label_results.h"
#include "bridge/selection.h"

namespace palimpsest::app {

class JobController;
class StudySession;

class LabelSession : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Owned by the application")
    Q_PROPERTY(bool loading READ isLoading NOTIFY setsChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY setsChanged FINAL)
    Q_PROPERTY(QStringList names READ names NOTIFY setsChanged FINAL)
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged FINAL)
    Q_PROPERTY(QString currentName READ currentName NOTIFY currentChanged FINAL)
    Q_PROPERTY(double theta READ theta WRITE setTheta NOTIFY questionChanged FINAL)
    Q_PROPERTY(int minimumTypes READ minimumTypes WRITE setMinimumTypes NOTIFY questionChanged FINAL)
    Q_PROPERTY(double maxUnknown READ maxUnknown WRITE setMaxUnknown NOTIFY questionChanged FINAL)
    Q_PROPERTY(bool byType READ isByType WRITE setByType NOTIFY questionChanged FINAL)
    Q_PROPERTY(bool computing READ isComputing NOTIFY computingChanged FINAL)
    Q_PROPERTY(int chanceDone READ chanceDone NOTIFY chanceChanged FINAL)
    Q_PROPERTY(int chanceTotal READ chanceTotal NOTIFY chanceChanged FINAL)

public:
    LabelSession(JobController& jobs, StudySession& session, QObject* parent = nullptr);

    bool isLoading() const { return m_loadJob != 0; }
    int count() const { return m_sets ? static_cast<int>(m_sets->size()) : 0; }
    QStringList names() const;
    /// Null while nothing is open or the sets are not read yet.
    const std::shared_ptr<const LabelSets>& sets() const { return m_sets; }
    /// The set that views show; -1 while there is none.
    int current() const { return m_current; }
    void setCurrent(int index); ///< ignored where there is no such set
    QString currentName() const;

    const LabelQuestion& question() const { return m_question; }
    double theta() const { return m_question.options.theta; }
    void setTheta(double theta); ///< clamped to 0.05..1
    int minimumTypes() const { return static_cast<int>(m_question.options.minimumTypes); }
    void setMinimumTypes(int types); ///< at least 1
    double maxUnknown() const { return m_question.options.maxUnknown; }
    void setMaxUnknown(double share); ///< clamped to 0..1
    bool isByType() const { return m_question.measure == align::Measure::Type; }
    void setByType(bool byType);

    /// Some layer is not of the present K and question yet.
    bool isComputing() const { return m_computing; }
    /// The newest result of a layer; while `computing` it may be of a K or question before (its own fields
    /// say which). Null until first computed.
    std::shared_ptr<const LayerLabels> layer(int layer) const;
    /// Of the shown layer.
    std::shared_ptr<const LayerLabels> shownLayer() const;
    /// Null until computed for what `layer` shows.
    std::shared_ptr<const LabelChance> chance(int set, int layer) const;
    int chanceDone() const { return static_cast<int>(m_chance.size()); } ///< of all sets and layers
    int chanceTotal() const;

    /// Reads the sets again, after one was attached or removed; `name` becomes the current one where it is
    /// there.
    void reload(const QString& name = {});
    StudySession& study() const { return m_session; }

Q_SIGNALS:
    void setsChanged();
    void currentChanged();
    void questionChanged();
    void computingChanged();
    void layersChanged(); ///< the result of one layer or of several
    void chanceChanged(int set); ///< -1: of all sets

private:
    using Layer = std::shared_ptr<const LayerLabels>;
    void follow();
    void adopt(std::shared_ptr<const LabelSets> sets);
    void ask(const LabelQuestion& question);
    void request();
    void requestChance();
    bool isFresh(const Layer& layer) const;
    bool countsFit(const Layer& layer) const;
    std::vector<int> nextLayers() const;
    std::optional<std::pair<int, int>> nextChance() const;
    void setComputing(bool computing);

    JobController& m_jobs;
    StudySession& m_session;
    std::shared_ptr<const LabelSets> m_sets;
    QString m_wantedName; ///< of the set that becomes current after reading
    LabelQuestion m_question;
    std::map<int, Layer> m_layers;
    std::map<std::pair<int, int>, std::shared_ptr<const LabelChance>> m_chance; ///< by set and layer
    QTimer m_chanceTimer; ///< chance levels wait until sliders rest
    std::uint64_t m_generation
        = 0; ///< counts what results depend on; chance levels of an old one are dropped
    std::uint64_t m_reading = 0; ///< counts attempts to read; the last one wins
    int m_current = -1;
    int m_loadJob = 0;
    int m_layerJob = 0;
    int m_layerOfJob = -1;
    int m_chanceJob = 0;
    bool m_computing = false;
};

} // namespace palimpsest::app
