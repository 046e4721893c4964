#pragma once
// Where one is, where one was, and the way back: view, layer, concept, K and θ, and what the view itself
// shows. Thread: GUI.

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include <optional>
#include <vector>

#include "bridge/selection.h"
#include "bridge/study_session.h"
#include "project/slide.h"

namespace palimpsest::app {

class PlaceDetail;

/// A place is noted when nothing has changed for kRestMs, so that a dragged slider or a key held down is one
/// step and not a hundred. What a view itself shows, its zoom or its filters, is no step, but is kept with
/// the place when it is left.
class Navigator : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        palimpsest::app::StudySession* session READ session WRITE setSession NOTIFY sessionChanged FINAL)
    Q_PROPERTY(
        palimpsest::app::Selection* selection READ selection WRITE setSelection NOTIFY selectionChanged FINAL)
    Q_PROPERTY(int view READ view WRITE setView NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString viewId READ viewId NOTIFY viewChanged FINAL)
    Q_PROPERTY(bool canGoBack READ canGoBack NOTIFY historyChanged FINAL)
    Q_PROPERTY(bool canGoForward READ canGoForward NOTIFY historyChanged FINAL)

public:
    static constexpr int kRestMs = 350;
    static constexpr std::size_t kMostPlaces = 200;

    struct Place {
        int view = 0;
        int layer = -1;
        Selection::Side side = Selection::Base;
        int conceptId = -1;
        int k = 0;
        double theta = 0.0;
        QVariantMap steps; ///< of the view's own choices those whose change is another place
        std::optional<QVariantMap> detail; ///< all of the view's own; nothing: as they are
        [[nodiscard]] bool isSame(const Place& other) const; ///< but for the detail
    };

    explicit Navigator(QObject* parent = nullptr);

    StudySession* session() const { return m_session; }
    void setSession(StudySession* session);
    Selection* selection() const { return m_selection; }
    void setSelection(Selection* selection);
    int view() const { return m_view; } ///< place in viewRegistry()
    void setView(int view);
    QString viewId() const;
    /// Goes to a view by its id; an unknown one is ignored.
    Q_INVOKABLE void showView(const QString& id);
    /// Goes to a concept of a layer at the present K: at once when it is the shown layer, else as soon as
    /// that layer is compared. `view` empty: stay in the view.
    Q_INVOKABLE void showConcept(
        int layer, palimpsest::app::Selection::Side side, int conceptId, const QString& view);

    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_places.size(); }
    Q_INVOKABLE void back();
    Q_INVOKABLE void forward();
    /// Notes the present place without waiting.
    void note();

    /// Where one is, with what the view itself shows (PlaceDetail); `tree` is left empty.
    project::SlidePlace savedPlace() const;
    /// Goes to a saved place. A layer that the project does not have, or a view that does not exist, leaves
    /// that part as it is; `conceptToo` false: no concept is selected.
    /// Figures move there within `glideMs`; 0: at once.
    void showSaved(const project::SlidePlace& place, bool conceptToo, int glideMs = 0);
    int glideMs() const { return m_glideMs; } ///< while one goes to a place
    void addDetail(PlaceDetail* detail); ///< also sets what a place wants of a view that is made only now
    void removeDetail(PlaceDetail* detail);
    void rest(); ///< something has changed that may be another place

Q_SIGNALS:
    void sessionChanged();
    void selectionChanged();
    void viewChanged();
    void historyChanged();

private:
    Place here() const;
    void leave();
    void goTo(const Place& place);
    void selectWanted();
    QVariantMap detailOf(const QString& view) const;
    QVariantMap stepsOf(const QString& view) const;
    QVariantMap gather(const QString& view, QVariantMap (PlaceDetail::*of)() const) const;

    QPointer<StudySession> m_session;
    QPointer<Selection> m_selection;
    QTimer m_rest;
    std::vector<Place> m_places;
    std::size_t m_at = 0;
    std::optional<Place> m_wanted; ///< concept to select when its layer and K are shown
    int m_view = 0;
    std::vector<PlaceDetail*> m_details; ///< each takes itself out before it is gone
    QString m_detailView; ///< of the place gone to last
    std::optional<QVariantMap> m_detail; ///< nothing: the view stays as it is
    int m_glideMs = 0;
    bool m_going = false;
};

} // namespace palimpsest::app
