#pragma once
// Visits places of the window one after another and takes what is seen there once it is all there.
// Thread: GUI.

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <vector>

#include "base/result.h"
#include "bridge/study_session.h"
#include "models/figure_export.h"

namespace palimpsest::app {

class PlaceTour : public QObject {
    Q_OBJECT

public:
    struct Stop {
        std::function<void()> arrive;
        /// What is seen now is what belongs to the place, or nothing is left that could still change it. A
        /// failure ends the tour.
        std::function<base::Status()> take;
        std::function<bool()> hasCome{}; ///< more that has to be there; empty: nothing
    };

    /// `patience`: how long nothing is computed and something is still not there until it is taken as it is.
    PlaceTour(StudySession& session, const FigureExport& figures, std::chrono::milliseconds patience,
        QObject* parent = nullptr);

    bool isRunning() const { return m_timer.isActive(); }
    int at() const { return static_cast<int>(m_at); }
    int count() const { return static_cast<int>(m_stops.size()); }
    /// `done` is told whether all stops were visited; Cancelled: the tour was stopped, or the project closed.
    void start(std::vector<Stop> stops, std::function<void(const base::Status&)> done);
    void stop();

Q_SIGNALS:
    void moved();

private:
    void look();
    void arrive();
    void finish(const base::Status& status);
    bool isSettled() const;

    StudySession& m_session;
    const FigureExport& m_figures;
    QTimer m_timer;
    std::vector<Stop> m_stops;
    std::function<void(const base::Status&)> m_done;
    int m_patience; ///< looks
    std::size_t m_at = 0;
    int m_calm = 0;
    int m_waited = 0;
};

} // namespace palimpsest::app
