#pragma once
// Visits places of the window one after another and takes what is seen there once it is all there.
// Thread: GUI.

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <vector>

#include "bridge/study_session.h"
#include "models/figure_export.h"

namespace palimpsest::app {

class PlaceTour : public QObject {
    Q_OBJECT

public:
    struct Stop {
        std::function<void()> arrive;
        std::function<void()> take; ///< what is seen now is what belongs to the place
    };

    PlaceTour(StudySession& session, const FigureExport& figures, QObject* parent = nullptr);

    bool isRunning() const { return m_timer.isActive(); }
    int at() const { return static_cast<int>(m_at); }
    int count() const { return static_cast<int>(m_stops.size()); }
    /// `done` is told whether all stops were visited; else the tour was stopped.
    void start(std::vector<Stop> stops, std::function<void(bool all)> done);
    void stop();

Q_SIGNALS:
    void moved();

private:
    void look();
    void arrive();
    void finish(bool all);
    bool isIdle() const; ///< nothing is being computed
    bool isSettled() const;

    StudySession& m_session;
    const FigureExport& m_figures;
    QTimer m_timer;
    std::vector<Stop> m_stops;
    std::function<void(bool)> m_done;
    std::size_t m_at = 0;
    int m_calm = 0;
    int m_waited = 0;
};

} // namespace palimpsest::app
