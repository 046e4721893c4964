#pragma once
// What the Map view looks at: places of the shown layer's occurrences, read or computed by jobs, and what is
// said about them. Thread: GUI.

#include <QObject>
#include <QPointer>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include <optional>
#include <tuple>

#include "bridge/annotations.h"
#include "bridge/selection.h"
#include "bridge/study_session.h"
#include "models/map_picture.h"
#include "models/map_region.h"

namespace palimpsest::app {

class MapModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        palimpsest::app::StudySession* session READ session WRITE setSession NOTIFY sessionChanged FINAL)
    Q_PROPERTY(
        palimpsest::app::Selection* selection READ selection WRITE setSelection NOTIFY selectionChanged FINAL)
    Q_PROPERTY(palimpsest::app::Annotations* annotations READ annotations WRITE setAnnotations NOTIFY
            annotationsChanged FINAL)
    Q_PROPERTY(Method method READ method WRITE setMethod NOTIFY optionsChanged FINAL)
    Q_PROPERTY(Coloring coloring READ coloring WRITE setColoring NOTIFY optionsChanged FINAL)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool fineTuned READ isFineTuned WRITE setFineTuned NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool dark READ isDark WRITE setDark NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged FINAL)
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString error READ error NOTIFY stateChanged FINAL)
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged FINAL)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressChanged FINAL)
    Q_PROPERTY(int layer READ layer NOTIFY stateChanged FINAL)
    Q_PROPERTY(QVariant points READ points NOTIFY pointsChanged FINAL)
    Q_PROPERTY(QVariant colors READ colors NOTIFY pictureChanged FINAL)
    Q_PROPERTY(QVariant names READ names NOTIFY pictureChanged FINAL)
    Q_PROPERTY(QVariantList legend READ legend NOTIFY pictureChanged FINAL)
    Q_PROPERTY(QString foundText READ foundText NOTIFY pictureChanged FINAL)
    Q_PROPERTY(QVariant marked READ marked NOTIFY markedChanged FINAL)
    Q_PROPERTY(QString markedText READ markedText NOTIFY markedChanged FINAL)
    Q_PROPERTY(QString hoverWord READ hoverWord NOTIFY hoverChanged FINAL)
    Q_PROPERTY(QString hoverConcept READ hoverConcept NOTIFY hoverChanged FINAL)
    Q_PROPERTY(QString hoverSentence READ hoverSentence NOTIFY hoverChanged FINAL)
    Q_PROPERTY(QString hoverDetail READ hoverDetail NOTIFY hoverChanged FINAL)
    Q_PROPERTY(palimpsest::app::MapRegion* region READ region CONSTANT FINAL)

public:
    enum State {
        NothingOpen,
        Loading,
        NotComputed, ///< compute() makes the map
        Computing, ///< `progress` says how far
        Ready,
        Failed, ///< `error` says why; retry() looks again
    };
    Q_ENUM(State)
    enum Method { Pca, Umap };
    Q_ENUM(Method)
    enum Coloring { ByStatus, ByClass, ByBranch, ByConcept, BySearch };
    Q_ENUM(Coloring)

    using QObject::QObject;
    ~MapModel() override;

    StudySession* session() const { return m_session; }
    void setSession(StudySession* session);
    Selection* selection() const { return m_selection; }
    void setSelection(Selection* selection);
    Annotations* annotations() const { return m_annotations; }
    void setAnnotations(Annotations* annotations); ///< null: concepts have no names
    Method method() const { return m_method; }
    void setMethod(palimpsest::app::MapModel::Method method);
    Coloring coloring() const { return m_coloring; }
    void setColoring(palimpsest::app::MapModel::Coloring coloring);
    QString search() const { return m_search; }
    void setSearch(const QString& search); ///< part of a word; looked for when coloured by it
    bool isFineTuned() const { return m_side == Selection::FineTuned; } ///< whose concepts are shown
    void setFineTuned(bool fineTuned);
    bool isDark() const { return m_dark; }
    void setDark(bool dark);
    bool isActive() const { return m_active; } ///< false: nothing is read while nobody looks
    void setActive(bool active);

    State state() const;
    QString error() const { return m_error; }
    double progress() const;
    QString progressText() const;
    int layer() const; ///< -1 while nothing is open
    QVariant points() const { return QVariant::fromValue(m_points); }
    QVariant colors() const { return QVariant::fromValue(m_picture ? m_picture->colors : nullptr); }
    QVariant names() const { return QVariant::fromValue(m_picture ? m_picture->names : nullptr); }
    QVariantList legend() const; ///< objects with `color` and `text`
    QString foundText() const; ///< how many occurrences the search found
    QVariant marked() const { return QVariant::fromValue(m_marked); } ///< of the selected concept
    QString markedText() const;
    QString hoverWord() const; ///< empty: nothing is hovered
    QString hoverConcept() const;
    QString hoverSentence() const;
    QString hoverDetail() const;
    MapRegion* region() { return &m_region; }

    Q_INVOKABLE void compute();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void retry();
    Q_INVOKABLE void hover(int point);
    /// Selects the concept of an occurrence everywhere.
    Q_INVOKABLE void pick(int point);
    Q_INVOKABLE void pickConcept(int conceptId);
    /// `rows` as Scatter.lassoDrawn gives them.
    Q_INVOKABLE void setRegion(const QVariant& rows);
    Q_INVOKABLE void clearRegion();

Q_SIGNALS:
    void sessionChanged();
    void selectionChanged();
    void annotationsChanged();
    void optionsChanged();
    void activeChanged();
    void stateChanged();
    void progressChanged();
    void pointsChanged();
    void pictureChanged();
    void markedChanged();
    void hoverChanged();

private:
    /// What places belong to.
    struct Place {
        const void* project = nullptr;
        int layer = -1;
        Method method = Pca;
        bool operator==(const Place&) const = default;
    };
    Place wanted() const;
    Comparison comparison() const; ///< of the shown layer, or null
    void optionChanged();
    void showWordsAgain();
    std::map<int, QString> givenNames() const; ///< of the shown side's concepts
    void update();
    void load(const Place& place);
    void paintPicture();
    void adoptPoints(ScatterData points, const Place& place);
    void updateMarked();
    void fail(const QString& error);

    QPointer<StudySession> m_session;
    QPointer<Selection> m_selection;
    QPointer<Annotations> m_annotations;
    Method m_method = Pca;
    Coloring m_coloring = ByStatus;
    QString m_search;
    Selection::Side m_side = Selection::Base;
    bool m_dark = false;
    bool m_active = true;
    QString m_error;
    ScatterData m_points;
    Place m_place; ///< of m_points, or of what is known not to be there
    std::shared_ptr<const MapPicture> m_picture;
    ScatterRows m_marked;
    MapRegion m_region;
    int m_hovered = -1;
    int m_loadJob = 0;
    int m_pictureJob = 0;
    int m_computeJob = 0;
    Place m_computing;
};

} // namespace palimpsest::app
