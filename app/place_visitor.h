#pragma once
// Opens a project in a window that nobody sees and visits places of it: how figures and reports are made on
// the command line. Thread: GUI.

#include <QObject>
#include <QTimer>

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "models/place_tour.h"
#include "project/slide.h"

namespace palimpsest::app {

class Window;

class PlaceVisitor : public QObject {
    Q_OBJECT

public:
    struct Stop {
        /// Where to go; asked for when it is time, since a place may depend on the open project.
        std::function<project::SlidePlace()> place;
        std::string figure; ///< waits until the view shows this one; empty: any or none
        std::function<base::Status()> visit; ///< everything there is shown
    };

    explicit PlaceVisitor(Window& window);

    /// Opens the project, waits until all is computed, and goes from stop to stop; `done` is called once, with
    /// the first failure or success.
    void run(const QString& project, std::vector<Stop> stops, std::function<void(base::Status)> done);
    /// The present place of the window, with the layer where most is written over and no concept.
    [[nodiscard]] project::SlidePlace startPlace() const;
    /// The largest concept of the fine-tuned model's shown layer.
    [[nodiscard]] int largestConcept() const;

private:
    void open(); ///< looks whether the project is there, or cannot be
    [[nodiscard]] PlaceTour::Stop stopAt(Stop stop);
    void end(const base::Status& status);

    Window& m_window;
    PlaceTour m_tour;
    QTimer m_opening;
    QString m_project;
    std::vector<Stop> m_stops;
    std::function<void(base::Status)> m_done;
};

/// Runs the program without a display: `start` gets the window, and ends all by the function that it is
/// given, with an exit code. Settings of the user are neither read nor written.
int runOffscreen(int argc, char** argv, const std::function<void(Window&, std::function<void(int)>)>& start);

} // namespace palimpsest::app
